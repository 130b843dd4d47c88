//! [`Detector`]: signals in, decisions out.

mod saved;

pub use crate::observer::TICK_MS;
pub use saved::{RestoreError, SAVED_BYTES};

use bytemuck::{Pod, Zeroable};

use crate::archive::Flag;
use crate::features::FeatureRow;
use crate::model::Model;
use crate::observer::Observer;
use crate::plays::{Plays, Sight};
use crate::policy::{ARMING_MS, HYSTERESIS, History, HoldReason, PolicyInput, Ruling, TICKS_OVER, Verdict, decide};
use crate::reason::{Explanation, Reason, explain};
use crate::signal::{BlurTo, Cause, Consent, PageKind, Signal, SignalKind};
use crate::window::{NEVER, SessionStart, SignalWindow};

/// A focus regained sooner than this, ms, was no leave.
const LEAVE_CONFIRMED_MS: u32 = 500;

/// What the shop set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// Risk from which a leave counts as likely, 0..1.
    pub threshold: f32,
    /// No card before this much of the visit, ms.
    pub arming_ms: u32,
    /// What the shopper has allowed.
    pub consent: Consent,
    /// Earlier visits.
    pub history: History,
}

impl Settings {
    /// Settings for a shopper who agreed and was never here before.
    #[must_use]
    pub fn new(threshold: f32) -> Settings {
        Settings { threshold, arming_ms: ARMING_MS, consent: Consent::Granted, history: History::NONE }
    }
}

/// What one tick came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decision {
    /// Time of the tick, ms since the session began.
    pub t: u32,
    /// Probability, 0..1, that the shopper leaves within 4 s.
    pub risk: f32,
    /// Why they would.
    pub explanation: Explanation,
    /// Whether to speak.
    pub verdict: Verdict,
    /// The play on whose cue, in the order of [`Plays`]; also where a later hold kept its card back.
    pub play: Option<u8>,
}

/// A leave that happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leave {
    /// When, ms since the session began.
    pub t: u32,
    /// Why, as thought at the last tick before it.
    pub reason: Reason,
    /// The risk at that tick.
    pub risk: f32,
    /// The cart's total; NaN where not known.
    pub cart: f64,
}

/// What the policy has to remember between ticks.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Memory {
    risk: f32,
    blurred_at: u32,
    left_at: u32,
    reason: u8,
    was_shown: Flag,
    typing: Flag,
    dialog: Flag,
    ticks_over: u32,
    /// Fills the last eight bytes: saved state has no gaps.
    rest: u32,
}

/// All that a session remembers.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct State {
    observer: Observer,
    memory: Memory,
}

/// One session's detector. No allocation after [`Detector::new`].
#[derive(Debug, Clone)]
pub struct Detector {
    model: Model,
    settings: Settings,
    plays: Plays,
    state: State,
}

impl Detector {
    /// A detector of a session that begins, with the plays that come with falter.
    #[must_use]
    pub fn new(model: Model, start: &SessionStart, settings: Settings) -> Detector {
        let memory = Memory { reason: Reason::Unsure as u8, blurred_at: NEVER, left_at: NEVER, ..Zeroable::zeroed() };
        Detector { model, settings, plays: Plays::shipped(), state: State { observer: Observer::new(start), memory } }
    }

    /// What the shop set.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same, to change it.
    pub fn settings_mut(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// The plays in force, to change them.
    pub fn plays_mut(&mut self) -> &mut Plays {
        &mut self.plays
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The window and its ticks.
    #[must_use]
    pub fn observer(&self) -> &Observer {
        &self.state.observer
    }

    /// The features of the last tick.
    #[must_use]
    pub fn features(&self) -> &FeatureRow {
        self.state.observer.row()
    }

    fn window(&self) -> &SignalWindow {
        self.state.observer.window()
    }

    /// Runs the next tick due at or before `now`, ms; `None` when no more is due. Call until `None`: a silence is made up
    /// for tick by tick.
    pub fn tick(&mut self, now: u32) -> Option<Decision> {
        let t = self.state.observer.tick(now)?;
        let row = self.state.observer.row();
        let risk = self.model.risk(row);
        let explanation = explain(self.model.head(), row);
        let Ruling { verdict, play } = self.decide(t, risk, explanation.reason);
        if matches!(verdict, Verdict::Show(_) | Verdict::Hold(HoldReason::Holdout)) {
            self.state.memory.was_shown = Flag::YES;
        }
        (self.state.memory.risk, self.state.memory.reason) = (risk, explanation.reason as u8);
        Some(Decision { t, risk, explanation, verdict, play })
    }

    fn decide(&mut self, t: u32, risk: f32, reason: Reason) -> Ruling {
        let memory = &mut self.state.memory;
        let was_over = memory.ticks_over >= TICKS_OVER;
        memory.ticks_over = if risk >= self.settings.threshold {
            memory.ticks_over.saturating_add(1)
        } else if was_over && risk >= self.settings.threshold * HYSTERESIS {
            memory.ticks_over
        } else {
            0
        };
        let memory = self.state.memory;
        let (window, history) = (self.window(), &self.settings.history);
        let is_over = memory.ticks_over >= TICKS_OVER;
        let sight = Sight { t, row: self.features(), risk, window, history };
        decide(&PolicyInput {
            t,
            consent: self.settings.consent,
            signals: window.signals(),
            arming_ms: self.settings.arming_ms,
            is_over,
            is_busy: memory.typing.is_set() || memory.dialog.is_set() || window.page() == PageKind::Payment,
            was_shown: memory.was_shown.is_set(),
            has_purchased: window.has_purchased(),
            history,
            reason,
            facts: window.facts(),
            cart: window.cart_value().unwrap_or(f64::NAN),
            cue: if is_over { None } else { self.plays.cue(&sight) },
        })
    }

    /// Takes in a signal. Run the ticks due at or before it first ([`Detector::tick`]); what was not run by then is run
    /// here and its decisions are lost. Returns the time at which a recording has to write the signal, or `None` when it
    /// was dropped: a number in it is not finite, it came 250 ms or more late, or its time is 2^31 ms or more.
    pub fn push(&mut self, signal: &Signal) -> Option<u32> {
        while self.tick(signal.t).is_some() {}
        let was_present = self.window().is_present();
        let at = self.state.observer.push(signal)?;
        self.confirm_leave(signal.t);
        match signal.kind {
            SignalKind::Hidden if was_present => self.state.memory.left_at = signal.t,
            SignalKind::Pagehide { cause: Cause::Unknown } if was_present && !self.window().has_purchased() => {
                self.state.memory.left_at = signal.t;
            }
            SignalKind::Blur { to: BlurTo::Outside } if was_present => self.state.memory.blurred_at = signal.t,
            SignalKind::State(state) => {
                self.state.memory.typing = state.typing.map_or(self.state.memory.typing, Flag::from);
                self.state.memory.dialog = state.dialog.map_or(self.state.memory.dialog, Flag::from);
                self.settings.consent = state.consent.unwrap_or(self.settings.consent);
            }
            SignalKind::Pageshow { .. } => (self.state.memory.typing, self.state.memory.dialog) = (Flag::NO, Flag::NO),
            _ => {}
        }
        if self.window().is_present() {
            self.state.memory.blurred_at = NEVER;
        }
        Some(at)
    }

    /// A blur counts as a leave once the focus was not regained in time.
    fn confirm_leave(&mut self, now: u32) {
        let blurred_at = self.state.memory.blurred_at;
        if blurred_at != NEVER && now.saturating_sub(blurred_at) > LEAVE_CONFIRMED_MS {
            (self.state.memory.left_at, self.state.memory.blurred_at) = (blurred_at, NEVER);
        }
    }

    /// The leave that happened since the last call, as known at `now`, ms.
    pub fn take_leave(&mut self, now: u32) -> Option<Leave> {
        self.confirm_leave(now);
        let Memory { left_at, risk, reason, .. } = self.state.memory;
        self.state.memory.left_at = NEVER;
        (left_at != NEVER).then(|| Leave {
            t: left_at,
            reason: Reason::from_index(reason.into()).unwrap_or(Reason::Unsure),
            risk,
            cart: self.window().cart_value().unwrap_or(f64::NAN),
        })
    }
}
