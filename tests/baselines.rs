//! The rules, each against cases, and those the reference judge has too against its lines, transcribed.
#![cfg(feature = "train")]

use falter::signal::SignalKind;
use falter::train::Visit;
use falter::train::baselines::{BASELINES, alerts};
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::visit::VisitReader;

fn run(rule: &str, visit: &Visit) -> Vec<u32> {
    alerts(BASELINES.iter().find(|baseline| baseline.name == rule).unwrap(), visit)
}

fn visit(device: &str, lines: &str) -> Visit {
    let text = format!(
        "{{\"session\":\"a\",\"format\":1,\"device\":\"{device}\",\"w\":1000,\"h\":600,\"docH\":2000,\"end\":30000}}\n{lines}"
    );
    VisitReader::new(text.as_bytes()).next().unwrap().unwrap()
}

/// A visit from short notes: `m T Y` moved, `o T EDGE` out, `i T` in, `s T Y` scrolled, `b T` blurred.
fn noted(device: &str, notes: &[&str]) -> Visit {
    let mut lines = String::new();
    for note in notes {
        let parts: Vec<&str> = note.split(' ').collect();
        let line = match parts[0] {
            "m" => format!(r#"{{"t":{},"s":"move","x":500,"y":{}}}"#, parts[1], parts[2]),
            "o" => format!(r#"{{"t":{},"s":"out","edge":"{}"}}"#, parts[1], parts[2]),
            "i" => format!(r#"{{"t":{},"s":"in","edge":"top"}}"#, parts[1]),
            "s" => format!(r#"{{"t":{},"s":"scroll","y":{}}}"#, parts[1], parts[2]),
            _ => format!(r#"{{"t":{},"s":"blur"}}"#, parts[1]),
        };
        lines += &line;
        lines.push('\n');
    }
    visit(device, &lines)
}

#[test]
fn each_rule_speaks_when_its_project_says() {
    type Case = (&'static str, &'static str, &'static [&'static str], &'static [u32]);
    let cases: [Case; 23] = [
        ("ouibounce", "mouse", &["m 900 15", "o 950 top", "m 2000 15", "o 2100 top"], &[2100]),
        ("ouibounce", "mouse", &["m 2000 20", "o 2100 left", "m 3000 21", "o 3100 left", "o 3200 bottom"], &[2100]),
        ("exit-intent", "mouse", &["m 100 30", "m 250 10", "m 310 10", "m 520 20", "m 900 21"], &[310, 520]),
        (
            "bioEp",
            "mouse",
            &["m 4000 40", "o 4900 top", "m 6000 49", "o 6100 right", "m 7000 50", "o 7100 right"],
            &[6100],
        ),
        ("bounceback", "mouse", &["m 100 90", "m 200 80", "o 300 top", "m 400 79.5", "o 500 right"], &[500]),
        ("bounceback", "mouse", &["m 100 90", "m 200 95", "o 300 left", "m 350 120", "m 400 105", "o 500 left"], &[]),
        ("ForesightJS 120 ms", "mouse", &["m 100 300", "m 200 200", "m 300 110"], &[300]),
        ("ForesightJS 200 ms", "mouse", &["m 100 300", "m 200 200"], &[200]),
        ("ForesightJS 120 ms", "mouse", &["m 100 300", "m 200 200", "b 250", "m 300 100"], &[]),
        ("Psyche", "mouse", &["m 100 300", "m 200 200", "m 400 59", "m 900 59"], &[400]),
        ("exit-intent-js idle", "mouse", &["m 1000 9", "m 9000 9", "m 16999 9"], &[9000, 24_999]),
        ("exit-intent-js leave", "mouse", &["m 1000 9", "o 1100 top", "i 2000", "o 5000 left", "i 6000"], &[6000]),
        ("exit-intent-js leave", "mouse", &["o 29500 top"], &[]),
        ("exit-intent-js scroll", "mouse", &["s 1000 900", "s 1050 700", "s 1100 500", "s 1300 200"], &[1100]),
        ("exit-intent-js scroll", "touch", &["s 1000 900", "s 1101 450"], &[]),
        ("exit-intent-js", "mouse", &["s 1000 900", "s 1050 500", "o 3000 left"], &[1050, 4000, 9050]),
        ("use-exit-intent", "mouse", &["o 4999 top", "o 5000 bottom"], &[5000]),
        ("use-exit-intent", "touch", &["m 100 9", "m 10100 9", "m 20000 9"], &[10_100, 30_000]),
        ("top band", "mouse", &["m 100 20.5", "m 200 20", "m 300 0"], &[200, 300]),
        ("top band rising", "mouse", &["m 100 50", "m 200 40", "m 300 45"], &[200]),
        ("top quarter rising", "mouse", &["m 100 170", "m 200 160", "m 300 149", "m 400 149"], &[300]),
        ("idle 15 s", "mouse", &["m 100 9"], &[15_100]),
        ("after 30 s", "mouse", &[], &[30_000]),
    ];
    for (rule, device, notes, wanted) in cases {
        assert_eq!(run(rule, &noted(device, notes)), wanted, "{rule}: {notes:?}");
    }
}

/// The reference's rules, transcribed: the last 20 places, forgotten when the shopper goes.
fn naive(visit: &Visit, speaks: impl Fn(&[(f64, f64)]) -> bool) -> Vec<u32> {
    let (mut trail, mut found): (Vec<(f64, f64)>, Vec<u32>) = (vec![], vec![]);
    for (at, signal) in &visit.signals {
        match signal.kind {
            SignalKind::Move { y, .. } => {
                trail.push((f64::from(*at), f64::from(y)));
                trail = trail[trail.len().saturating_sub(20)..].to_vec();
                if speaks(&trail) {
                    found.push(*at);
                }
            }
            SignalKind::Blur { .. } | SignalKind::Hidden => trail.clear(),
            _ => {}
        }
    }
    found
}

fn naive_foresight(p: &[(f64, f64)], ms: f64) -> bool {
    let p = &p[p.len().saturating_sub(8)..];
    let (first, last) = (p[0], p[p.len() - 1]);
    p.len() > 1 && last.0 > first.0 && last.1 + (last.1 - first.1) / (last.0 - first.0) * ms <= 0.0
}

fn naive_idle(visit: &Visit, ms: u32) -> Vec<u32> {
    let is_active = |kind| {
        matches!(
            kind,
            SignalKind::Move { .. } | SignalKind::Scroll { .. } | SignalKind::Down { .. } | SignalKind::Key { .. }
        )
    };
    let active = visit.signals.iter().filter(|(_, signal)| is_active(signal.kind)).map(|(at, _)| *at);
    let times: Vec<u32> = core::iter::once(0).chain(active).chain([visit.header.end]).collect();
    times.windows(2).filter(|pair| pair[1] - pair[0] >= ms).map(|pair| pair[0] + ms).collect()
}

#[test]
fn rules_of_the_reference_judge_are_its_rules() {
    let mut spoken = [0; 10];
    for visit in simulate(&SimulateOptions { sessions: 40, seed: 12, ..SimulateOptions::default() }).map(Visit::from) {
        let quarter = f64::from(visit.header.h) / 4.0;
        let last = |p: &[(f64, f64)], back: usize| p.len().checked_sub(back + 1).map(|place| p[place]);
        let twins: [(&str, Vec<u32>); 10] = [
            ("top band", naive(&visit, |p| last(p, 0).unwrap().1 <= 20.0)),
            (
                "top band rising",
                naive(&visit, |p| {
                    p.len() > 1 && last(p, 0).unwrap().1 <= 50.0 && last(p, 0).unwrap().1 < last(p, 1).unwrap().1
                }),
            ),
            (
                "Psyche",
                naive(&visit, |p| {
                    let (first, now) = (p[0], last(p, 0).unwrap());
                    now.1 < 60.0 && p.len() > 1 && (now.1 - first.1) / (now.0 - first.0).max(1.0) < -0.5
                }),
            ),
            (
                "top quarter rising",
                naive(&visit, |p| {
                    p.len() > 2
                        && last(p, 0).unwrap().1 < quarter
                        && last(p, 0).unwrap().1 < last(p, 2).unwrap().1 - 20.0
                }),
            ),
            ("ForesightJS 120 ms", naive(&visit, |p| naive_foresight(p, 120.0))),
            ("ForesightJS 500 ms", naive(&visit, |p| naive_foresight(p, 500.0))),
            ("ForesightJS 1000 ms", naive(&visit, |p| naive_foresight(p, 1_000.0))),
            ("ForesightJS 2000 ms", naive(&visit, |p| naive_foresight(p, 2_000.0))),
            ("idle 5 s", naive_idle(&visit, 5_000)),
            ("idle 10 s", naive_idle(&visit, 10_000)),
        ];
        for ((rule, wanted), spoken) in twins.into_iter().zip(&mut spoken) {
            assert_eq!(run(rule, &visit), wanted, "{rule} in {}", visit.header.session);
            *spoken += wanted.len();
        }
    }
    assert!(spoken.iter().all(|&spoken| spoken > 0), "a rule never spoke: {spoken:?}");
}
