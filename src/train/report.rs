//! What falter brought: events that a webhook collected, to lift with its interval.
//!
//! Intention to treat: a visitor belongs to the side of their first exposure, whatever came of it, and what they buy from then on
//! for so many days counts. Exposure is logged at the same moment on both sides, so nothing that happened before it, and no
//! card that failed, can favour either.
//!
//! Events come in any order, and more than once: a second one of the same id is passed over.
//! Memory grows with visitors and events: under a kilobyte for a visitor of six events, and about a
//! hundred bytes for each more.

mod event;
mod statistics;
mod visitor;

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

pub use event::{Event, EventError, Kind, Side};
pub use statistics::{
    Amounts, Estimate, Share, difference, mean_difference, mean_relative, mismatch, needed, relative,
};

use visitor::{Outcome, Visitor};

/// Visitors a side under which nothing is said of it: normal intervals begin to hold.
pub const VISITORS_MIN: u64 = 100;
/// And buyers, and visitors who did not buy, a side.
pub const BUYERS_MIN: u64 = 10;
/// A mismatch of the sides as unlikely as this is none of chance.
pub const MISMATCH_P: f64 = 0.001;
const DAY_MS: u64 = 86_400_000;

/// How events are counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// What is bought within so many days of the first exposure counts.
    pub days: u32,
    /// The share of visitors held out, 0..1; `None`: as the exposures say.
    pub holdout: Option<f64>,
    /// The relative lift that is worth seeing.
    pub lift: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { days: 7, holdout: None, lift: 0.1 }
    }
}

/// Counts events as they come.
#[derive(Debug, Default)]
pub struct Tally {
    ids: HashSet<Box<str>>,
    /// In order, so that sums are the same every time.
    visitors: BTreeMap<Box<str>, Visitor>,
    /// Shares held out that exposures told, in millionths, and how often.
    holdouts: BTreeMap<u32, u64>,
    events: u64,
    repeated: u64,
    unknown: u64,
    dropped: u64,
    last: u64,
}

impl Tally {
    /// Adds an event; one of an id that was there is passed over.
    pub fn add(&mut self, event: Event) {
        if !self.ids.insert(event.id.into()) {
            self.repeated += 1;
            return;
        }
        self.events += 1;
        self.last = self.last.max(event.at);
        match event.kind {
            Kind::Dropped { count } => self.dropped = self.dropped.saturating_add(count),
            Kind::Unknown => self.unknown += 1,
            kind => {
                if let Kind::Exposure { holdout, .. } = kind {
                    *self.holdouts.entry(libm::round(holdout * 1e6) as u32).or_default() += 1;
                }
                self.visitors.entry(event.visitor.into()).or_default().add(event.at, kind);
            }
        }
    }

    /// What it all came to.
    #[must_use]
    pub fn report(&self, settings: Settings) -> Report {
        let window = u64::from(settings.days) * DAY_MS;
        let (mut shown, mut held_out) = (Group::default(), Group::default());
        let mut report = Report {
            days: settings.days,
            events: self.events,
            repeated: self.repeated,
            unknown: self.unknown,
            dropped: self.dropped,
            ..Report::default()
        };
        for visitor in self.visitors.values() {
            let Some(outcome) = visitor.outcome(window) else {
                report.visitors_without_exposure += 1;
                continue;
            };
            report.visitors_on_both_sides += u64::from(outcome.crossed);
            report.windows_open += u64::from(outcome.first.saturating_add(window) > self.last);
            match outcome.side {
                Side::Shown => shown.add(&outcome),
                Side::Holdout => held_out.add(&outcome),
            }
        }
        let told: Vec<f64> = self.holdouts.keys().map(|&share| f64::from(share) / 1e6).collect();
        report.holdout = settings.holdout.or(if let [share] = told.as_slice() { Some(*share) } else { None });
        report.holdouts_told = told;
        report.mismatch_p = report.holdout.and_then(|share| mismatch(shown.visitors(), held_out.visitors(), share));
        report.lift = (shown.visitors() > 0 && held_out.visitors() > 0).then(|| Lift::of(&shown, &held_out));
        let all = shown.visitors() + held_out.visitors();
        let share = report.holdout.unwrap_or(held_out.visitors() as f64 / all.max(1) as f64);
        report.needed = needed(held_out.buyers().ratio(), settings.lift, share);
        report.lift_worth_seeing = settings.lift;
        report.too_early = too_early(&shown, &held_out, report.needed);
        report.discounts = Discounts::of(&shown, &held_out);
        (report.shown, report.held_out) = (shown.figures, held_out.figures);
        report
    }
}

/// Why nothing should be concluded yet: the first reason that holds.
fn too_early(shown: &Group, held_out: &Group, needed: Option<u64>) -> Option<String> {
    for (name, group) in [("shown", shown), ("held out", held_out)] {
        let (visitors, buyers) = (group.visitors(), group.buyers().count);
        if visitors < VISITORS_MIN {
            return Some(format!("{visitors} visitors {name}, and at least {VISITORS_MIN} are needed"));
        }
        if buyers < BUYERS_MIN || visitors - buyers < BUYERS_MIN {
            return Some(format!(
                "{buyers} of {visitors} visitors {name} bought, and at least {BUYERS_MIN} who did and who did not are needed"
            ));
        }
    }
    let visitors = shown.visitors() + held_out.visitors();
    let Some(needed) = needed else {
        return Some(format!("{visitors} visitors, and how many are needed cannot be said"));
    };
    (visitors < needed)
        .then(|| format!("{visitors} visitors, and {needed} are needed to see a lift worth seeing four times in five"))
}

/// All that is told of the events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct Report {
    /// Days after the first exposure within which orders count.
    pub days: u32,
    /// Events, each once.
    pub events: u64,
    /// Events that had been there before, by their ids.
    pub repeated: u64,
    /// Events of types that this version does not know.
    pub unknown: u64,
    /// Events that pages had no room to keep, and told so.
    pub dropped: u64,
    /// Visitors who were never exposed: they count on neither side.
    pub visitors_without_exposure: u64,
    /// Visitors who were exposed on both sides; they count on their first.
    pub visitors_on_both_sides: u64,
    /// Visitors whose days were not over when the last event came.
    pub windows_open: u64,
    /// The share held out, as stated; `None`: not stated, or several.
    pub holdout: Option<f64>,
    /// Shares held out that exposures told.
    pub holdouts_told: Vec<f64>,
    /// Visitors who may see cards.
    pub shown: Figures,
    /// Visitors who may not.
    pub held_out: Figures,
    /// How likely sides as uneven as these are by chance.
    pub mismatch_p: Option<f64>,
    /// What showing cards brought; `None`: a side has nobody.
    pub lift: Option<Lift>,
    /// The relative lift in conversion that is worth seeing.
    pub lift_worth_seeing: f64,
    /// Visitors of both sides with whom it would be seen four times in five, where sides are as stated or, with no share
    /// stated or several, as they came; `None`: it cannot be said.
    pub needed: Option<u64>,
    /// Why nothing should be concluded yet.
    pub too_early: Option<String>,
    /// Cards with a discount.
    pub discounts: Discounts,
}

impl Report {
    /// Whether something sorts visitors before they are counted: then the lift is not to be trusted.
    #[must_use]
    pub fn is_mismatched(&self) -> bool {
        self.mismatch_p.is_some_and(|p| p < MISMATCH_P)
    }
}

/// One side.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct Figures {
    /// Visitors whose first exposure was on this side.
    pub visitors: u64,
    /// Their exposures.
    pub exposures: u64,
    /// Exposures at which a card was drawn.
    pub rendered: u64,
    /// Exposures at which the shop kept the card back.
    pub vetoed: u64,
    /// Cards told as shown.
    pub shows: u64,
    /// Cards taken up.
    pub acts: u64,
    /// Cards waved away.
    pub dismissals: u64,
    /// Visitors who bought within their days.
    pub buyers: u64,
    /// Their orders.
    pub purchases: u64,
    /// Orders among them whose value was not told; they count as 0.
    pub purchases_without_value: u64,
    /// What they paid, money.
    pub value: f64,
    /// Buyers a visitor.
    pub conversion: f64,
    /// Money a visitor.
    pub value_per_visitor: f64,
    /// Visitors who left a cart behind within their days.
    pub left: u64,
    /// Of those, who came back within their days, more than half an hour after.
    pub returned: u64,
    /// Their ratio.
    pub return_rate: f64,
}

/// What showing cards brought, over holding them back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Lift {
    /// Conversion, shown less held out.
    pub conversion: Estimate,
    /// Conversion, shown over held out, less 1.
    pub conversion_relative: Option<Estimate>,
    /// Money a visitor, shown less held out.
    pub value: Estimate,
    /// Money a visitor, shown over held out, less 1.
    pub value_relative: Option<Estimate>,
}

impl Lift {
    fn of(shown: &Group, held_out: &Group) -> Lift {
        let (one, other) = (shown.buyers(), held_out.buyers());
        Lift {
            conversion: difference(one, other),
            conversion_relative: relative(one, other),
            value: mean_difference(&shown.amounts, &held_out.amounts),
            value_relative: mean_relative(&shown.amounts, &held_out.amounts),
        }
    }
}

/// How deep discounts went.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, Default)]
pub struct Discounts {
    /// Cards with a discount.
    pub shows: u64,
    /// As a share of all cards.
    pub share: f64,
    /// Their mean, percent.
    pub mean_percent: f64,
}

impl Discounts {
    fn of(shown: &Group, held_out: &Group) -> Discounts {
        let shows = shown.discounts + held_out.discounts;
        let all = shown.figures.shows + held_out.figures.shows;
        let percent = shown.percent + held_out.percent;
        Discounts { shows, share: shows as f64 / all.max(1) as f64, mean_percent: percent / shows.max(1) as f64 }
    }
}

/// A side while it is summed up.
#[derive(Debug, Default)]
struct Group {
    figures: Figures,
    amounts: Amounts,
    discounts: u64,
    percent: f64,
}

impl Group {
    fn add(&mut self, outcome: &Outcome) {
        let figures = &mut self.figures;
        let visitor = outcome.visitor;
        figures.visitors += 1;
        figures.exposures += visitor.exposures;
        figures.rendered += visitor.rendered;
        figures.vetoed += visitor.vetoed;
        figures.shows += visitor.shows;
        figures.acts += visitor.acts;
        figures.dismissals += visitor.dismissals;
        figures.buyers += u64::from(outcome.purchases > 0);
        figures.purchases += outcome.purchases;
        figures.purchases_without_value += outcome.purchases_without_value;
        figures.left += u64::from(outcome.left);
        figures.returned += u64::from(outcome.returned);
        self.discounts += visitor.discounts;
        self.percent += visitor.percent;
        self.amounts.add(outcome.value);
        figures.value = self.amounts.sum;
        figures.conversion = figures.buyers as f64 / figures.visitors as f64;
        figures.value_per_visitor = self.amounts.mean();
        figures.return_rate = figures.returned as f64 / figures.left.max(1) as f64;
    }

    fn visitors(&self) -> u64 {
        self.figures.visitors
    }

    fn buyers(&self) -> Share {
        Share { count: self.figures.buyers, of: self.figures.visitors }
    }
}
