//! What the hand does with the pointer: reaching, clicking, resting, wandering, typing.

use super::page::Area;
use super::pointer::{Point, Reach};
use super::visitor::Visitor;
use crate::signal::{KeyClass, SignalKind, Target};

impl Visitor {
    /// Moves to a target of `width` px. A finger does not move while it is off the glass.
    pub(super) fn reach(&mut self, to: Point, width: f64, haste: f64) {
        if self.touch() {
            let ms = self.pause(250.0, 0.3);
            self.now += ms;
            self.at = to;
            return;
        }
        if !self.on_mouse {
            // homing from the keyboard or the lap takes about 0.4 s (Card, Moran and Newell 1983)
            self.now += self.rng.lognormal(400.0, 0.3);
            self.on_mouse = true;
        }
        let reach = Reach::draw(&mut self.rng, &self.person.motor, self.at, to, width, haste);
        self.follow(reach.length_ms, |t| reach.at(t));
    }

    /// Moves into a box of the viewport, to a place drawn around its middle.
    pub(super) fn reach_into(&mut self, area: Area) {
        let (mx, my) = area.middle();
        let to = (mx + area.w * self.rng.normal(0.0, 0.15), my + area.h * self.rng.normal(0.0, 0.15));
        let width = area.w.min(area.h).clamp(10.0, 120.0);
        self.reach(to, width, 1.0);
    }

    /// Lets the pointer follow a path for `ms`, seen by the page once a frame.
    pub(super) fn follow(&mut self, ms: f64, path: impl Fn(f64) -> Point) {
        let begun = self.now;
        let motor = self.person.motor;
        let phase = self.rng.unit() * core::f64::consts::TAU;
        let sampling = self.person.sampling;
        let mut t = self.rng.unit() * sampling.frame_ms;
        while t < ms {
            // what the page gets at a frame is the last report of the device before it
            let polled = f64::from((t / sampling.poll_ms) as u32) * sampling.poll_ms;
            let (x, y) = path(polled);
            let shake = motor.tremor_px * libm::sin(phase + core::f64::consts::TAU * motor.tremor_hz * polled / 1000.0);
            let late = self.rng.exponential(sampling.busy_ms).min(sampling.frame_ms - 0.5);
            self.place(begun + (t + late).min(ms), (x + shake * 0.6, y + shake * 0.8));
            let frames = if self.rng.chance(sampling.dropped) { 2.0 } else { 1.0 };
            t += sampling.frame_ms * frames;
        }
        self.now = begun + ms;
        self.place(self.now, path(ms));
    }

    /// The pointer is here at `t`.
    fn place(&mut self, t: f64, at: Point) {
        // a pointer stops at the screen's edge, which is not far beyond the window's
        let (x, y) = (at.0.clamp(-40.0, self.shop.w + 400.0), at.1.clamp(-110.0, self.shop.h + 90.0));
        self.at = (x, y);
        self.rec.pointer(t, x, y);
    }

    /// Lets time pass while nothing is meant. A resting hand twitches now and then.
    pub(super) fn rest(&mut self, ms: f64) {
        let until = self.now + ms;
        if ms > 2_500.0 && self.rng.chance(self.person.hand_off) {
            self.on_mouse = false;
        }
        if self.touch() || !self.on_mouse || !self.rec.inside {
            self.now = until;
            return;
        }
        loop {
            let next = self.now + self.rng.exponential(1000.0 / self.person.twitches.max(0.01));
            if next + 200.0 >= until {
                break;
            }
            self.now = next;
            let size = self.rng.lognormal(2.0, 0.8).min(25.0);
            let turn = self.rng.unit() * core::f64::consts::TAU;
            let to = (self.at.0 + size * libm::cos(turn), self.at.1 + size * libm::sin(turn));
            let ms = self.rng.between(80.0, 200.0);
            self.glide(self.inside(to), ms);
        }
        self.now = self.now.max(until);
    }

    /// The hand goes on shifting after it has arrived: short slow movements that turn, with hardly a rest between, as
    /// the eye finds its place (the "hovering" of Huang, White and Dumais, CHI 2011). Lengths and times are chosen.
    pub(super) fn settle(&mut self, most: f64) {
        let until = self.now + most;
        let spread = self.rng.lognormal(10.0, 0.9).min(60.0);
        let home = self.at;
        let stays = self.rng.chance(0.5);
        for _ in 0..self.rng.whole(1, 7) {
            if self.now >= until || self.touch() {
                return;
            }
            let home = if stays { home } else { self.at };
            let to = (home.0 + self.rng.normal(0.0, spread), home.1 + self.rng.normal(0.0, spread));
            let ms = self.rng.lognormal(230.0, 0.45).clamp(90.0, 900.0);
            self.glide(self.inside(to), ms);
            let pause = self.rng.exponential(140.0);
            self.now += pause;
        }
    }

    /// One smooth movement of a given length in time.
    pub(super) fn glide(&mut self, to: Point, ms: f64) {
        let from = self.at;
        self.follow(ms, |t| {
            let s = super::pointer::minimum_jerk(t / ms);
            (from.0 + (to.0 - from.0) * s, from.1 + (to.1 - from.1) * s)
        });
    }

    /// The nearest point inside the viewport, a little off its edges.
    pub(super) fn inside(&self, (x, y): Point) -> Point {
        (x.clamp(4.0, self.shop.w - 20.0), y.clamp(3.0, self.shop.h - 4.0))
    }

    /// Moves about without an aim for about `ms`: easy movements around the place where the hand lies well, out and
    /// back, with short rests (chosen: the forearm's posture pulls the hand back).
    pub(super) fn wander(&mut self, ms: f64) {
        let until = self.now + ms;
        if self.touch() {
            self.now = until;
            return;
        }
        let home = self.at;
        let spread = self.rng.lognormal(85.0, 0.8).min(0.3 * self.shop.w);
        let stays = self.rng.chance(0.6);
        while self.now < until {
            let home = if stays { home } else { self.at };
            let to = (home.0 + self.rng.normal(0.0, spread * 1.1), home.1 + self.rng.normal(0.0, spread));
            let to = self.inside(to);
            let ease = self.rng.between(0.4, 1.0);
            self.reach(to, (spread * 0.4).max(12.0), ease);
            let pause = self.rng.exponential(280.0);
            self.rest(pause * self.person.tempo);
        }
    }

    /// Presses and releases where the pointer is.
    pub(super) fn click(&mut self, on: Target) {
        let wait = self.pause(120.0, 0.5);
        self.now += wait;
        let (x, y) = self.rec.rounded(self.at.0, self.at.1);
        self.rec.push(self.now, SignalKind::Down { x, y });
        self.now += self.rng.lognormal(85.0, 0.25);
        self.rec.push(self.now, SignalKind::Up { x, y });
        self.rec.push(self.now, SignalKind::Click { x, y, on });
    }

    /// Goes to a box of the document and clicks it.
    pub(super) fn press(&mut self, area: Area, on: Target) {
        self.bring(area);
        let seen = Area { y: area.y - self.scroll, ..area };
        self.reach_into(seen);
        self.click(on);
    }

    /// Types `count` characters: 120–300 ms between keys in forms (Dhakal et al. 2018, the slower half).
    pub(super) fn type_keys(&mut self, count: u32) {
        self.on_mouse = false;
        let pace = self.rng.lognormal(170.0, 0.3);
        for _ in 0..count {
            self.now += self.rng.lognormal(pace, 0.45);
            let class = if self.rng.chance(0.94) { KeyClass::Char } else { KeyClass::Nav };
            self.rec.push(self.now, SignalKind::Key { class });
        }
    }

    /// A shortcut, such as copy or a new tab.
    pub(super) fn shortcut(&mut self) {
        self.now += self.rng.lognormal(250.0, 0.4);
        self.rec.push(self.now, SignalKind::Key { class: KeyClass::Shortcut });
    }
}
