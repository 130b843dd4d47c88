//! The recorder: turns what the simulated hand, page and window do into ordered signals, as a page's recorder would.

use super::page::{Area, Page, Part};
use super::person::{Person, Sampling};
use super::pointer::Point;
use super::shop::Shop;
use crate::signal::{Cause, Device, Edge, Section, Signal, SignalKind, half_px};

/// A pointer counts as resting in a section once it has been there for this long, ms.
const HOVER_MS: f64 = 150.0;
/// A section is seen when this share of it, or of the viewport, shows it.
const SEEN_SHARE: f64 = 0.5;
/// Number of kinds of section.
const SECTIONS: usize = Section::ALL.len();

/// Records one visit.
#[derive(Debug)]
pub(super) struct Recorder {
    pub(super) signals: Vec<Signal>,
    sampling: Sampling,
    touch: bool,
    w: f64,
    h: f64,
    boxes: Vec<(Section, Area)>,
    scroll: f64,
    scrolled_at: f64,
    written_scroll: f32,
    pub(super) inside: bool,
    pointer: Point,
    moved_at: f64,
    written: (f32, f32),
    seen: [bool; SECTIONS],
    hovered: Option<Section>,
    waiting: Option<(Section, f64)>,
    doc_h: f64,
    /// Document height of the first page, px.
    pub(super) first_doc_h: f64,
}

impl Recorder {
    pub(super) fn new(person: &Person, shop: &Shop) -> Recorder {
        Recorder {
            signals: Vec::with_capacity(2_048),
            sampling: person.sampling,
            touch: person.device == Device::Touch,
            w: shop.w,
            h: shop.h,
            boxes: Vec::new(),
            scroll: 0.0,
            scrolled_at: -1e9,
            written_scroll: 0.0,
            inside: false,
            pointer: (-1.0, -1.0),
            moved_at: -1e9,
            written: (f32::NAN, f32::NAN),
            seen: [false; SECTIONS],
            hovered: None,
            waiting: None,
            doc_h: 0.0,
            first_doc_h: 0.0,
        }
    }

    /// Writes a signal; never before the last one.
    pub(super) fn push(&mut self, t: f64, kind: SignalKind) {
        self.settle(t);
        self.write(t, kind);
    }

    fn write(&mut self, t: f64, kind: SignalKind) {
        let t = (t + 0.5).clamp(0.0, 4e9) as u32;
        let t = self.signals.last().map_or(t, |last| last.t.max(t));
        self.signals.push(Signal { t, kind });
    }

    /// Writes a signal that only a page with marks and an adapter would send.
    pub(super) fn push_marked(&mut self, t: f64, kind: SignalKind) {
        if self.sampling.marks {
            self.push(t, kind);
        }
    }

    /// A document is shown, at scroll offset 0. `cause` of the page before; `None` where no document is loaded.
    pub(super) fn open(&mut self, t: f64, page: &Page, shop: &Shop, from: Option<crate::signal::PageKind>) {
        self.boxes.clear();
        self.boxes.extend(page.parts.iter().filter_map(|(part, area)| match part {
            Part::Marked(section) => Some((*section, *area)),
            _ => None,
        }));
        (self.scroll, self.written_scroll) = (0.0, 0.0);
        self.seen = [false; SECTIONS];
        (self.hovered, self.waiting) = (None, None);
        if self.doc_h != 0.0 && self.doc_h != page.doc_h {
            let resize = SignalKind::Resize { w: half_px(self.w), h: half_px(self.h), doc_h: half_px(page.doc_h) };
            self.push(t, resize);
        }
        self.doc_h = page.doc_h;
        if self.first_doc_h == 0.0 {
            self.first_doc_h = page.doc_h;
        }
        let item = page.product.map(|product| shop.item(product));
        // where nothing is marked the first page is not named; later ones are, for without that a new page can't be
        // told from a scroll back to the top
        if self.sampling.marks || from.is_some() {
            self.push(t, SignalKind::Page { page: page.kind, item, from });
        }
        self.look(t);
        self.consider(t);
    }

    /// The document goes; what was hovered is over.
    pub(super) fn close(&mut self, t: f64, cause: Cause) {
        self.settle(t);
        (self.hovered, self.waiting) = (None, None);
        self.write(t, SignalKind::Pagehide { cause });
    }

    /// The pointer (or the finger on the glass) is here now; px of the viewport.
    pub(super) fn pointer(&mut self, t: f64, x: f64, y: f64) {
        let within = x >= 0.0 && y >= 0.0 && x < self.w && y < self.h;
        if within != self.inside && !self.touch {
            let edge = self.edge(if within { self.pointer } else { (x, y) });
            let kind = if within { SignalKind::In { edge } } else { SignalKind::Out { edge } };
            self.push_marked(t, kind);
        }
        self.inside = within || self.touch;
        self.pointer = (x, y);
        self.consider(t);
        if !within && !self.touch {
            return;
        }
        let at = self.rounded(x, y);
        if at == self.written || t - self.moved_at < self.sampling.throttle_ms {
            return;
        }
        (self.moved_at, self.written) = (t, at);
        self.push(t, SignalKind::Move { x: at.0, y: at.1 });
    }

    /// Rounded as the page's events are: whole px on most screens.
    pub(super) fn rounded(&self, x: f64, y: f64) -> (f32, f32) {
        let (x, y) = (x.clamp(0.0, self.w - 1.0), y.clamp(0.0, self.h - 1.0));
        if self.sampling.whole_px {
            (half_px(f64::from((x + 0.5) as u32)), half_px(f64::from((y + 0.5) as u32)))
        } else {
            (half_px(x), half_px(y))
        }
    }

    /// Which side of the viewport a point outside it lies at.
    fn edge(&self, (x, y): Point) -> Edge {
        let (right, bottom) = (x - self.w, y - self.h);
        let farthest = (-y).max(-x).max(right).max(bottom);
        if farthest == -y {
            Edge::Top
        } else if farthest == right {
            Edge::Right
        } else if farthest == -x {
            Edge::Left
        } else {
            Edge::Bottom
        }
    }

    /// The page is scrolled to here now. `rest`: the movement is over, so that the offset is written in any case.
    pub(super) fn scroll(&mut self, t: f64, y: f64, rest: bool) {
        self.scroll = y;
        let offset = half_px(f64::from((y + 0.5).clamp(0.0, 1e6) as u32));
        if offset != self.written_scroll && (rest || t - self.scrolled_at >= self.sampling.scroll_ms - 0.5) {
            (self.scrolled_at, self.written_scroll) = (t, offset);
            self.push(t, SignalKind::Scroll { y: offset });
            self.look(t);
        }
        self.consider(t);
    }

    /// Sections that came into view or left it.
    fn look(&mut self, t: f64) {
        for index in 0..self.boxes.len() {
            let Some(&(section, area)) = self.boxes.get(index) else { continue };
            let top = area.y.max(self.scroll);
            let bottom = (area.y + area.h).min(self.scroll + self.h);
            let shown = bottom - top >= SEEN_SHARE * area.h.min(self.h);
            let slot = section as usize;
            if self.seen.get(slot).copied().unwrap_or(shown) != shown {
                self.seen[slot] = shown;
                let kind = if shown { SignalKind::See { section } } else { SignalKind::Unsee { section } };
                self.push_marked(t, kind);
            }
        }
    }

    /// The section under the pointer (touch: at the middle of the screen) now.
    fn consider(&mut self, t: f64) {
        let (x, y) = if self.touch { (self.w / 2.0, self.h / 2.0) } else { self.pointer };
        let under = if self.inside || self.touch {
            self.boxes.iter().find(|(_, area)| area.holds(x, y + self.scroll)).map(|(section, _)| *section)
        } else {
            None
        };
        self.settle(t);
        if let Some(section) = self.hovered.filter(|_| self.hovered != under) {
            self.hovered = None;
            self.push_marked(t, SignalKind::Unhover { section });
        }
        match (under, self.waiting) {
            (Some(section), Some((waiting, _))) if section == waiting => {}
            (Some(section), _) if self.hovered != Some(section) => self.waiting = Some((section, t + HOVER_MS)),
            _ => self.waiting = None,
        }
    }

    /// A rest in a section that has become long enough by now.
    fn settle(&mut self, t: f64) {
        if let Some((section, due)) = self.waiting
            && due <= t
        {
            self.waiting = None;
            self.hovered = Some(section);
            if self.sampling.marks {
                self.write(due, SignalKind::Hover { section });
            }
        }
    }
}
