//! Scrolling with a wheel, a trackpad, a finger and the scroll bar.

use super::person::Scroller;
use super::visitor::Visitor;
use crate::signal::SignalKind;

/// Close enough to where one wanted to scroll, as a share of the viewport's height.
const NEAR: f64 = 0.12;
/// Gestures to one place, at most: people settle for less.
const GESTURES: u32 = 14;

impl Visitor {
    /// Scrolls to about `target`; `hurry` shortens the pauses between gestures and the gestures themselves (1: usual).
    pub(super) fn scroll_to(&mut self, target: f64, hurry: f64) {
        let deepest = self.page.deepest(&self.shop);
        let target = target.clamp(0.0, deepest);
        // nobody is in just so much of a hurry
        let hurry = hurry * self.rng.lognormal(1.0, 0.35);
        for _ in 0..GESTURES {
            let left = target - self.scroll;
            let at_end = (left < 0.0 && self.scroll <= 0.5) || (left > 0.0 && self.scroll >= deepest - 0.5);
            if at_end || left.abs() < NEAR * self.shop.h && !(target == 0.0 && self.scroll > 0.5) {
                break;
            }
            match self.person.scroller {
                Scroller::Wheel { notch_px, smooth_ms } => self.wheel(left, notch_px, smooth_ms, hurry),
                Scroller::Trackpad { inertia_ms } => self.swipe(left, inertia_ms, None, hurry),
                Scroller::Finger { inertia_ms } => self.fling(left, inertia_ms, hurry),
            }
            let pause = self.pause(380.0, 0.7) / hurry;
            self.rest(pause);
        }
    }

    /// Runs one scroll movement: `offset(t)` for `ms`, seen once a frame.
    fn run(&mut self, ms: f64, offset: impl Fn(f64) -> f64) {
        let deepest = self.page.deepest(&self.shop);
        let frame = self.person.sampling.frame_ms;
        let begun = self.now;
        let mut t = frame;
        while t < ms {
            self.scroll = offset(t).clamp(0.0, deepest);
            self.rec.scroll(begun + t, self.scroll, false);
            t += frame;
        }
        self.now = begun + ms;
        self.scroll = offset(ms).clamp(0.0, deepest);
        self.rec.scroll(self.now, self.scroll, true);
    }

    /// A burst of wheel notches, smoothed by the browser towards the sum of them.
    fn wheel(&mut self, left: f64, notch: f64, smooth_ms: f64, hurry: f64) {
        let wanted = ((left.abs() / notch + 0.5) as u32).max(1);
        let notches = wanted.min(self.rng.whole(1, if hurry > 2.0 { 12 } else { 6 }));
        let between = self.rng.lognormal(80.0, 0.4).clamp(25.0, 250.0);
        let from = self.scroll;
        let step = if left < 0.0 { -notch } else { notch };
        // each notch adds an exponential approach of its own; their sum is what smooth scrolling shows
        let last = between * f64::from(notches - 1);
        self.run(last + smooth_ms * 5.0, move |t| {
            (0..notches).fold(from, |y, number| {
                let since = t - between * f64::from(number);
                if since > 0.0 { y + step * (1.0 - libm::exp(-since / smooth_ms)) } else { y }
            })
        });
        if self.rng.chance(0.15) && self.on_mouse && self.rec.inside {
            // turning the wheel shifts the mouse a little
            let to = (self.at.0 + self.rng.normal(0.0, 3.0), self.at.1 + self.rng.normal(0.0, 4.0));
            let to = self.inside(to);
            self.glide(to, 110.0);
        }
    }

    /// A gesture that drags for a while and is let go at speed: then inertia, an exponential decay of the speed.
    /// `finger` gives the finger's place by the distance dragged, where there is one.
    fn swipe(&mut self, left: f64, inertia_ms: f64, finger: Option<(f64, f64, f64)>, hurry: f64) {
        let slow = hurry < 2.0 && left.abs() < 0.5 * self.shop.h && self.rng.chance(0.6);
        let (median, least) = if slow { (380.0, 180.0) } else { (170.0, 45.0) };
        let drag_ms = (self.rng.lognormal(median, 0.35) / hurry.sqrt()).clamp(least, 900.0);
        let aim = left * self.rng.normal(0.95, 0.15).clamp(0.5, 1.4);
        // who is in a hurry gives the next push before this one has run out
        let coast_ms = inertia_ms * 4.0 / hurry.max(1.0);
        // the drag grows as t^1.5, so it ends at 1.5 times its mean speed
        let coasted = move |t: f64| inertia_ms * (1.0 - libm::exp(-t / inertia_ms));
        let coast = if slow { 0.0 } else { 1.5 * coasted(coast_ms) / drag_ms };
        // a thumb pushes as far as it is used to, not just as far as this place asks for
        let most = if slow { 0.45 } else { self.person.stroke * self.rng.lognormal(1.0, 0.2) } * self.shop.h;
        let dragged = (aim / (1.0 + coast)).clamp(-most, most);
        let speed = 1.5 * dragged / drag_ms;
        let from = self.scroll;
        let path = move |t: f64| {
            let s = (t / drag_ms).clamp(0.0, 1.0);
            from + dragged * s * s.sqrt()
        };
        if let Some((x, y, lean)) = finger {
            let frame = self.person.sampling.frame_ms;
            let begun = self.now;
            let mut t = frame;
            while t <= drag_ms {
                let far = path(t) - from;
                self.rec.pointer(begun + t, x + lean * far, y - far);
                self.scroll = path(t).clamp(0.0, self.page.deepest(&self.shop));
                self.rec.scroll(begun + t, self.scroll, false);
                t += frame;
            }
            self.now = begun + drag_ms;
            self.at = (x + lean * dragged, y - dragged);
            let (x, y) = self.rec.rounded(self.at.0, self.at.1);
            self.rec.push(self.now, SignalKind::Up { x, y });
        } else {
            self.run(drag_ms, path);
        }
        if slow {
            self.rec.scroll(self.now, self.scroll, true);
            return;
        }
        let from = self.scroll;
        self.run(coast_ms, move |t| from + speed * coasted(t));
    }

    fn fling(&mut self, left: f64, inertia_ms: f64, hurry: f64) {
        let (w, h) = (self.shop.w, self.shop.h);
        let x = w * self.rng.normal(0.62, 0.12).clamp(0.1, 0.92);
        // to scroll down, the finger starts low and moves up
        let y = if left > 0.0 { h * self.rng.between(0.58, 0.85) } else { h * self.rng.between(0.22, 0.5) };
        self.touch_down(x, y);
        let lean = self.rng.normal(0.0, 0.12);
        self.swipe(left, inertia_ms, Some((x, y, lean)), hurry);
    }

    /// A finger comes down.
    pub(super) fn touch_down(&mut self, x: f64, y: f64) {
        self.at = (x, y);
        let (px, py) = self.rec.rounded(x, y);
        self.rec.push(self.now, SignalKind::Down { x: px, y: py });
    }

    /// Drags the scroll bar at the right edge: the page hears nothing of the pointer while it is on the bar.
    pub(super) fn drag_bar(&mut self, target: f64) {
        let deepest = self.page.deepest(&self.shop);
        if deepest < 1.0 || self.touch() {
            return;
        }
        let (w, h) = (self.shop.w, self.shop.h);
        let thumb = |scroll: f64| 20.0 + (h - 60.0) * scroll / deepest;
        let from = self.scroll;
        self.reach((w + 6.0, thumb(from)), 14.0, 1.0);
        let wait = self.pause(200.0, 0.4);
        self.now += wait;
        let target = target.clamp(0.0, deepest);
        let ms = self.rng.lognormal(900.0, 0.4);
        self.run(ms, move |t| from + (target - from) * super::pointer::minimum_jerk(t / ms));
        self.at = (w + 6.0, thumb(self.scroll));
        let wait = self.pause(300.0, 0.5);
        self.now += wait;
        let back = (w * self.rng.between(0.3, 0.8), h * self.rng.between(0.2, 0.8));
        self.reach(back, 150.0, 1.0);
    }
}
