//! Reading a page: what is brought into view, for how long it is looked at, and what the pointer does meanwhile.
//!
//! Eye and pointer go together only part of the time. The patterns are those of Rodden, Fu, Aula and Spiro (CHI 2008)
//! and Huang, White and Buscher (CHI 2012): the pointer rests while the eye reads, follows it down the page, follows
//! along the line, or marks a place of interest.

use super::page::Area;
use super::visitor::Visitor;

impl Visitor {
    /// Scrolls until a box of the document is well in view.
    pub(super) fn bring(&mut self, area: Area) {
        let h = self.shop.h;
        let top = if self.shop.sticky { self.shop.header } else { 0.0 };
        let (from, to) = (area.y - self.scroll, area.y + area.h.min(h * 0.6) - self.scroll);
        if from >= top && to <= h * 0.95 {
            return;
        }
        let place = self.rng.between(0.15, 0.5) * h;
        let target = area.y - place.max(top + 10.0);
        if self.person.drags_bar && (target - self.scroll).abs() > 1.5 * h && self.rng.chance(0.4) {
            self.drag_bar(target);
        } else {
            self.scroll_to(target, 1.0);
        }
    }

    /// A box of the document as the viewport shows it now, cut to what is in view.
    pub(super) fn shown(&self, area: Area) -> Area {
        let top = (area.y - self.scroll).clamp(0.0, self.shop.h - 4.0);
        let bottom = (area.y + area.h - self.scroll).clamp(top + 2.0, self.shop.h);
        Area { x: area.x, y: top, w: area.w, h: bottom - top }
    }

    /// Looks at a box of the document for about `ms`; `point` is the chance that the pointer goes there first.
    pub(super) fn attend(&mut self, area: Area, ms: f64, point: f64) {
        self.bring(area);
        let until = self.now + ms;
        let mut there = false;
        if !self.touch() && self.rng.chance(point) {
            let shown = self.shown(area);
            let look = self.pause(180.0, 0.5);
            self.rest(look);
            // what is looked at is pointed to with care where it is small, roughly where it is large
            let to = (
                shown.x + shown.w * self.rng.between(0.08, 0.7),
                shown.y + shown.h * self.rng.normal(0.5, 0.2).clamp(0.1, 0.9),
            );
            let width = shown.h.clamp(16.0, 140.0);
            let ease = self.rng.between(0.45, 1.0);
            self.reach(to, width, ease);
            there = true;
            if self.rng.chance(self.person.settles) {
                self.settle(ms);
            }
        }
        while self.now < until {
            let left = until - self.now;
            if !self.touch() && there && self.rng.chance(self.person.follows) {
                self.trace(area, left);
            } else if !self.touch() && self.rng.chance(self.person.fidgets) {
                let ms = self.rng.exponential(1_500.0).min(left);
                self.wander(ms);
            } else if self.rng.chance(self.person.selects) && !self.touch() {
                let copies = self.rng.chance(0.2);
                self.select(copies);
            } else {
                let ms = self.pause(900.0, 0.6).min(left + 50.0);
                self.rest(ms);
                if self.on_mouse && self.rng.chance(self.person.settles * 0.5) {
                    self.settle(ms);
                }
            }
        }
    }

    /// The pointer goes along with the reading: along a line and back, or down line by line.
    fn trace(&mut self, area: Area, most: f64) {
        let until = self.now + most;
        let shown = self.shown(area);
        let along = self.rng.chance(0.5);
        let lines = self.rng.whole(1, 4);
        for _ in 0..lines {
            if self.now >= until {
                return;
            }
            if along {
                // silent reading is about 240 words a minute, a word about 45 px: 180 px/s, in stretches
                let pace = self.rng.lognormal(220.0, 0.35) / self.person.tempo;
                let far = (shown.w * self.rng.between(0.15, 0.6)).min(600.0);
                let pieces = self.rng.whole(1, 3);
                let start = self.at;
                for piece in 0..pieces {
                    let share = f64::from(piece + 1) / f64::from(pieces);
                    let to = (start.0 + far * share, start.1 + self.rng.normal(0.0, 4.0));
                    let ms = (far / f64::from(pieces) / pace * 1000.0 * self.rng.lognormal(1.0, 0.3)).min(2_500.0);
                    self.glide(self.inside(to), ms.max(120.0));
                }
                let down = self.rng.between(14.0, 45.0);
                let to = (start.0 + self.rng.normal(0.0, 15.0), start.1 + down);
                self.reach(self.inside(to), 50.0, 0.9);
            } else {
                let down = self.rng.lognormal(45.0, 0.6);
                let back = if self.rng.chance(0.2) { -0.7 } else { 1.0 };
                let to = (self.at.0 + self.rng.normal(0.0, 25.0), self.at.1 + down * back);
                self.reach(self.inside(to), 40.0, 0.7);
                let pause = self.pause(450.0, 0.6);
                self.rest(pause);
            }
        }
    }

    /// Marks text with the mouse, and copies it or not.
    pub(super) fn select(&mut self, copy: bool) {
        use crate::signal::{Copied, SignalKind};
        let (x, y) = self.rec.rounded(self.at.0, self.at.1);
        self.rec.push(self.now, SignalKind::Down { x, y });
        let far = self.rng.lognormal(160.0, 0.5).min(500.0) * if self.rng.chance(0.3) { -1.0 } else { 1.0 };
        let to = (self.at.0 + far, self.at.1 + self.rng.normal(0.0, 4.0));
        self.reach(self.inside(to), 14.0, 0.6);
        let wait = self.pause(250.0, 0.5);
        self.rest(wait);
        let (x, y) = self.rec.rounded(self.at.0, self.at.1);
        self.rec.push(self.now, SignalKind::Up { x, y });
        self.rec.push_marked(self.now, SignalKind::Select);
        if copy {
            self.now += self.rng.lognormal(600.0, 0.4);
            self.shortcut();
            self.rec.push(self.now + 5.0, SignalKind::Copy { what: Copied::Product });
            self.now += 5.0;
        }
    }
}
