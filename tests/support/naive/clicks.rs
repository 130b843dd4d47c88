//! Clicks that show something is wrong, from the list of signals.

use std::collections::BTreeSet;

use falter::signal::{Signal, SignalKind, Target};

struct Click {
    /// Its place in the list.
    number: usize,
    t: i64,
    x: f32,
    y: f32,
    on: Target,
}

/// The places of these clicks in the list: of each run at one spot, within 24 px of its first click and on one page, the first
/// that is the third within a second, or the second after a wait of 1 to 4 s for a link or button to answer.
pub(super) fn wrong(signals: &[Signal]) -> BTreeSet<usize> {
    let mut runs: Vec<Vec<Click>> = vec![vec![]];
    for (number, signal) in signals.iter().enumerate() {
        match signal.kind {
            SignalKind::Page { .. } => runs.push(vec![]),
            SignalKind::Click { x, y, on } => {
                let click = Click { number, t: signal.t.into(), x, y, on };
                let is_far = |first: &Click| libm::hypotf(x - first.x, y - first.y) > 24.0;
                if runs.last().and_then(|run| run.first()).is_some_and(is_far) {
                    runs.push(vec![]);
                }
                runs.last_mut().expect("a run").push(click);
            }
            _ => {}
        }
    }
    runs.iter()
        .filter_map(|run| (0..run.len()).find(|&place| is_wrong(signals, run, place)).map(|place| run[place].number))
        .collect()
}

fn is_wrong(signals: &[Signal], run: &[Click], place: usize) -> bool {
    let click = &run[place];
    // a click that comes late, after a later one, has not waited for it
    let waited = |before: &Click| if click.t < before.t { i64::MAX } else { click.t - before.t };
    let selects = matches!(click.on, Target::Text | Target::Field | Target::Other);
    let is_rage = !selects && place >= 2 && waited(&run[place - 2]) <= 1_000;
    let is_dead = place >= 1 && {
        let before = &run[place - 1];
        let between = &signals[before.number + 1..click.number];
        matches!(before.on, Target::Link | Target::Button)
            && (1_000..=4_000).contains(&waited(before))
            && between.iter().all(|signal| is_of_hand(&signal.kind))
    };
    is_rage || is_dead
}

fn is_of_hand(kind: &SignalKind) -> bool {
    use SignalKind as K;
    matches!(kind, K::Move { .. } | K::Down { .. } | K::Up { .. } | K::Click { .. } | K::Out { .. } | K::In { .. })
        || matches!(kind, K::Key { .. } | K::Focus | K::Hover { .. } | K::Unhover { .. })
}
