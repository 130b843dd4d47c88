//! Leaving: the wavering before, the way out, the time away and the return.
//!
//! The kinds and their shares are those measured on 280 leaves of 106 people (Brückner, Arapakis and Leiva, CIKM
//! 2020; figures in the session format's notes): 21 % look like going out through the top, 10 % follow a key press,
//! 45 % have no pointer event in their last 4 s.

use super::pointer::minimum_jerk;
use super::visitor::Visitor;
use crate::signal::{BlurTo, Cause, Edge, SignalKind, Target};

/// The way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Up to the tabs, the address bar or the close button.
    Top,
    /// By a shortcut.
    Keyboard,
    /// Nothing is done for a while, then the shopper is gone: another device, a person in the room, alt-tab after
    /// reading.
    Silent,
    /// Down to the task bar or the dock, or sideways to another window.
    Side,
    /// With something copied, to look it up elsewhere.
    Copied,
    /// Away in the middle of a movement: a link that opens outside, a notification, alt-tab with the other hand.
    Midway,
    /// Touch: to another app, by the gesture at the screen's foot.
    AppSwitch,
    /// Touch: back, by a swipe from the side.
    BackSwipe,
    /// Touch: scrolling up until the browser's bar shows, then to the tabs.
    BarOnTop,
}

/// How the page hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    /// Another tab: blur and hidden.
    Tab,
    /// Another window, or the address bar: blur alone.
    Window,
    /// The document goes for good.
    Closed,
}

/// Shares on desktop of leaves after more than a glance. Of all leaves, short returns to the page included, 45 % are
/// silent, but of those after 4 s of presence or more only 20 % (10 of 51 in half of that data): most silent ones are
/// glances.
///
/// A key press shortly before was measured on 10 % of all leaves, and something copied on 12 of those 51.
const DESKTOP: [(Way, f64); 6] = [
    (Way::Top, 0.38),
    (Way::Keyboard, 0.06),
    (Way::Silent, 0.12),
    (Way::Side, 0.10),
    (Way::Copied, 0.17),
    (Way::Midway, 0.17),
];
/// Chance that a return is a glance: the window is in front and nothing is done before it goes again.
const GLANCE: f64 = 0.72;
/// Median of a glance, ms. Four of five are under 4 s, so that over half of all leaves are within 4 s of a return (66 of 117 in
/// half of that data); some windows stay in front for a minute with nobody there.
const GLANCE_MS: f64 = 1_500.0;
/// Shares on touch screens (chosen; no public measurement).
const TOUCH: [(Way, f64); 4] =
    [(Way::AppSwitch, 0.4), (Way::BackSwipe, 0.22), (Way::BarOnTop, 0.25), (Way::Silent, 0.13)];

/// Glances in a row, at most.
const MOST_GLANCES: u32 = 6;

/// Quantiles of the time away in ms, interpolated in the logarithm: p10/50/90 measured (4.1, 13.6, 149 s), ends chosen.
const AWAY_MS: [(f64, f64); 5] = [(0.0, 1_200.0), (0.1, 4_100.0), (0.5, 13_600.0), (0.9, 149_000.0), (1.0, 900_000.0)];
/// Of those who left the window, this share never came back (29 of 203 measured).
const NEVER_BACK: f64 = 0.14;

impl Visitor {
    /// Leaves for good.
    pub(super) fn leave(&mut self, doubts: bool) {
        let way = self.choose_way();
        self.waver(way, doubts);
        self.go(way);
        let gone = match way {
            Way::BackSwipe => Gone::Closed,
            Way::AppSwitch | Way::BarOnTop => Gone::Tab,
            Way::Keyboard | Way::Copied | Way::Top => {
                self.rng.pick([(Gone::Closed, 0.4), (Gone::Tab, 0.35), (Gone::Window, 0.25)])
            }
            Way::Side => self.rng.pick([(Gone::Closed, 0.05), (Gone::Tab, 0.15), (Gone::Window, 0.8)]),
            Way::Silent | Way::Midway => self.rng.pick([(Gone::Closed, 0.3), (Gone::Tab, 0.35), (Gone::Window, 0.35)]),
        };
        self.depart(gone);
        if gone != Gone::Closed && self.rng.chance(0.4) {
            // the tab is closed later, unseen
            self.now += self.away_ms();
            self.close();
        }
        self.over = true;
    }

    /// Leaves and, mostly, comes back. True when back.
    pub(super) fn step_away(&mut self) -> bool {
        let way = loop {
            let way = self.choose_way();
            // going back closes the page
            if way != Way::BackSwipe {
                break way;
            }
        };
        if self.rng.chance(0.6) {
            self.waver(way, false);
        }
        self.go(way);
        let tab = self.touch() || self.rng.chance(if way == Way::Side { 0.2 } else { 0.55 });
        self.depart(if tab { Gone::Tab } else { Gone::Window });
        if self.rng.chance(NEVER_BACK) {
            self.over = true;
            return false;
        }
        self.now += self.away_ms();
        self.come_back(tab);
        for _ in 0..MOST_GLANCES {
            if !self.rng.chance(GLANCE) {
                break;
            }
            self.now += self.rng.lognormal(GLANCE_MS, 1.0).clamp(550.0, 120_000.0);
            if !self.touch() && self.rng.chance(0.12) {
                self.shortcut();
                self.now += self.rng.lognormal(150.0, 0.5);
            }
            self.depart(if tab { Gone::Tab } else { Gone::Window });
            if self.rng.chance(NEVER_BACK) {
                self.over = true;
                return false;
            }
            self.now += self.away_ms();
            self.come_back(tab);
        }
        self.look_again(way, tab);
        true
    }

    fn choose_way(&mut self) -> Way {
        if self.touch() { self.rng.pick(TOUCH) } else { self.rng.pick(DESKTOP) }
    }

    fn away_ms(&mut self) -> f64 {
        let q = self.rng.unit();
        for pair in AWAY_MS.windows(2) {
            if let [(q0, ms0), (q1, ms1)] = *pair
                && q < q1
            {
                return libm::exp(libm::log(ms0) + (libm::log(ms1) - libm::log(ms0)) * (q - q0) / (q1 - q0));
            }
        }
        AWAY_MS[4].1
    }

    /// What often comes before a leave: once the mind is made up, or nearly, reading stops and the hand goes on: slowly
    /// about without an aim, back up the page, or half-way to the exit and hovering there. That leaves are foretold by
    /// movement is what Brückner et al. 2020 found; its forms, times and shares here are chosen. Where more people wavered, a model
    /// learnt to trust it more than real people bear out (models/training/LOG.md).
    fn waver(&mut self, way: Way, doubts: bool) {
        let none = match (way, doubts) {
            (Way::Silent, _) => 0.5,
            (_, true) => 0.06,
            (_, false) => 0.5,
        };
        if self.rng.chance(none) {
            return;
        }
        let look = self.pause(500.0, 0.5);
        self.rest(look);
        let below = self.scroll > 0.4 * self.shop.h;
        if self.touch() {
            self.skim();
            return;
        }
        if below && self.rng.chance(0.65) {
            let up = self.scroll - self.shop.h * self.rng.between(0.8, 3.0);
            self.scroll_to(up, 3.0);
        } else if self.rng.chance(0.4) {
            let x = self.at.0 + self.rng.normal(0.0, 0.15 * self.shop.w);
            let y = self.shop.h * self.rng.between(0.005, 0.25);
            self.reach(self.inside((x, y)), 90.0, 0.7);
        }
        let ms = self.rng.lognormal(2_700.0, 0.3);
        self.falter(ms);
    }

    /// Touch: over the page once more with quick flings, nothing read, and up again.
    fn skim(&mut self) {
        let h = self.shop.h;
        if self.rng.chance(if self.scroll < 1.2 * h { 0.8 } else { 0.15 }) {
            let down = self.scroll + h * self.rng.between(0.8, 2.5);
            self.scroll_to(down, 4.0);
        }
        // one flick after the other, each before the last has glided out: the burst that exit-intent scripts for phones
        // look for (exit-intent-js: 400 px up in 100 ms)
        let up = self.scroll - h * self.rng.between(1.2, 5.0);
        self.scroll_to(up, 7.0);
    }

    /// Slow movements that hardly stop and turn about, for about `ms`.
    pub(super) fn falter(&mut self, ms: f64) {
        let until = self.now + ms;
        if self.touch() {
            self.now = until;
            return;
        }
        let spread = self.rng.lognormal(80.0, 0.45);
        let mut heading = self.rng.unit() * core::f64::consts::TAU;
        while self.now < until {
            let far = self.rng.lognormal(spread, 0.4);
            heading += self.rng.normal(0.0, 1.4);
            let to = (self.at.0 + far * libm::cos(heading), self.at.1 + 0.8 * far * libm::sin(heading));
            let ms = self.rng.lognormal(430.0, 0.3).clamp(150.0, 1_200.0);
            self.glide(self.inside(to), ms);
            self.now += self.rng.exponential(90.0);
        }
    }

    /// The way out, up to the moment at which the page hears that the shopper is gone.
    fn go(&mut self, way: Way) {
        let (w, h) = (self.shop.w, self.shop.h);
        match way {
            Way::Top => {
                // tabs, the address bar, the close button: a strip of some 20 px, up to 100 px above the page
                let x = self.rng.pick([(0.12, 0.3), (0.35, 0.3), (0.6, 0.15), (0.97, 0.25)]);
                let x = w * (x + self.rng.normal(0.0, 0.08)).clamp(0.01, 0.995);
                let y = -self.rng.between(20.0, 100.0);
                // ballistic: the screen's edge stops the hand, so no care is taken to slow down in time
                let haste = self.rng.between(1.0, 1.6);
                self.reach((x, y), 40.0, haste);
                let wait = self.rng.lognormal(550.0, 0.7).clamp(120.0, 3_500.0);
                self.now += wait;
            }
            Way::Keyboard => {
                let wait = self.pause(900.0, 0.6);
                self.rest(wait);
                self.on_mouse = false;
                self.shortcut();
                self.now += self.rng.lognormal(250.0, 0.6);
            }
            Way::Copied => {
                // what is looked for elsewhere is marked and copied first, and looked at for a moment
                let to = (w * self.rng.between(0.15, 0.7), h * self.rng.between(0.15, 0.85));
                self.reach(to, 30.0, 0.8);
                self.select(true);
                let wait = self.rng.lognormal(700.0, 0.6);
                self.rest(wait);
                if self.rng.chance(0.6) {
                    let x = w * self.rng.between(0.08, 0.9);
                    let y = -self.rng.between(20.0, 100.0);
                    let haste = self.rng.between(1.0, 1.6);
                    self.reach((x, y), 40.0, haste);
                }
                let wait = self.rng.lognormal(500.0, 0.6).clamp(120.0, 3_000.0);
                self.now += wait;
            }
            Way::Silent => {
                self.on_mouse = false;
                self.now += self.rng.lognormal(8_500.0, 0.55).max(4_100.0);
            }
            Way::Side => {
                let to = if self.rng.chance(0.65) {
                    (w * self.rng.between(0.1, 0.9), h + self.rng.between(15.0, 60.0))
                } else if self.rng.chance(0.7) {
                    (w + self.rng.between(30.0, 300.0), h * self.rng.unit())
                } else {
                    (-self.rng.between(10.0, 40.0), h * self.rng.unit())
                };
                let haste = self.rng.between(0.9, 1.4);
                self.reach(to, 50.0, haste);
                let wait = self.rng.lognormal(500.0, 0.6).clamp(120.0, 3_000.0);
                self.now += wait;
            }
            Way::Midway => {
                let ms = self.rng.lognormal(1_500.0, 0.6);
                self.wander(ms);
                if self.rng.chance(0.3) {
                    self.click(Target::Link);
                }
                self.now += self.rng.lognormal(250.0, 0.8).min(3_000.0);
            }
            Way::AppSwitch => {
                let wait = self.pause(1_600.0, 0.8);
                self.rest(wait);
            }
            Way::BackSwipe => self.back_swipe(),
            Way::BarOnTop => {
                let up = self.scroll - h * self.rng.between(0.6, 3.0);
                self.scroll_to(up, 3.0);
                let wait = self.pause(1_300.0, 0.5);
                self.rest(wait);
            }
        }
    }

    /// A swipe from the side: the system takes it over once it is sure what it is.
    fn back_swipe(&mut self) {
        let (w, h) = (self.shop.w, self.shop.h);
        let wait = self.pause(700.0, 0.6);
        self.rest(wait);
        let left = self.rng.chance(0.7);
        let (x, y) = (
            if left { self.rng.between(1.0, 14.0) } else { w - self.rng.between(1.0, 14.0) },
            h * self.rng.between(0.4, 0.8),
        );
        self.touch_down(x, y);
        let far = self.rng.between(60.0, 0.6 * w) * if left { 1.0 } else { -1.0 };
        let ms = self.rng.between(120.0, 260.0);
        let sag = self.rng.normal(0.0, 12.0);
        self.follow(ms, |t| {
            let s = minimum_jerk(t / ms);
            (x + far * s, y + sag * s)
        });
        let (px, py) = self.rec.rounded(self.at.0, self.at.1);
        self.rec.push(self.now, SignalKind::Up { x: px, y: py });
        self.now += self.rng.between(150.0, 400.0);
    }

    fn depart(&mut self, gone: Gone) {
        match gone {
            Gone::Tab => {
                if !self.touch() {
                    self.rec.push(self.now, SignalKind::Blur { to: BlurTo::Outside });
                    self.now += self.rng.between(1.0, 30.0);
                }
                self.rec.push(self.now, SignalKind::Hidden);
            }
            Gone::Window => self.rec.push(self.now, SignalKind::Blur { to: BlurTo::Outside }),
            Gone::Closed => self.close(),
        }
    }

    /// The document goes and nothing of the visit comes after it.
    pub(super) fn close(&mut self) {
        self.rec.close(self.now, Cause::Unknown);
        self.rec.push(self.now, SignalKind::Unload);
    }

    fn come_back(&mut self, tab: bool) {
        if tab {
            self.rec.push(self.now, SignalKind::Visible);
            self.now += self.rng.between(1.0, 30.0);
        }
        if !self.touch() {
            self.rec.push(self.now, SignalKind::Focus);
        }
    }

    /// The page is looked at again after a return; the pointer comes back from where the tab or window was chosen.
    fn look_again(&mut self, way: Way, tab: bool) {
        // a window that comes to the front is not always looked at right away
        let (median, sigma) = if self.rng.chance(0.25) { (6_000.0, 1.0) } else { (600.0, 0.6) };
        let look = self.pause(median, sigma).min(120_000.0);
        self.now += look;
        if self.touch() {
            return;
        }
        let (w, h) = (self.shop.w, self.shop.h);
        let outside = matches!(way, Way::Top | Way::Side);
        if !outside && tab && self.rng.chance(0.5) {
            self.rec.push_marked(self.now, SignalKind::Out { edge: Edge::Top });
            self.rec.inside = false;
            self.at = (w * self.rng.between(0.05, 0.9), -self.rng.between(15.0, 60.0));
        }
        if self.rng.chance(0.85) {
            let to = (w * self.rng.normal(0.45, 0.18), h * self.rng.between(0.15, 0.75));
            self.reach(self.inside(to), 150.0, 1.0);
        }
    }
}
