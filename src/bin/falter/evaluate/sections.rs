//! The tables and strips of the report.

use std::fmt::Write;

use falter::train::bootstrap::{Interval, PerMinute, Share};
use falter::train::figures::{AlertFigures, Figures, GroupFigures, PolicyFigures, ReasonFigures, RuleFigures};

use super::chart::escaped;

/// One tile a preset: who sees a card, and which leaves it answers.
pub(super) fn tiles(rows: &[PolicyFigures]) -> String {
    let tile = |row: &PolicyFigures| {
        let main = if row.preset == "balanced" { " main" } else { "" };
        format!(
            "<div class=\"tile{main}\"><div class=\"name\">{} <small>meant for {} % of visits</small></div><dl>{}{}</dl></div>",
            escaped(&row.preset),
            number(100.0 * row.meant),
            big(&row.answered, "of leaves answered 2–10 s ahead"),
            big(&row.saw_card, "of visits without a leave saw a card"),
        )
    };
    format!("<div class=\"tiles\">{}</div>", rows.iter().map(tile).collect::<String>())
}

fn big(share: &Share, what: &str) -> String {
    format!(
        "<div><dt>{what}</dt><dd>{}</dd><span class=\"range\">{} of {}<br>95 %: {}</span></div>",
        percent(share.share),
        share.count,
        share.of,
        range(100.0 * share.low, 100.0 * share.high, 1)
    )
}

/// The model at each rate, and below it the best rule and the controls with what it leads them by.
pub(super) fn rates(figures: &Figures) -> String {
    let mut rows = String::new();
    for row in &figures.alerts {
        let name =
            format!("<b>at most {} a minute</b>: falter<small>risk from {:.4} on</small>", row.rate, row.threshold);
        push_row(&mut rows, "ours first", &name, &row.found, Some((&Interval::default(), &Interval::default())));
        for rival in &row.rivals {
            let kind = if rival.is_rule { "best rule: " } else { "control: " };
            let name = format!("{kind}{}", escaped(&rival.name));
            push_row(&mut rows, "", &name, &rival.found, Some((&rival.on_time_lead, &rival.ahead_lead)));
        }
    }
    table(
        "<th></th><th>false a minute</th><th>on time, 2–4 s</th><th>falter leads by</th><th>ahead, 2–10 s</th>\
         <th>falter leads by</th>",
        &rows,
    )
}

/// Every rule.
pub(super) fn rules(rules: &[RuleFigures]) -> String {
    let mut rows = String::new();
    for rule in rules {
        let deaf = if rule.is_deaf { " <b>Not told of in these recordings.</b>" } else { "" };
        let name = format!("{}<small>{}{deaf}</small>", escaped(&rule.name), escaped(&rule.says));
        push_row(&mut rows, "", &name, &rule.found, None);
    }
    table("<th></th><th>false a minute</th><th>on time, 2–4 s</th><th>ahead, 2–10 s</th>", &rows)
}

fn push_row(out: &mut String, class: &str, name: &str, found: &AlertFigures, leads: Option<(&Interval, &Interval)>) {
    let lead = |lead: &Interval| if *lead == Interval::default() { "<td></td>".to_owned() } else { points(lead) };
    let (on_time_lead, ahead_lead) = leads.map(|(a, b)| (lead(a), lead(b))).unwrap_or_default();
    let _ = write!(
        out,
        "<tr class=\"{class}\"><th scope=\"row\">{name}</th>{}{}{on_time_lead}{}{ahead_lead}</tr>",
        often(&found.false_alerts),
        cell(&found.on_time),
        cell(&found.ahead)
    );
}

/// Parts of the people or leaves at one rate, as strips with intervals.
pub(super) fn strips(figures: &Figures, by: &str, rate: usize) -> String {
    let mut out = String::from(
        "<div class=\"strips\"><span class=\"head\"></span><span class=\"head\">on time, 2–4 s</span>\
         <span class=\"head\">ahead, 2–10 s</span>",
    );
    for group in groups(figures, by) {
        let Some(found) = group.alerts.get(rate) else { continue };
        let often = group.minutes.map(|_| format!(", {:.2} false a minute", found.false_alerts.rate));
        let _ = write!(
            out,
            "<span class=\"who\">{}<span class=\"of\">{} leaves{}</span></span>{}{}",
            escaped(&group.name),
            group.leaves,
            often.unwrap_or_default(),
            strip(&found.on_time),
            strip(&found.ahead)
        );
    }
    out + "</div>"
}

fn strip(share: &Share) -> String {
    if share.of == 0 {
        return "<span class=\"of\">no leave</span>".to_owned();
    }
    let [value, low, high] = [share.share, share.low, share.high].map(|share| 100.0 * share);
    format!(
        "<div class=\"strip\"><svg viewBox=\"0 0 100 16\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{value:.1} %\"><rect class=\"track\" y=\"2\" width=\"100\" height=\"12\"/><rect class=\"part\" y=\"2\" \
         width=\"{value:.2}\" height=\"12\"/><path class=\"reach\" d=\"M{low:.2} 8H{high:.2}M{low:.2} 5V11M{high:.2} \
         5V11\"/><title>{value:.1} % [{low:.1}-{high:.1}], {} of {}</title></svg><b>{value:.1} %</b></div>",
        share.count, share.of
    )
}

/// The same parts at every rate, with false alerts where they have some.
pub(super) fn group_table(figures: &Figures, by: &str) -> String {
    let mut rows = String::new();
    let has_minutes = groups(figures, by).any(|group| group.minutes.is_some());
    for group in groups(figures, by) {
        for (place, (row, found)) in figures.alerts.iter().zip(&group.alerts).enumerate() {
            let name = if place == 0 { escaped(&group.name) } else { String::new() };
            let first = if place == 0 { " class=\"first\"" } else { "" };
            let often = if has_minutes { often(&found.false_alerts) } else { String::new() };
            let _ = write!(
                rows,
                "<tr{first}><th scope=\"row\">{name}</th><td>{}</td>{often}{}{}</tr>",
                row.rate,
                cell(&found.on_time),
                cell(&found.ahead)
            );
        }
    }
    let often = if has_minutes { "<th>false a minute</th>" } else { "" };
    let head = format!("<th></th><th>rate of all</th>{often}<th>on time, 2–4 s</th><th>ahead, 2–10 s</th>");
    format!("<details><summary>At every rate, with intervals</summary>{}</details>", table(&head, &rows))
}

pub(super) fn groups<'a>(figures: &'a Figures, by: &'a str) -> impl Iterator<Item = &'a GroupFigures> {
    figures.groups.iter().filter(move |group| group.by == by)
}

/// The features that bring most.
pub(super) fn importances(parts: &[(String, f64)], most: usize) -> String {
    let first = parts.first().map_or(1.0, |part| part.1);
    let row = |(name, part): &(String, f64)| {
        format!(
            "<span>{}</span><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect \
             width=\"{:.2}\" height=\"10\" rx=\"1\"/></svg><b>{}</b>",
            escaped(name),
            100.0 * part / first,
            percent(*part)
        )
    };
    format!("<div class=\"weights\">{}</div>", parts.iter().take(most).map(row).collect::<String>())
}

/// True reasons down, given ones across; a cell's depth is its part of the row.
pub(super) fn confusion(reasons: &ReasonFigures) -> String {
    let heads: String =
        reasons.names.iter().map(|name| format!("<th scope=\"col\"><span>{}</span></th>", escaped(name))).collect();
    let mut rows = String::new();
    for (place, (name, row)) in reasons.names.iter().zip(&reasons.counts).enumerate() {
        let all = row.iter().sum::<u32>().max(1);
        let cell = |(column, &count): (usize, &u32)| {
            let depth = f64::from(count) / f64::from(all);
            let class = if column == place { "right" } else { "said" };
            format!(
                "<td><svg aria-hidden=\"true\"><rect class=\"{class}\" width=\"100%\" height=\"100%\" rx=\"5\" \
                 opacity=\"{:.2}\"/></svg><span>{count}</span></td>",
                0.06 + 0.6 * depth
            )
        };
        let cells: String = row.iter().enumerate().map(cell).collect();
        let _ = write!(rows, "<tr><th scope=\"row\">{}</th>{cells}</tr>", escaped(name));
    }
    format!(
        "<div class=\"scroll\" tabindex=\"0\"><table class=\"matrix\"><thead><tr><th></th>{heads}</tr></thead>\
         <tbody>{rows}</tbody></table></div>"
    )
}

fn table(head: &str, rows: &str) -> String {
    format!(
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
}

fn cell(share: &Share) -> String {
    if share.of == 0 {
        return "<td>–</td>".to_owned();
    }
    let range = range(100.0 * share.low, 100.0 * share.high, 1);
    format!(
        "<td>{}<span class=\"range\">{range}</span><small>{} of {}</small></td>",
        percent(share.share),
        share.count,
        share.of
    )
}

fn often(often: &PerMinute) -> String {
    format!("<td>{:.2}<span class=\"range\">{}</span></td>", often.rate, range(often.low, often.high, 2))
}

fn points(lead: &Interval) -> String {
    let class = if lead.low > 0.0 {
        "up"
    } else if lead.high < 0.0 {
        "down"
    } else {
        ""
    };
    let range = format!("{:+.1} to {:+.1}", 100.0 * lead.low, 100.0 * lead.high);
    format!("<td><span class=\"{class}\">{:+.1}</span><span class=\"range\">{range}</span></td>", 100.0 * lead.value)
}

fn range(low: f64, high: f64, decimals: usize) -> String {
    format!("{low:.decimals$}–{high:.decimals$}")
}

/// A whole number with its thousands apart.
pub(super) fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Without decimals that say nothing.
fn number(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}
