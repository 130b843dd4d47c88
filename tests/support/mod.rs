//! What the tests share: seeded randomness, random models, random visits, and a way to run a detector over signals.
#![allow(dead_code)] // every test file takes what it needs

pub(crate) mod hostile;
pub(crate) mod naive;

use falter::detector::{Decision, Detector};
use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow};
use falter::model::{Model, Parts, Split, Tree, from_bf16, to_bf16};
use falter::policy::Verdict;
use falter::reason::{INPUTS, REASONS, Reason, ReasonHead};
use falter::signal::{
    BlurTo, CartOp, Cause, Copied, Device, Edge, Facts, FieldAction, FieldType, ItemId, KeyClass, PageKind, PageState,
    Section, Signal, SignalKind, Target, Trouble,
};
use falter::window::SessionStart;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine, so that a failure is one that comes again.
#[derive(Debug, Clone)]
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0..n
    pub(crate) fn below(&mut self, n: u32) -> u32 {
        (self.next() % u64::from(n)) as u32
    }

    pub(crate) fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(crate) fn one_in(&mut self, n: u32) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u32) as usize]
    }

    /// A coordinate between 0 and `to`, px, on the half pixel.
    pub(crate) fn px(&mut self, to: f32) -> f32 {
        self.below(to as u32 * 2) as f32 / 2.0
    }
}

pub(crate) const W: f32 = 1278.0;
pub(crate) const H: f32 = 701.0;

pub(crate) fn start(device: Device) -> SessionStart {
    SessionStart { device, w: W, h: H, doc_h: 2811.0, visits: 1, orders: 0 }
}

pub(crate) fn at(t: u32, kind: SignalKind) -> Signal {
    Signal { t, kind }
}

pub(crate) fn moved(t: u32, x: f32, y: f32) -> Signal {
    at(t, SignalKind::Move { x, y })
}

pub(crate) fn page(t: u32, page: PageKind) -> Signal {
    at(t, SignalKind::Page { page, item: None, from: None })
}

/// CRC-32, written down once more for the tests that mend it.
pub(crate) fn crc(bytes: impl Iterator<Item = u8>) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// A small valid model, its splits spread over the features' ranges.
pub(crate) fn model(seed: u64) -> Model {
    Model::new(parts(seed)).expect("a valid model")
}

pub(crate) fn parts(seed: u64) -> Parts {
    let mut rng = Rng(seed);
    let bf16 = |value: f64| from_bf16(to_bf16(value as f32));
    let mut edges = Vec::new();
    for feature in &FEATURES {
        let span = f64::from(feature.max - feature.min) * if feature.max > 100.0 { 0.05 } else { 0.5 };
        let mut list: Vec<f32> =
            (0..rng.below(9)).map(|_| bf16(f64::from(feature.min) + rng.between(0.0, span))).collect();
        list.sort_by(f32::total_cmp);
        list.dedup_by(|a, b| a == b);
        edges.push(list);
    }
    let used: Vec<u8> = (0..FEATURE_COUNT as u8).filter(|&f| !edges[usize::from(f)].is_empty()).collect();
    let depth = 1 + rng.below(5) as usize;
    let trees = (0..1 + rng.below(12))
        .map(|_| Tree {
            splits: (0..depth)
                .map(|_| {
                    let feature = rng.pick(&used);
                    Split { feature, bin: rng.below(edges[usize::from(feature)].len() as u32) as u8 }
                })
                .collect(),
            leaves: (0..1 << depth).map(|_| rng.below(256) as u8 as i8).collect(),
            scale: bf16(rng.between(0.001, 0.01)),
        })
        .collect();
    let calibration = rising(&mut rng, -4.0, 0.1, 2);
    let mut weights = [[0; INPUTS + 1]; REASONS];
    weights.iter_mut().flatten().for_each(|weight| *weight = rng.below(256) as u8 as i8);
    let presets = rising(&mut rng, 0.0, 0.01, 0).iter().map(|&(x, y)| (x, 0.9 - y)).collect();
    let head = ReasonHead { scale: rng.between(0.002, 0.05) as f32, weights };
    Parts { base: rng.between(-2.0, 0.0) as f32, edges, trees, calibration, head, presets }
}

fn rising(rng: &mut Rng, from: f64, step: f64, least: u32) -> Vec<(f32, f32)> {
    let (mut x, mut y) = (from, from);
    let mut next = |at: &mut f64| {
        *at += rng.between(step, step * 10.0);
        *at as f32
    };
    let knots = least as usize + 4;
    (0..knots).map(|_| (next(&mut x), next(&mut y))).collect()
}

/// A model whose risk is the same whatever happens, and which gives no reason.
pub(crate) fn constant(logit: f32) -> Model {
    let edges = vec![Vec::new(); FEATURE_COUNT];
    let head = ReasonHead { scale: 0.0, weights: [[0; INPUTS + 1]; REASONS] };
    let calibration = vec![(0.0, 0.0), (1.0, 1.0)];
    Model::new(Parts { base: logit, edges, trees: Vec::new(), calibration, head, presets: Vec::new() }).expect("valid")
}

/// A model of random trees that is nervous, and sure of a doubt about returns.
pub(crate) fn nervous(seed: u64) -> Model {
    let mut parts = parts(seed);
    parts.base += 2.0;
    parts.head.weights[Reason::Returns as usize] = [127; INPUTS + 1];
    Model::new(parts).expect("valid")
}

/// A row of values within the features' ranges, some not known, some right on an edge of the model.
pub(crate) fn row(rng: &mut Rng, model: &Model) -> FeatureRow {
    let mut row = [f32::NAN; FEATURE_COUNT];
    for ((slot, feature), edges) in row.iter_mut().zip(&FEATURES).zip(&model.parts().edges) {
        *slot = match rng.below(10) {
            0 => f32::NAN,
            1 if !edges.is_empty() => rng.pick(edges),
            _ => rng.between(feature.min.into(), f64::from(feature.min + (feature.max - feature.min) * 0.5)) as f32,
        };
    }
    row
}

/// Runs the ticks due before each signal, pushes it, and gives every decision.
pub(crate) fn drive(detector: &mut Detector, signals: &[Signal]) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for signal in signals {
        decisions.extend(std::iter::from_fn(|| detector.tick(signal.t)));
        detector.push(signal);
    }
    decisions
}

pub(crate) fn is_shown(decision: &Decision) -> bool {
    matches!(decision.verdict, Verdict::Show(_))
}

/// The same as far as bits go: NaN equals itself, and 0 is not -0.
pub(crate) fn bits(row: &[f32]) -> Vec<u32> {
    row.iter().map(|value| value.to_bits()).collect()
}

/// A random visit: movements at several sampling rates, scrolling, presses, absences, sections, pages, carts, fields.
/// Signals are in the order they arrive; some come late, by less than 250 ms.
pub(crate) struct Visit {
    rng: Rng,
    t: u32,
    x: f32,
    y: f32,
    scroll: f32,
    /// Nothing may be dated before this: the last thing that order matters for.
    not_before: u32,
    signals: Vec<Signal>,
}

impl Visit {
    pub(crate) fn random(seed: u64, length: usize) -> Vec<Signal> {
        let mut rng = Rng(seed);
        let t = rng.below(900);
        let mut visit = Visit { rng, t, x: 600.0, y: 300.0, scroll: 0.0, not_before: 0, signals: Vec::new() };
        while visit.signals.len() < length {
            visit.something();
        }
        visit.signals
    }

    fn wait(&mut self, up_to: u32) {
        self.t += self.rng.below(up_to);
    }

    fn push(&mut self, kind: SignalKind) {
        self.signals.push(at(self.t, kind));
        self.not_before = self.t;
    }

    /// Something whose place among other kinds does not matter: sometimes it comes late.
    fn push_loose(&mut self, kind: SignalKind) {
        let late = if self.rng.one_in(6) { self.rng.below(250) } else { 0 };
        self.signals.push(at(self.t.saturating_sub(late).max(self.not_before), kind));
    }

    fn something(&mut self) {
        let longest = self.rng.pick(&[2, 40, 400, 400, 1_500, 9_000]);
        self.wait(longest);
        match self.rng.below(27) {
            0..=7 => self.movement(),
            8..=10 => self.scrolling(),
            11 => self.press(),
            12 => self.pointer_out(),
            13 => self.absence(),
            14 | 15 => {
                let section = self.rng.pick(Section::ALL);
                self.push(SignalKind::Hover { section });
            }
            16 => {
                let section = self.rng.pick(Section::ALL);
                self.push(SignalKind::Unhover { section });
            }
            17 => self.turn_page(),
            18 => self.cart(),
            19 => {
                let (what, field) = (self.rng.pick(FieldAction::ALL), self.rng.pick(FieldType::ALL));
                self.push_loose(SignalKind::Field { what, field });
            }
            20 => {
                let class = self.rng.pick(KeyClass::ALL);
                self.push_loose(SignalKind::Key { class });
            }
            21 => self.page_load(),
            22 => {
                let (w, h) = (800.0 + self.rng.px(800.0), 501.0 + self.rng.px(400.0));
                self.push(SignalKind::Resize { w, h, doc_h: h * 4.0 });
            }
            23 => self.told(),
            _ => {
                let what = self.rng.pick(Copied::ALL);
                let trouble = self.rng.pick(Trouble::ALL);
                let kind = [
                    SignalKind::Copy { what },
                    SignalKind::Problem { what: trouble },
                    SignalKind::Zoom,
                    SignalKind::Select,
                    SignalKind::Click { x: self.x, y: self.y, on: Target::Text },
                ];
                let kind = self.rng.pick(&kind);
                self.push_loose(kind);
            }
        }
    }

    fn movement(&mut self) {
        let (x, y) = (self.rng.px(W), self.rng.px(H));
        let (every, steps) = (self.rng.pick(&[1, 4, 8, 16, 60, 150]), 1 + self.rng.below(20));
        let (dx, dy) = ((x - self.x) / steps as f32, (y - self.y) / steps as f32);
        for step in 1..=steps {
            self.t += self.rng.below(every * 2);
            let half = |v: f32| (v * 2.0).round() / 2.0;
            (self.x, self.y) = (half(x - dx * (steps - step) as f32), half(y - dy * (steps - step) as f32));
            self.push(SignalKind::Move { x: self.x, y: self.y });
        }
    }

    fn scrolling(&mut self) {
        let direction = self.rng.pick(&[-1.0, 1.0, 1.0, 8.0]);
        for _ in 0..1 + self.rng.below(8) {
            self.wait(120);
            self.scroll = (self.scroll + direction * self.rng.px(300.0)).max(0.0);
            self.push(SignalKind::Scroll { y: self.scroll });
        }
    }

    fn press(&mut self) {
        let (x, y) = (self.x, self.y);
        // now and then again and again, soon or after a while
        let (times, longest) = (self.rng.pick(&[1, 1, 1, 4]), self.rng.pick(&[200, 1_500]));
        for _ in 0..times {
            self.push(SignalKind::Down { x, y });
            self.wait(300);
            self.push(SignalKind::Up { x, y });
            let on = self.rng.pick(Target::ALL);
            self.push_loose(SignalKind::Click { x, y, on });
            self.wait(longest);
        }
    }

    fn pointer_out(&mut self) {
        let edge = self.rng.pick(Edge::ALL);
        self.push(SignalKind::Out { edge });
        self.wait(3_000);
        if self.rng.one_in(2) {
            self.push(SignalKind::In { edge });
        }
        (self.x, self.y) = (self.rng.px(W), self.rng.px(H));
        let (x, y) = (self.x, self.y);
        self.push(SignalKind::Move { x, y });
    }

    fn absence(&mut self) {
        let gone = self.rng.pick(&[SignalKind::Hidden, SignalKind::Blur { to: BlurTo::Outside }]);
        self.push(gone);
        if self.rng.one_in(4) {
            // a page can tell what is in its middle while nobody looks at it
            self.wait(500);
            self.push(SignalKind::Hover { section: Section::Shipping });
            if self.rng.one_in(2) {
                self.wait(9_000);
                self.push(SignalKind::Unhover { section: Section::Shipping });
            }
        }
        let longest = self.rng.pick(&[200, 1_000, 20_000, 60_000]);
        self.wait(longest);
        let back = self.rng.pick(&[SignalKind::Visible, SignalKind::Focus, SignalKind::Scroll { y: self.scroll }]);
        self.push(back);
    }

    fn turn_page(&mut self) {
        let page = if self.rng.one_in(2) { PageKind::Product } else { self.rng.pick(PageKind::ALL) };
        let item = self.rng.one_in(2).then(|| ItemId(self.rng.below(4)));
        self.scroll = 0.0;
        self.push(SignalKind::Page { page, item, from: None });
    }

    fn cart(&mut self) {
        let op = self.rng.pick(CartOp::ALL);
        let item = (!self.rng.one_in(5)).then(|| ItemId(self.rng.below(4)));
        let value = if self.rng.one_in(5) { f64::NAN } else { f64::from(self.rng.below(9_000)) / 100.0 };
        self.push_loose(SignalKind::Cart { op, item, qty: 1.0, value });
    }

    fn page_load(&mut self) {
        let cause = self.rng.pick(Cause::ALL);
        self.push(SignalKind::Pagehide { cause });
        self.wait(900);
        self.push(SignalKind::Pageshow { cause });
    }

    fn told(&mut self) {
        let facts = Facts { free_shipping_from: 50.0, returns_days: 30.0, usual_order: 40.0, ..Facts::NONE };
        let state = PageState { typing: Some(self.rng.one_in(2)), dialog: Some(self.rng.one_in(2)), consent: None };
        let section = self.rng.pick(Section::ALL);
        let kind = [
            SignalKind::Facts(facts),
            SignalKind::State(state),
            SignalKind::See { section },
            SignalKind::Unsee { section },
            SignalKind::Blur { to: BlurTo::Iframe },
        ];
        let kind = self.rng.pick(&kind);
        self.push(kind);
    }
}
