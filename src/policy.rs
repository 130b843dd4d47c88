//! The policy: whether to speak now, and with which words.
//!
//! [`decide`] is a pure function: everything it weighs is in [`PolicyInput`]. Every hold has a name, and the first that
//! applies, in the order of [`HoldReason`], is the one given.

mod history;
mod message;

pub use history::History;
pub use message::{Ground, Message, Needs, Offer, Show, answers, speak};

use crate::reason::Reason;
use crate::signal::{Consent, Facts, named};

/// No card before this much of the visit, ms: a shopper who has just come in is not leaving a cart behind.
pub const ARMING_MS: u32 = 5_000;
/// Nor before this many signals: less is not enough to judge anybody by.
pub const ARMING_SIGNALS: u32 = 10;
/// Once over the threshold, risk counts as over it until it falls under this part of it.
pub const HYSTERESIS: f32 = 0.8;
/// Ticks in a row over the threshold before a card: one is often noise.
pub const TICKS_OVER: u32 = 2;
/// Days without a card after one was shown; doubled by every dismissal.
pub const COOLDOWN_DAYS: u32 = 3;
/// At most so many days.
pub const COOLDOWN_MAX_DAYS: u32 = 30;
/// Days without a card after an order.
pub const QUIET_DAYS: f64 = 30.0;
/// Days without a play's card after one was shown or held out: plays have a cap of their own.
pub const PLAY_DAYS: f64 = 14.0;
const DAY_MS: f64 = 86_400_000.0;

named! {
    /// Why there is no card, in the order they are looked at.
    HoldReason {
        /// The shopper has not agreed.
        Consent = "consent",
        /// The visit is too young.
        Arming = "arming",
        /// A leave is not likely enough.
        Risk = "risk",
        /// The shopper is typing, paying or in another dialog.
        Busy = "busy",
        /// A card was shown this session.
        Shown = "shown",
        /// A card was shown in the last days.
        Cooldown = "cooldown",
        /// The shopper has ordered in the last days.
        Purchased = "purchased",
        /// The shop gave no fact that answers the doubt.
        NothingToSay = "nothing_to_say",
        /// This shopper is in the group that sees no cards, so that the effect can be measured.
        Holdout = "holdout",
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// A card.
    Show(Show),
    /// No card, because.
    Hold(HoldReason),
}

/// What a play wants said: its condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// The play's place in its list.
    pub play: u8,
    /// The doubt it answers; `None`: the one the model sees.
    pub reason: Option<Reason>,
    /// What is tried first.
    pub message: Option<Message>,
}

/// What was decided, and on whose cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ruling {
    /// Whether to speak.
    pub verdict: Verdict,
    /// The play that took the place of a likely leave; of a card, or of one that a later hold keeps back.
    pub play: Option<u8>,
}

/// Everything the policy weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PolicyInput<'a> {
    /// Milliseconds since the session began.
    pub t: u32,
    /// What the shopper has allowed.
    pub consent: Consent,
    /// Signals so far.
    pub signals: u32,
    /// Until then, ms, no card.
    pub arming_ms: u32,
    /// Risk has been over the threshold for [`TICKS_OVER`] ticks, and not fallen under [`HYSTERESIS`] of it since.
    pub is_over: bool,
    /// The shopper is typing, paying, or in another dialog.
    pub is_busy: bool,
    /// A card was shown, or held out, this session.
    pub was_shown: bool,
    /// An order was placed this session.
    pub has_purchased: bool,
    /// Earlier visits.
    pub history: &'a History,
    /// Why the shopper would leave.
    pub reason: Reason,
    /// What the shop said of itself.
    pub facts: &'a Facts,
    /// The cart's total; NaN where not known.
    pub cart: f64,
    /// The first play whose condition holds; it counts only where a leave is not likely enough.
    pub cue: Option<Cue>,
}

/// Decides. Pure; the holds in their order, the holdout last, so that both sides of it are counted at the same moment.
#[must_use]
pub fn decide(input: &PolicyInput) -> Ruling {
    let history = input.history;
    let cooldown = f64::from((COOLDOWN_DAYS << history.dismissals.min(8)).min(COOLDOWN_MAX_DAYS));
    let t = f64::from(input.t);
    let is_fresh = |ago_ms: f64, days: f64| ago_ms + t < days * DAY_MS;
    let mut cue = None;
    let hold = if input.consent == Consent::Required {
        HoldReason::Consent
    } else if input.t < input.arming_ms || input.signals < ARMING_SIGNALS {
        HoldReason::Arming
    } else {
        if !input.is_over && !is_fresh(history.play_shown_ago_ms, PLAY_DAYS) {
            cue = input.cue;
        }
        if !input.is_over && cue.is_none() {
            HoldReason::Risk
        } else if input.is_busy {
            HoldReason::Busy
        } else if input.was_shown {
            HoldReason::Shown
        } else if is_fresh(history.shown_ago_ms, cooldown) {
            HoldReason::Cooldown
        } else if input.has_purchased || is_fresh(history.purchased_ago_ms, QUIET_DAYS) {
            HoldReason::Purchased
        } else {
            let verdict = say(input, cue);
            return Ruling { verdict, play: cue.map(|cue| cue.play) };
        }
    };
    Ruling { verdict: Verdict::Hold(hold), play: cue.map(|cue| cue.play) }
}

/// What is left once nothing else holds a card back: words, and the holdout.
fn say(input: &PolicyInput, cue: Option<Cue>) -> Verdict {
    let ground = Ground { facts: input.facts, history: input.history, cart: input.cart };
    let reason = cue.and_then(|cue| cue.reason).unwrap_or(input.reason);
    match speak(reason, cue.and_then(|cue| cue.message), &ground) {
        None => Verdict::Hold(HoldReason::NothingToSay),
        Some(_) if input.history.held_out => Verdict::Hold(HoldReason::Holdout),
        Some(show) => Verdict::Show(show),
    }
}
