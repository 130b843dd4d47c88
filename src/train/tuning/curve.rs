//! The same counts at other thresholds: what a curve is drawn from.

use super::{Settings, Sheet};
use crate::train::evaluate::{GRID, Graded, alerts, count, on_grid, within};

/// Thresholds of a curve, at most.
const POINTS: usize = 80;
/// The lowest threshold is that which this share of all ticks is over. There an alert comes whenever the last one has cooled
/// down, and nothing changes further down.
const MOST_OVER: f64 = 0.5;

/// Counts by threshold, falling. Fewer than eighty where ticks have fewer risks.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs, reason = "named as in Tuned, and documented there")]
pub struct Curve {
    /// On the protocol's grid. They depend on the visits alone, not on the settings: a curve that is drawn again moves, and its
    /// points stay.
    pub threshold: Vec<f64>,
    pub on_time: Vec<u32>,
    pub ahead: Vec<u32>,
    pub false_alerts: Vec<u32>,
    pub saw_card: Vec<u32>,
    pub answered: Vec<u32>,
}

/// The curve at these settings; their threshold does not matter.
pub(super) fn curve<'a>(sheets: impl Iterator<Item = &'a Sheet> + Clone, settings: &Settings) -> Curve {
    let steps = steps(sheets.clone());
    let none = || vec![0; steps.len()];
    let mut curve = Curve {
        threshold: steps.iter().map(|&step| on_grid(step.into())).collect(),
        on_time: none(),
        ahead: none(),
        false_alerts: none(),
        saw_card: none(),
        answered: none(),
    };
    let mut over = vec![];
    for sheet in sheets {
        curve.add_alerts(sheet, &steps, settings.cooldown_ms, &mut over);
        curve.add_cards(sheet, settings);
    }
    curve
}

/// Grid steps at which to look, falling. How many ticks are over them rises with the cube of their number: so they lie close
/// where alerts are rare, half of them where false alerts come at 0.1 to 2 a minute, and most of them concern few ticks.
fn steps<'a>(sheets: impl Iterator<Item = &'a Sheet>) -> Vec<u16> {
    let mut ticks = vec![0u32; GRID + 1];
    let mut all = 0u32;
    for tick in sheets.flat_map(|sheet| &sheet.ticks) {
        all += 1;
        ticks.get_mut(usize::from(tick.under)).into_iter().for_each(|count| *count += 1);
    }
    let wanted = |point: usize| f64::from(all) * MOST_OVER * libm::pow(point as f64 / (POINTS - 1) as f64, 3.0);
    let (mut steps, mut over) = (vec![], 0u32);
    // at threshold 0 every tick is an alert, whatever the model
    for (step, &count) in ticks.iter().enumerate().skip(1).rev().filter(|(_, count)| **count > 0) {
        over += count;
        if steps.len() < POINTS && f64::from(over) >= wanted(steps.len()) {
            steps.push(step as u16);
        }
    }
    steps
}

impl Curve {
    /// Counts the visit's alerts at each step, from the lowest up: ticks under a step are dropped, and those left are few.
    fn add_alerts(&mut self, sheet: &Sheet, steps: &[u16], cool_ms: u32, over: &mut Vec<Graded>) {
        for stretch in &sheet.presence {
            over.clear();
            over.extend_from_slice(within(&sheet.ticks, stretch));
            for (place, &step) in steps.iter().enumerate().rev() {
                over.retain(|tick| tick.under >= step);
                if over.is_empty() {
                    break;
                }
                let counts = count(stretch, alerts(over, step, cool_ms));
                let columns = [&mut self.on_time, &mut self.ahead, &mut self.false_alerts];
                for (column, count) in columns.into_iter().zip([counts.on_time, counts.ahead, counts.false_alerts]) {
                    column.get_mut(place).into_iter().for_each(|sum| *sum += count as u32);
                }
            }
        }
    }

    /// Counts the visit's card at each threshold, from the lowest up: the card of a higher one comes no sooner.
    fn add_cards(&mut self, sheet: &Sheet, settings: &Settings) {
        let is_quiet = sheet.is_quiet();
        let mut records = sheet.records(settings.arming_ms).map(|opening| {
            let has_card = settings.answer(opening).is_some();
            (opening.threshold, has_card, has_card && sheet.is_answered_at(opening.t))
        });
        let mut record = records.next();
        for (place, &threshold) in self.threshold.iter().enumerate().rev() {
            while record.is_some_and(|(most, ..)| most < threshold as f32) {
                record = records.next();
            }
            let Some((_, has_card, is_answer)) = record else { break };
            let brings = [(&mut self.saw_card, is_quiet && has_card), (&mut self.answered, is_answer)];
            for (column, one) in brings {
                column.get_mut(place).into_iter().for_each(|sum| *sum += u32::from(one));
            }
        }
    }
}
