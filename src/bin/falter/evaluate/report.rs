//! The report: one HTML file with everything in it, no script, nothing fetched.

use falter::train::figures::Figures;

use super::chart::escaped;
use super::plots::{Recall, calibration, lead_times, recall};
use super::sections::{confusion, group_table, grouped, groups, importances, percent, rates, rules, strips, tiles};
use crate::input::Importances;

/// The rate at which parts are plotted; tables have all rates.
const SHOWN_RATE: f64 = 0.5;
/// Features that are plotted, at most.
const FEATURES_SHOWN: usize = 20;
static STYLE: &str = include_str!("report.css");

/// The report on these figures.
pub(super) fn html(figures: &Figures, parts: &Importances) -> String {
    let sections = [
        policy(figures),
        alerts(figures),
        leads(figures),
        leaves(figures),
        people(figures),
        risks(figures),
        inputs(parts),
        reasons(figures),
        every_rule(figures),
        terms(),
    ];
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>falter: {}</title><style>\n{STYLE}</style></head><body><main>{}{}</main></body></html>\n",
        escaped(&figures.people),
        header(figures),
        sections.concat()
    )
}

fn header(figures: &Figures) -> String {
    let fact = |value: String, what: &str| format!("<span><b>{value}</b> {what}</span>");
    let facts = [
        fact(grouped(figures.visits), "visits"),
        fact(grouped(figures.visits_without_leave), "without a leave"),
        fact(grouped(figures.leaves), "leaves"),
        fact(grouped((figures.minutes + 0.5) as u64), "minutes"),
        fact(escaped(&figures.model), "model"),
        fact(escaped(figures.date.as_deref().unwrap_or("–")), "measured"),
    ];
    format!(
        "<header><div class=\"mark\">falter</div><h1>{}</h1><p>{}</p><div \
         class=\"facts\">{}</div></header>",
        escaped(&verdict(figures)),
        escaped(&figures.people),
        facts.concat()
    )
}

/// The headline in a sentence: what the whole policy does at the default preset.
fn verdict(figures: &Figures) -> String {
    let rows = if is_no_shop(figures) { &figures.policy_with_facts } else { &figures.policy };
    let Some(row) = rows.iter().find(|row| row.preset == "balanced") else {
        return format!("How leaves were seen in {}", figures.people);
    };
    format!(
        "{} of leaves answered 2–10 s ahead, {} of the visits without a leave saw a card",
        percent(row.answered.share),
        percent(row.saw_card.share)
    )
}

/// Simulated shops leave facts out now and then; recordings from elsewhere than a shop have none at all.
fn is_no_shop(figures: &Figures) -> bool {
    2 * figures.visits_without_facts > figures.visits
}

fn section(title: &str, text: &str, body: &str) -> String {
    format!("<section><h2>{title}</h2><p>{text}</p>{body}</section>")
}

fn shown(figures: &Figures) -> usize {
    figures.alerts.iter().position(|row| row.rate == SHOWN_RATE).unwrap_or(0)
}

fn policy(figures: &Figures) -> String {
    let mut body = tiles(&figures.policy);
    if is_no_shop(figures) {
        body += &format!(
            "<p class=\"note\">In {} of {} visits the shop gave no fact, and a card says only what a fact bears out. Had there \
             always been something to say:</p>{}",
            figures.visits_without_facts,
            figures.visits,
            tiles(&figures.policy_with_facts)
        );
    }
    section(
        "The whole policy",
        "What shoppers would have seen: at most one card a visit, none in its first seconds, two ticks in a row over the \
         threshold, nothing while they type or pay, and only where something true can be said.",
        &body,
    )
}

fn alerts(figures: &Figures) -> String {
    let legend = "<div class=\"legend\"><span><i class=\"ours\"></i>falter, with 95 % intervals</span><span><i \
                  class=\"rule\"></i>a rule</span><span><i class=\"c0\"></i>random</span><span><i class=\"c1\"></i>clock, \
                  later surer</span><span><i class=\"c2\"></i>clock, sooner surer</span></div>";
    let mean = &figures.mean;
    let lead = |interval: &falter::train::bootstrap::Interval| {
        format!("{:+.1} ({:+.1} to {:+.1})", 100.0 * interval.value, 100.0 * interval.low, 100.0 * interval.high)
    };
    let body = format!(
        "<div class=\"pair\"><div>{}</div><div>{}</div></div>{legend}{}<p class=\"note\">Mean over the rates: {} on time, {} \
         ahead; {} and {} points over the best rule within each rate.</p>",
        recall(figures, Recall::OnTime),
        recall(figures, Recall::Ahead),
        rates(figures),
        percent(mean.on_time.value),
        percent(mean.ahead.value),
        lead(&mean.on_time_lead),
        lead(&mean.ahead_lead),
    );
    section(
        "Alerts, leave by leave",
        "Every alert counts, with 10 s of cool-down. Rules have no dial: each is a point. The controls know nothing of the \
         shopper, so what they reach is what chance and the clock give away.",
        &body,
    )
}

fn leads(figures: &Figures) -> String {
    let plots: String = figures.lead_times.iter().map(|row| format!("<div>{}</div>", lead_times(row))).collect();
    section(
        "How far ahead",
        "The first alert of the last 10 s before each leave. Under 2 s it comes too late to be answered.",
        &format!("<div class=\"pair\">{plots}</div>"),
    )
}

fn leaves(figures: &Figures) -> String {
    let rate = shown(figures);
    let body = format!(
        "{}<h3 style=\"margin-top:24px\">By sign</h3>{}{}",
        strips(figures, "leave", rate),
        strips(figures, "sign", rate),
        group_table(figures, "leave")
    );
    section(
        "Kinds of leaves",
        &format!(
            "At {SHOWN_RATE} false alerts a minute over all. A sign is any signal in the last 4 s before the leave."
        ),
        &body,
    )
}

fn people(figures: &Figures) -> String {
    let rate = shown(figures);
    let mut body = String::new();
    for (by, title) in [("device", "Devices"), ("source", "Sources")] {
        if groups(figures, by).next().is_some() {
            body += &format!(
                "<h3 style=\"margin-top:20px\">{title}</h3>{}{}",
                strips(figures, by, rate),
                group_table(figures, by)
            );
        }
    }
    section(
        "Devices and sources",
        "Each alone, at the thresholds of all: a model that tells sources apart rather than shoppers would show here.",
        &body,
    )
}

fn risks(figures: &Figures) -> String {
    let risks = &figures.risks;
    let row = |what: &str, value: String| format!("<tr><th scope=\"row\">{what}</th><td>{value}</td></tr>");
    let rows = [
        row("ticks", grouped(risks.ticks)),
        row("base rate: a leave within 4 s", format!("{:.2} %", 100.0 * risks.base_rate)),
        row("ROC-AUC", format!("{:.4}", risks.roc_auc)),
        row("PR-AUC (the base rate is chance)", format!("{:.4}", risks.pr_auc)),
        row("Brier score", format!("{:.5}", risks.brier)),
        row("Brier skill over the base rate", format!("{:.3}", risks.brier_skill)),
        row("calibration error", format!("{:.4}", risks.calibration_error)),
        row("riskiest tenth: true over stated", format!("{:.3}", risks.riskiest_ratio)),
        row("riskiest tenth: slope", format!("{:.3}", risks.riskiest_slope)),
    ];
    let body = format!(
        "<div class=\"pair\"><div>{}</div><div><table><tbody>{}</tbody></table></div></div>",
        calibration(risks),
        rows.concat()
    );
    section(
        "Are the risks true?",
        "A risk of 20 % should be followed by a leave within 4 s one time in five. On the dashed line it is.",
        &body,
    )
}

fn inputs(parts: &Importances) -> String {
    section(
        "What the model looks at",
        &format!("Each feature's part of the trees' {}.", parts.of),
        &importances(&parts.parts, FEATURES_SHOWN),
    )
}

fn reasons(figures: &Figures) -> String {
    let Some(reasons) = &figures.reasons else { return String::new() };
    section(
        "Reasons",
        &format!(
            "Told 3 s before the last leave of {} visits whose reason is known: {} got an answer, and {} of the answers were \
             right. True reason down, given reason across; the others were left unsure, and get a general offer of help.",
            reasons.visits,
            percent(reasons.answered),
            percent(reasons.right)
        ),
        &confusion(reasons),
    )
}

fn every_rule(figures: &Figures) -> String {
    section("Every rule", "What pages use today, each as its project states it.", &rules(&figures.rules))
}

fn terms() -> String {
    let terms = [
        (
            "Leave",
            "The tab is hidden, the page is closed without an order, or the focus goes outside and is not back within \
                   500 ms. It counts when the shopper was there for 4 s before.",
        ),
        ("Alert", "A tick, four a second, with a risk at or over the threshold; then none for 10 s."),
        (
            "Kinds of leaves",
            "By what the page saw in the last 4 s, the first that fits: touch, page gone (back) or hidden (app \
                             switch); a key, and no pointer after it (by keyboard); the pointer last in the top 20 px or out \
                             there (through the top); no pointer event (silent); else by what ended it: tab hidden, focus \
                             lost, page closed.",
        ),
        ("On time, ahead", "An alert 2–4 s, or 2–10 s, before the leave."),
        ("False", "An alert with no leave within 10 s, a minute of presence."),
        (
            "Threshold",
            "For each rate the one with the most leaves on time within it, chosen on all the people here and then \
                       kept for every part of them.",
        ),
        (
            "Intervals",
            "95 %, by bootstrap over people (1,000 Poisson replicates), thresholds kept. Leads are paired: the same \
                       people on both sides. Where nothing was found the interval has no width.",
        ),
    ];
    let list: String = terms.iter().map(|(term, text)| format!("<dt>{term}</dt><dd>{text}</dd>")).collect();
    format!("<section><h2>How it is counted</h2><dl class=\"terms\">{list}</dl></section>")
}
