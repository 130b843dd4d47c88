//! One visitor: what is known of them while events come, and what it came to.

use super::event::{Kind, Side};

/// Whoever comes back within this, ms, was not gone: a visit ends after so long.
const VISIT_GAP_MS: u64 = 30 * 60_000;

/// What the events say of a visitor so far.
#[derive(Debug, Default)]
pub(super) struct Visitor {
    first: Option<(u64, Side)>,
    crossed: bool,
    /// When they bought and for how much, where it was told.
    purchases: Vec<(u64, Option<f64>)>,
    /// When they left something in the cart.
    leaves: Vec<u64>,
    /// When anything happened.
    times: Vec<u64>,
    pub(super) exposures: u64,
    pub(super) rendered: u64,
    pub(super) vetoed: u64,
    pub(super) shows: u64,
    pub(super) acts: u64,
    pub(super) dismissals: u64,
    pub(super) discounts: u64,
    pub(super) percent: f64,
}

/// What a visitor came to, from their first exposure on.
#[derive(Debug)]
pub(super) struct Outcome<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) first: u64,
    pub(super) side: Side,
    pub(super) crossed: bool,
    pub(super) purchases: u64,
    pub(super) purchases_without_value: u64,
    pub(super) value: f64,
    pub(super) left: bool,
    pub(super) returned: bool,
}

impl Visitor {
    pub(super) fn add(&mut self, at: u64, kind: Kind) {
        self.times.push(at);
        match kind {
            Kind::Exposure { side, rendered, vetoed, .. } => {
                self.exposures += 1;
                self.rendered += u64::from(rendered);
                self.vetoed += u64::from(vetoed);
                self.crossed |= self.first.is_some_and(|(_, other)| other != side);
                if self.first.is_none_or(|(first, _)| at < first) {
                    self.first = Some((at, side));
                }
            }
            Kind::Show { percent } => {
                self.shows += 1;
                if let Some(percent) = percent {
                    self.discounts += 1;
                    self.percent += percent;
                }
            }
            Kind::Act => self.acts += 1,
            Kind::Dismiss => self.dismissals += 1,
            Kind::Leave { cart } => {
                if cart.is_some_and(|cart| cart > 0.0) {
                    self.leaves.push(at);
                }
            }
            Kind::Purchase { value } => self.purchases.push((at, value)),
            Kind::Answer | Kind::Dropped { .. } | Kind::Unknown => {}
        }
    }

    /// `None`: never exposed.
    pub(super) fn outcome(&self, window: u64) -> Option<Outcome<'_>> {
        let (first, side) = self.first?;
        let counts = |&at: &u64| (first..=first.saturating_add(window)).contains(&at);
        let bought = || self.purchases.iter().filter(|(at, _)| counts(at));
        let left = self.leaves.iter().copied().filter(|at| counts(at)).min();
        let returned = left.is_some_and(|left| {
            self.times.iter().filter(|at| counts(at)).any(|&at| at > left.saturating_add(VISIT_GAP_MS))
        });
        Some(Outcome {
            visitor: self,
            first,
            side,
            crossed: self.crossed,
            purchases: bought().count() as u64,
            purchases_without_value: bought().filter(|(_, value)| value.is_none()).count() as u64,
            value: bought().filter_map(|&(_, value)| value).sum(),
            left: left.is_some(),
            returned,
        })
    }
}
