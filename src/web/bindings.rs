//! Every export, and nothing but exports.

use wasm_bindgen::prelude::*;

use super::capture::Capture;
use super::clock::Clock;
use super::dom::{Event, page_now, wall_now, window};
use super::guard::Door;
use super::session::Session;
use super::{report, setup};
use crate::detector::{Detector, Settings};
use crate::model::Model;
use crate::recording::{Header, read_signal};
use crate::signal::Consent;
use crate::window::SessionStart;

/// Share of the visits without a leave that see a card, until `setup` says otherwise: the preset `balanced`.
const BALANCED: f32 = 0.05;

/// An error whose message begins with the part it is of.
fn fail(part: &str, what: &str) -> JsError {
    let mut message = String::from(part);
    message.push_str(": ");
    message.push_str(what);
    JsError::new(&message)
}

/// One session of one page.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "it lives in JavaScript")]
pub struct Engine {
    session: Session,
    clock: Clock,
    capture: Capture,
    door: Door,
    header: Header,
}

#[wasm_bindgen]
impl Engine {
    /// An engine for the session `session`, which began at wall time `started`, ms.
    ///
    /// # Errors
    /// `model: …` when the bytes are not a model.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &[u8], door: Door, started: f64, session: String) -> Result<Engine, JsError> {
        let model = Model::from_bytes(model).map_err(|error| fail("model", error.fault.text()))?;
        let window = window();
        let clock = Clock::new(started, window.performance().time_origin());
        let capture = Capture::new(window);
        let header = capture.header(session);
        let settings = Settings { consent: Consent::Granted, ..Settings::new(model.threshold_for_share(BALANCED)) };
        let detector = Detector::new(model, &SessionStart::from(&header), settings);
        Ok(Engine { session: Session::new(detector, header.device), clock, capture, door, header })
    }

    /// Takes over settings given as one line of JSON.
    ///
    /// # Errors
    /// `setup: …` when the line or a value in it is not right.
    pub fn setup(&mut self, line: &str) -> Result<(), JsError> {
        setup::apply(&mut self.session.detector, &mut self.header, line)
            .map_err(|error| fail("setup", &error.message()))
    }

    /// Goes on with a saved session; false when the bytes are not one. Which page this is will be told anew.
    pub fn restore(&mut self, bytes: &[u8]) -> bool {
        self.capture.forget_told();
        self.session.detector.restore(bytes).is_ok()
    }

    /// Asks the door for every listener, and tells the page that is shown.
    pub fn listen(&mut self) {
        self.clock.go_on_from(self.session.now(), page_now());
        self.capture.listen(&self.door, &mut self.session, &self.clock);
    }

    /// Takes an event that the door let in; returns what came of it, as bits.
    pub fn handle(&mut self, kind: u8, event: &Event) -> u8 {
        self.capture.handle(kind, event, &mut self.session, &self.clock);
        self.session.take_flags()
    }

    /// Runs the ticks due at page time `now` (`performance.now()`); returns what came of them, as bits.
    pub fn tick(&mut self, now: f64) -> u8 {
        self.clock.check(now, wall_now());
        let t = self.clock.at(now);
        self.capture.tick(t, &mut self.session);
        self.session.run(t);
        self.session.take_flags()
    }

    /// Takes a signal as one line of a recording. Without a `t` it happens now.
    ///
    /// # Errors
    /// `signal: …` when it is not one.
    pub fn signal(&mut self, line: &str) -> Result<u8, JsError> {
        let now = self.clock.at(page_now());
        let read = read_signal(line, now).map_err(|error| fail("signal", &error.message()))?;
        let (at, signal) = read.ok_or_else(|| fail("signal", "no such kind"))?;
        self.session.run(at);
        self.session.tell(signal.t, signal.kind);
        Ok(self.session.take_flags())
    }

    /// The last decision as JSON, "" before the first.
    pub fn decision(&self) -> String {
        self.session.decision.as_ref().map(report::decision).unwrap_or_default()
    }

    /// The last leave as JSON, "" before the first.
    pub fn leave(&self) -> String {
        self.session.leave.as_ref().map(report::leave).unwrap_or_default()
    }

    /// Risk at the last tick, 0..1.
    pub fn risk(&self) -> f32 {
        self.session.decision.map_or(0.0, |decision| decision.risk)
    }

    /// Time of the last tick, ms since the session began.
    pub fn time(&self) -> u32 {
        self.session.decision.map_or(0, |decision| decision.t)
    }

    /// Risk from which a leave counts as likely.
    pub fn threshold(&self) -> f32 {
        self.session.detector.settings().threshold
    }

    /// The features of the last tick.
    pub fn features(&self) -> Vec<f32> {
        self.session.detector.features().to_vec()
    }

    /// The session's state, for the next page.
    pub fn save(&self) -> Vec<u8> {
        self.session.detector.save()
    }

    /// Records this page from now on; what was recorded before is let go.
    pub fn record(&mut self) {
        self.session.record();
    }

    /// What this page recorded, NDJSON with its header; "" when nothing is recorded.
    pub fn recording(&mut self) -> String {
        self.header.end = self.session.now();
        self.session.recording(&self.header)
    }
}
