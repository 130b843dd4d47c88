//! One session on one page.

use super::capture::{Capture, Event};
use super::clock::Clock;
use super::session::Session;
use super::{report, settings, shared};
use crate::boundary::Heard;
use crate::detector::{Detector, SAVED_BYTES, Settings};
use crate::model::{FormatError, Model};
use crate::recording::Kind;
use crate::signal::Device;
use crate::window::SessionStart;

/// Share of the visits without a leave that see a card, until settings say otherwise: the preset `balanced`.
const BALANCED: f32 = 0.05;

#[derive(Debug)]
pub(super) struct Engine {
    session: Session,
    clock: Clock,
    capture: Capture,
}

impl Engine {
    pub(super) fn new(model: Vec<u8>, started: f64, origin: f64, is_touch: bool) -> Result<Engine, FormatError> {
        let model = Model::from_vec(model)?;
        let device = if is_touch { Device::Touch } else { Device::Mouse };
        let capture = Capture::new(device);
        let (w, h, doc_h) = capture.sizes();
        // what a shopper did on earlier visits is for the policy alone
        let start = SessionStart { device, w, h, doc_h, visits: 0, orders: 0 };
        let settings = Settings::new(model.threshold_for_share(BALANCED));
        let detector = Detector::new(model, &start, settings);
        Ok(Engine { session: Session::new(detector), clock: Clock::new(started, origin), capture })
    }

    pub(super) fn setup(&mut self) {
        settings::apply(&mut self.session.detector, shared::take());
    }

    pub(super) fn play(&mut self, place: usize) {
        if let Some(program) = self.session.detector.plays_mut().program_mut(place) {
            shared::take_to(program);
        }
    }

    pub(super) fn restore(&mut self, bytes: &[u8]) -> bool {
        self.capture.forget_told();
        self.session.detector.restore(bytes).is_ok()
    }

    pub(super) fn listen(&mut self, now: f64) {
        self.clock.go_on_from(self.session.now(), now);
        self.capture.listen(self.clock.at(now), &mut self.session);
    }

    pub(super) fn hear(&mut self, heard: Heard, time: f64, x: f64, y: f64, what: f64) -> u32 {
        let event = Event { t: self.clock.at(time), time, x, y, what };
        self.capture.hear(heard, &event, &mut self.session);
        self.session.take_flags()
    }

    pub(super) fn tick(&mut self, now: f64, wall: f64) -> u32 {
        self.clock.check(now, wall);
        let t = self.clock.at(now);
        self.capture.tick(t, &mut self.session);
        self.session.run(t);
        self.session.take_flags()
    }

    pub(super) fn signal(&mut self, kind: Kind, t: f64, late: f64, now: f64) -> u32 {
        // a page that goes on is told so before it listens, and its clock may be behind the page before: it was set back
        let at = if t.is_nan() { self.clock.at(now).max(self.session.now()) } else { t as u32 };
        self.session.run(at);
        self.session.tell_shared(at.saturating_sub(late as u32), kind);
        self.session.take_flags()
    }

    pub(super) fn tell(&self) {
        report::write(&self.session);
    }

    pub(super) fn features(&self) {
        for (place, &value) in self.session.detector.features().iter().enumerate() {
            shared::put(place, value.into());
        }
    }

    pub(super) fn save(&self) -> usize {
        shared::room(SAVED_BYTES);
        shared::with_bytes(|bytes| self.session.detector.save_to(bytes));
        SAVED_BYTES
    }

    pub(super) fn record(&mut self) {
        self.session.is_recorded = true;
    }
}
