//! The figures on a terminal.

use falter::train::bootstrap::{Interval, Share};
use falter::train::figures::{AlertFigures, Figures, GroupFigures, PolicyFigures, RateFigures, RuleFigures};

/// Widest name of a row.
const NAME: usize = 26;

/// Prints figures as tables, the headline first.
pub(crate) fn print(figures: &Figures) {
    let Figures { people, visits, visits_without_leave, leaves, minutes, .. } = figures;
    say!(
        "{people}: {visits} visits ({visits_without_leave} without a leave), {leaves} leaves, {minutes:.1} minutes; model {}",
        figures.model
    );
    say!("in brackets: 95 % intervals by bootstrap over people");
    policy(figures);
    figures.alerts.iter().for_each(rate);
    means(figures);
    rules(&figures.rules);
    for (by, title) in [
        ("source", "each source"),
        ("device", "each device"),
        ("leave", "each kind of leave"),
        ("sign", "leaves by a signal in their last 4 s"),
    ] {
        groups(title, figures, by);
    }
    leads(figures);
    ticks(figures);
    reasons(figures);
}

fn policy(figures: &Figures) {
    say!("\nthe whole policy      threshold   visits without a leave that saw a card   leaves answered 2-10 s ahead");
    figures.policy.iter().for_each(preset);
    if 2 * figures.visits_without_facts > figures.visits {
        say!(
            "in {} of {} visits the shop gave no fact, so little could be said; had there always been something:",
            figures.visits_without_facts,
            figures.visits
        );
        figures.policy_with_facts.iter().for_each(preset);
    }
}

fn preset(row: &PolicyFigures) {
    say!(
        "  {:10} {:4.0} % {:14.4}   {:38}   {}",
        row.preset,
        100.0 * row.meant,
        row.threshold,
        share(&row.saw_card),
        share(&row.answered)
    );
}

fn head(title: &str) {
    say!("\n{title:NAME$}   false/min            on time (2-4 s ahead)             ahead (2-10 s)");
}

fn alerts(name: &str, found: &AlertFigures) {
    let AlertFigures { false_alerts: often, on_time, ahead } = found;
    let often = format!("{:5.2} [{:.2}-{:.2}]", often.rate, often.low, often.high);
    say!("  {name:NAME$} {often:20} {:33} {}", share(on_time), share(ahead));
}

fn rate(row: &RateFigures) {
    head(&format!("at <= {} false/min", row.rate));
    alerts(&format!("falter, risk >= {:.4}", row.threshold), &row.found);
    for rival in &row.rivals {
        let name = if rival.is_rule { format!("best rule: {}", rival.name) } else { rival.name.clone() };
        alerts(&name, &rival.found);
        say!(
            "    falter less this: on time {}, ahead {} points",
            points(&rival.on_time_lead),
            points(&rival.ahead_lead)
        );
    }
    if !row.rivals.iter().any(|rival| rival.is_rule) {
        say!("  no rule sees a leave within this rate");
    }
}

fn means(figures: &Figures) {
    let mean = &figures.mean;
    say!("\nmean over the rates: on time {}, ahead {} %", points(&mean.on_time), points(&mean.ahead));
    say!(
        "  falter less the best rules: on time {}, ahead {} points",
        points(&mean.on_time_lead),
        points(&mean.ahead_lead)
    );
}

fn rules(rules: &[RuleFigures]) {
    head("every rule");
    let mut is_any_deaf = false;
    for rule in rules {
        is_any_deaf |= rule.is_deaf;
        let name = if rule.is_deaf { format!("{} *", rule.name) } else { rule.name.clone() };
        alerts(&name, &rule.found);
    }
    if is_any_deaf {
        say!("  * waits for the pointer to leave the page, of which these recordings don't tell");
    }
}

/// One line a group: at each rate its leaves on time and ahead, and its own false alerts. Their intervals are in the report.
fn groups(title: &str, figures: &Figures, by: &str) {
    let rows: Vec<&GroupFigures> = figures.groups.iter().filter(|group| group.by == by).collect();
    if rows.is_empty() {
        return;
    }
    let rates: Vec<String> = figures.alerts.iter().map(|row| format!("{:>21}", format!("{}/min", row.rate))).collect();
    say!("\n{title:NAME$}   leaves {}", rates.join(" "));
    let heads: Vec<&str> = figures.alerts.iter().map(|_| " false on time  ahead").collect();
    say!("  {:NAME$} {:6} {}", "", "", heads.join(" "));
    for group in rows {
        let cells: Vec<String> = group
            .alerts
            .iter()
            .map(|found| {
                let often = group.minutes.map_or_else(String::new, |_| format!("{:.2}", found.false_alerts.rate));
                if group.leaves == 0 {
                    return format!("{often:>6} {:>7} {:>6}", "-", "-");
                }
                let percent = |share: &Share| format!("{:.1} %", 100.0 * share.share);
                format!("{often:>6} {:>7} {:>6}", percent(&found.on_time), percent(&found.ahead))
            })
            .collect();
        say!("  {:NAME$} {:>6} {}", group.name, group.leaves, cells.join(" "));
    }
}

fn leads(figures: &Figures) {
    say!("\nlead of the first alert of a leave's last 10 s, leaves");
    say!("  rate     0-2 s   2-4 s   4-6 s   6-8 s  8-10 s    none");
    for row in &figures.lead_times {
        let counts: Vec<String> = row.counts.chunks(4).map(|part| format!("{:>7}", part.iter().sum::<u64>())).collect();
        say!("  {:<5} {} {:>7}", row.rate, counts.join(" "), row.unseen);
    }
}

fn ticks(figures: &Figures) {
    let risks = &figures.risks;
    say!(
        "\ntick by tick: {} ticks, {:.2} % within 4 s of a leave; ROC-AUC {:.4}, PR-AUC {:.4}",
        risks.ticks,
        100.0 * risks.base_rate,
        risks.roc_auc,
        risks.pr_auc
    );
    say!(
        "  Brier {:.5}, skill {:.3}; calibration error {:.4}; riskiest tenth: true over stated {:.3}, slope {:.3}",
        risks.brier,
        risks.brier_skill,
        risks.calibration_error,
        risks.riskiest_ratio,
        risks.riskiest_slope
    );
}

fn reasons(figures: &Figures) {
    let Some(reasons) = &figures.reasons else { return };
    say!(
        "\nreasons of {} visits: {:.1} % answered, {:.1} % of the answers right; true reason down, given one across",
        reasons.visits,
        100.0 * reasons.answered,
        100.0 * reasons.right
    );
    let heads: String = reasons.names.iter().map(|name| format!(" {name:>5.5}")).collect();
    say!("  {:18}{heads}", "");
    for (name, row) in reasons.names.iter().zip(&reasons.counts) {
        let counts: String = row.iter().map(|count| format!(" {count:>5}")).collect();
        say!("  {name:18}{counts}");
    }
}

fn share(share: &Share) -> String {
    let Share { count, of, share, low, high } = share;
    format!("{count:>5}/{of:<5} {:5.1} % [{:.1}-{:.1}]", 100.0 * share, 100.0 * low, 100.0 * high)
}

fn points(interval: &Interval) -> String {
    let Interval { value, low, high } = interval;
    format!("{:.1} [{:.1} to {:.1}]", 100.0 * value, 100.0 * low, 100.0 * high)
}
