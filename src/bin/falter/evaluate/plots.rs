//! The plots of the report.

use falter::train::figures::{Figures, LeadTimes, Point, RateFigures};
use falter::train::risks::RiskFigures;

use super::chart::{Axis, Chart, escaped};

/// Recall is plotted up to this many false alerts a minute.
const MOST_FALSE: f64 = 2.5;
/// Width and height of a plot, units of its view box.
const SIZE: (f64, f64) = (470.0, 330.0);

/// Which recall is plotted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recall {
    OnTime,
    Ahead,
}

impl Recall {
    fn of_point(self, point: &Point) -> f64 {
        match self {
            Recall::OnTime => point.on_time,
            Recall::Ahead => point.ahead,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Recall::OnTime => "leaves with an alert 2–4 s before",
            Recall::Ahead => "leaves with an alert 2–10 s before",
        }
    }
}

/// Recall against false alerts a minute: the model with its intervals, the controls, and each rule as a point.
pub(super) fn recall(figures: &Figures, which: Recall) -> String {
    let shown = |points: &[Point]| -> Vec<(f64, f64)> {
        let points = points.iter().filter(|point| point.false_per_minute <= MOST_FALSE);
        points.map(|point| (point.false_per_minute, which.of_point(point))).collect()
    };
    let share = |found: &falter::train::figures::AlertFigures| match which {
        Recall::OnTime => found.on_time,
        Recall::Ahead => found.ahead,
    };
    let highs = figures.alerts.iter().map(|row| share(&row.found).high);
    let lines = figures.curves.iter().flat_map(|curve| shown(&curve.points)).map(|(_, y)| y);
    let points = figures.rules.iter().map(|rule| share(&rule.found).share);
    let most = highs.chain(lines).chain(points).fold(0.0, f64::max);
    let x = Axis::number("false alerts a minute", MOST_FALSE, 0.5, 1);
    let mut chart = Chart::new(SIZE.0, SIZE.1, x, Axis::percent("", most), which.title());
    for (place, curve) in figures.curves.iter().enumerate().rev() {
        let class = if place == 0 { "ours".to_owned() } else { format!("c{}", place - 1) };
        chart.line(&class, shown(&curve.points).into_iter());
    }
    for rule in figures.rules.iter().filter(|rule| !rule.is_deaf) {
        let (often, found) = (rule.found.false_alerts.rate, share(&rule.found).share);
        let about = format!("{}: {:.1} % at {often:.2} a minute", rule.name, 100.0 * found);
        chart.point("rule", (often, found), None, &about);
    }
    for RateFigures { rate, found, .. } in &figures.alerts {
        let (often, recall) = (found.false_alerts.rate, share(found));
        let about = format!(
            "falter at most {rate} a minute: {:.1} % ({:.1} to {:.1})",
            100.0 * recall.share,
            100.0 * recall.low,
            100.0 * recall.high
        );
        chart.point("ours", (often, recall.share), Some((recall.low, recall.high)), &about);
    }
    format!("<h3>{}</h3>{}", escaped(which.title()), chart.finish())
}

/// How far ahead of a leave the first alert of its last 10 s came.
pub(super) fn lead_times(row: &LeadTimes) -> String {
    let all = row.counts.iter().sum::<u64>() + row.unseen;
    let share = |count: u64| count as f64 / all.max(1) as f64;
    let most = row.counts.iter().map(|&count| share(count)).fold(0.0, f64::max);
    let x = Axis::number("seconds before the leave", 10.0, 2.0, 0);
    let about = format!("lead times at {} false alerts a minute", row.rate);
    // room for the band's word above the bars
    let mut chart = Chart::new(SIZE.0, 230.0, x, Axis::percent("", 1.15 * most), &about);
    chart.band((2.0, 4.0), "on time");
    for (place, &count) in row.counts.iter().enumerate() {
        let from = place as f64 / 2.0;
        let class = if from >= 2.0 { "ours" } else { "" };
        let about = format!("{from} to {} s: {count} leaves, {:.1} %", from + 0.5, 100.0 * share(count));
        chart.bar(class, (from, from + 0.5), share(count), &about);
    }
    format!(
        "<h3>At most {} false a minute <small>({:.0} % of leaves without an alert)</small></h3>{}",
        row.rate,
        100.0 * share(row.unseen),
        chart.finish()
    )
}

/// Stated risk against what happened, ten bins of equal numbers of ticks.
pub(super) fn calibration(risks: &RiskFigures) -> String {
    let most = risks.bins.iter().map(|bin| bin.stated.max(bin.happened)).fold(0.0, f64::max);
    let x = Axis::percent("risk stated, mean of each tenth of the ticks", most);
    let mut chart = Chart::new(SIZE.0, SIZE.1, x, Axis::percent("", most), "calibration");
    chart.line("even", [(0.0, 0.0), (x.most, x.most)].into_iter());
    chart.line("ours", risks.bins.iter().map(|bin| (bin.stated, bin.happened)));
    for bin in &risks.bins {
        let about = format!("stated {:.2} %, happened {:.2} %", 100.0 * bin.stated, 100.0 * bin.happened);
        chart.point("ours", (bin.stated, bin.happened), None, &about);
    }
    format!("<h3>share of the ticks that a leave followed within 4 s</h3>{}", chart.finish())
}
