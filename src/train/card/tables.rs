//! The figures of one set of people as Markdown tables.

use core::fmt::Write;

use crate::train::bootstrap::{Interval, PerMinute, Share};
use crate::train::figures::{Figures, PolicyFigures, RateFigures};

/// The figures of one set of people.
pub(super) fn measured(figures: &Figures) -> String {
    let mut out = format!(
        "\n{}: {} visits, {} without a leave, {} leaves, {:.0} minutes{}. In brackets 95 % intervals by bootstrap over people.\n",
        figures.people,
        figures.visits,
        figures.visits_without_leave,
        figures.leaves,
        figures.minutes,
        figures.date.as_ref().map_or_else(String::new, |date| format!("; measured {date}"))
    );
    let has_no_shop = 2 * figures.visits_without_facts > figures.visits;
    if has_no_shop {
        let _ = writeln!(
            out,
            "\nThe whole policy, had there always been something true to say ({} of these visits tell no fact of a shop, so that \
             in truth {} saw a card at balanced):",
            figures.visits_without_facts,
            figures.policy.get(1).map_or(0, |row| row.saw_card.count)
        );
    } else {
        out += "\nThe whole policy:\n";
    }
    out +=
        "\n| preset | visits without a leave that saw a card | leaves answered 2–10 s ahead by it |\n|---|---|---|\n";
    let rows = if has_no_shop { &figures.policy_with_facts } else { &figures.policy };
    for PolicyFigures { preset, meant, saw_card, answered, .. } in rows {
        let _ =
            writeln!(out, "| {preset}, meant for {:.0} % | {} | {} |", 100.0 * meant, share(saw_card), share(answered));
    }
    out += "\nAlerts, every one counted:\n\n\
            | false alerts a minute | | on time, 2–4 s before | ahead, 2–10 s before |\n|---|---|---|---|\n";
    figures.alerts.iter().for_each(|row| push_rate(&mut out, row));
    let mean = &figures.mean;
    let _ = writeln!(
        out,
        "\nMean over the rates: {} on time, {} ahead; over the best rule within each rate by {} and {} points.",
        percent(&mean.on_time),
        percent(&mean.ahead),
        points(&mean.on_time_lead),
        points(&mean.ahead_lead)
    );
    let risks = &figures.risks;
    let _ = writeln!(
        out,
        "\nTick by tick: ROC-AUC {:.3}, PR-AUC {:.3} (chance {:.3}), Brier skill {:.3}, calibration error {:.3}.",
        risks.roc_auc, risks.pr_auc, risks.base_rate, risks.brier_skill, risks.calibration_error
    );
    push_groups(&mut out, figures);
    if let Some(reasons) = &figures.reasons {
        let _ = writeln!(
            out,
            "\nReasons, of {} visits whose doubt is known: {:.1} % got an answer, {:.1} % of the answers were right; the others \
             were left unsure.",
            reasons.visits,
            100.0 * reasons.answered,
            100.0 * reasons.right
        );
    }
    out
}

fn push_rate(out: &mut String, row: &RateFigures) {
    let found = &row.found;
    let _ = writeln!(
        out,
        "| {} (at most {}) | **falter** | {} | {} |",
        often(&found.false_alerts),
        row.rate,
        share(&found.on_time),
        share(&found.ahead)
    );
    for rival in &row.rivals {
        let kind = if rival.is_rule { "best rule: " } else { "" };
        let found = &rival.found;
        let _ = writeln!(
            out,
            "| {} | {kind}{} | {} | {} |",
            often(&found.false_alerts),
            rival.name,
            share(&found.on_time),
            share(&found.ahead)
        );
    }
}

/// Each part at half a false alert a minute.
fn push_groups(out: &mut String, figures: &Figures) {
    let Some((place, row)) = figures.alerts.iter().enumerate().find(|(_, row)| row.rate == 0.5) else { return };
    let _ = write!(
        out,
        "\nParts, at the threshold of at most {} false alerts a minute over all:\n\n\
         | | false alerts a minute | on time | ahead |\n|---|---|---|---|\n",
        row.rate
    );
    for group in &figures.groups {
        let Some(found) = group.alerts.get(place) else { continue };
        let often = group.minutes.map_or_else(String::new, |_| often(&found.false_alerts));
        let _ = writeln!(
            out,
            "| {}: {} | {often} | {} | {} |",
            group.by,
            group.name,
            share(&found.on_time),
            share(&found.ahead)
        );
    }
}

fn share(share: &Share) -> String {
    let Share { count, of, share, low, high } = share;
    if *of == 0 {
        return "–".to_owned();
    }
    format!("{:.1} % [{:.1}–{:.1}], {count} of {of}", 100.0 * share, 100.0 * low, 100.0 * high)
}

fn often(often: &PerMinute) -> String {
    format!("{:.2} [{:.2}–{:.2}]", often.rate, often.low, often.high)
}

fn percent(interval: &Interval) -> String {
    format!("{:.1} % [{:.1}–{:.1}]", 100.0 * interval.value, 100.0 * interval.low, 100.0 * interval.high)
}

fn points(interval: &Interval) -> String {
    format!("{:+.1} [{:+.1} to {:+.1}]", 100.0 * interval.value, 100.0 * interval.low, 100.0 * interval.high)
}
