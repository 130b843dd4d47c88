//! Hostile visits: every kind of signal with values at the edges of their ranges, in bursts and after gaps, out of order by less
//! than 250 ms and by more, of no possible time, while nobody is there, and without any sense.

use falter::reason::Reason;
use falter::recording::{Kind, PLACES};
use falter::signal::{Device, PageKind, Section, Signal, SignalKind, half_px};
use falter::window::SessionStart;

use super::{H, Rng, W};

/// Lengths that something happens at: edges of the viewport, of half pixels, of what a bucket holds, of what is told at all.
const LENGTHS: [f64; 24] = [
    0.0, -0.0, 0.5, 1.0, 2.5, 3.0, 3.5, 12.0, 12.5, 24.0, 24.5, 105.0, 1277.5, 1278.0, 701.0, 16_383.0, 16_383.5,
    -16_383.5, 32_767.5, 32_768.0, 65_536.0, 2e6, -2e6, -1.0,
];
/// And amounts: cents, nothing, debts, more than any shop sells.
const AMOUNTS: [f64; 10] = [0.0, -0.0, 0.0001, 49.99, 50.0, 50.01, -20.0, 1e9, -1e9, 9e15];
/// Between two signals, ms: none, ticks' and buckets' edges, a movement's, a look's and a session's gap.
const GAPS: [u32; 22] = [
    1, 2, 7, 124, 125, 126, 199, 200, 201, 249, 250, 251, 499, 500, 501, 1_000, 1_999, 2_000, 4_001, 31_875, 32_000,
    60_000,
];
/// Seldom: about half an hour, days, the end of time.
const LONG_GAPS: [u32; 6] = [1_799_999, 1_800_000, 1_800_250, 1_800_251, 90_000_000, 700_000_000];
const LAST: u32 = (1 << 31) - 1;

/// What a visit is made of: how it begins, its signals, each at a time of the stream, and when it ends.
pub(crate) struct Hostile {
    pub(crate) start: SessionStart,
    pub(crate) signals: Vec<(u32, Signal)>,
    pub(crate) end: u32,
}

impl Hostile {
    pub(crate) fn visit(seed: u64, length: usize, order: Order) -> Hostile {
        let mut rng = Rng(seed);
        let device = rng.pick(Device::ALL);
        let (w, h, doc_h) = if rng.one_in(3) {
            (length_of(&mut rng), length_of(&mut rng), length_of(&mut rng))
        } else {
            (W, H, 2811.0)
        };
        let start = SessionStart { device, w, h, doc_h, visits: 0, orders: 0 };
        let temper = Temper::of(&mut rng);
        let (mut stream, mut signals, mut kept) = (rng.below(300), Vec::new(), Kept::default());
        while signals.len() < length {
            stream = temper.wait(&mut rng, stream);
            let date = temper.date(&mut rng, stream);
            for _ in 0..temper.burst(&mut rng) {
                let Some(kind) = temper.kind(&mut rng) else { continue };
                let t = if order == Order::Kept { kept.date(date, stream, &kind) } else { date };
                signals.push((stream.max(t), Signal { t, kind }));
            }
        }
        Hostile { start, signals, end: stream.saturating_add(2_000) }
    }
}

/// Whether what changes where the shopper or the pointer is comes in its order, as browsers tell it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Order {
    Kept,
    Broken,
}

/// What has to be known to keep an order.
#[derive(Default)]
struct Kept {
    /// When something last changed: nothing told later is dated before.
    changed: u32,
    /// Nobody is there; the pointer is not. What brings them back is a change.
    is_away: bool,
    is_out: bool,
}

impl Kept {
    fn date(&mut self, date: u32, stream: u32, kind: &SignalKind) -> u32 {
        use SignalKind as K;
        // what is dropped changes nothing
        if !kind.is_finite() || date >= 1 << 31 {
            return date.max(self.changed);
        }
        let is_sample = matches!(kind, K::Move { .. } | K::Down { .. } | K::Up { .. });
        let comes_back = matches!(kind, K::Scroll { .. }) && self.is_away || is_sample && (self.is_away || self.is_out);
        let is_departure = matches!(kind, K::Blur { .. } | K::Hidden | K::Pagehide { .. });
        let is_return = matches!(kind, K::Focus | K::Visible | K::Pageshow { .. });
        let is_turn =
            matches!(kind, K::Out { .. } | K::In { .. } | K::Hover { .. } | K::Unhover { .. } | K::Page { .. });
        if !(is_departure || is_return || is_turn || comes_back) {
            return date.max(self.changed);
        }
        // a release does not bring anybody back
        self.is_away = is_departure || self.is_away && !is_return && (!comes_back || matches!(kind, K::Up { .. }));
        self.is_out = matches!(kind, K::Out { .. }) || self.is_out && !is_sample && !matches!(kind, K::In { .. });
        self.changed = date.max(stream);
        self.changed
    }
}

/// What this visit has much of.
struct Temper {
    edges: u32,
    late: u32,
    bursts: u32,
    gaps: u32,
    /// One kind in so many is this.
    favourite: (Kind, u32),
}

impl Temper {
    fn of(rng: &mut Rng) -> Temper {
        let favourite = (rng.pick(Kind::ALL), rng.pick(&[2, 4, 1_000]));
        Temper {
            edges: rng.pick(&[2, 5, 50]),
            late: rng.pick(&[2, 6, 1_000]),
            bursts: rng.pick(&[3, 30]),
            gaps: rng.pick(&[2, 8, 40]),
            favourite,
        }
    }

    fn wait(&self, rng: &mut Rng, stream: u32) -> u32 {
        let gap = match rng.below(200) {
            0 => rng.pick(&LONG_GAPS),
            1 => LAST.saturating_sub(stream).saturating_sub(rng.below(2_000)),
            _ if rng.one_in(self.gaps) => rng.pick(&GAPS),
            _ => rng.below(60),
        };
        // the last instants go on and on
        stream.saturating_add(gap).min(LAST)
    }

    fn date(&self, rng: &mut Rng, stream: u32) -> u32 {
        if !rng.one_in(self.late) {
            return stream;
        }
        match rng.below(12) {
            0 => stream.saturating_sub(rng.pick(&[248, 249, 250, 251, 1_000, u32::MAX])),
            1 => rng.pick(&[1 << 31, u32::MAX, u32::MAX - 1, (1 << 31) + 1]),
            _ => stream.saturating_sub(rng.below(250)),
        }
    }

    fn burst(&self, rng: &mut Rng) -> u32 {
        if rng.one_in(self.bursts) { 1 + rng.below(12) } else { 1 }
    }

    fn kind(&self, rng: &mut Rng) -> Option<SignalKind> {
        let often = [Kind::Move, Kind::Move, Kind::Scroll, Kind::Click, Kind::Hover, Kind::Cart, Kind::Page];
        let kind = match rng.below(4) {
            _ if rng.one_in(self.favourite.1) => self.favourite.0,
            0 | 1 => rng.pick(&often),
            _ => rng.pick(Kind::ALL),
        };
        let mut numbers = [f64::NAN; PLACES];
        for (place, slot) in numbers.iter_mut().enumerate() {
            *slot = self.number(rng, kind, place);
        }
        kind.round(&mut numbers);
        SignalKind::from_numbers(kind, &numbers)
    }

    fn number(&self, rng: &mut Rng, kind: Kind, place: usize) -> f64 {
        let is_edge = rng.one_in(self.edges);
        if is_edge && rng.one_in(40) {
            return rng.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, 4e9]);
        }
        match (kind, place) {
            (Kind::Move | Kind::Down | Kind::Up | Kind::Click, 0 | 1) | (Kind::Scroll, 0) | (Kind::Resize, 0..=2) => {
                let most = if kind == Kind::Scroll { 2_811.0 } else { 1_278.0 };
                if is_edge { rng.pick(&LENGTHS) } else { rng.between(0.0, most) }
            }
            (Kind::Cart, 2 | 3) | (Kind::Facts | Kind::Purchase, _) => match rng.below(3) {
                0 => f64::NAN,
                _ if is_edge => rng.pick(&AMOUNTS),
                _ => rng.between(0.0, 90.0),
            },
            // more products than are remembered
            (Kind::Cart | Kind::Page, 1) => {
                if rng.one_in(4) {
                    f64::NAN
                } else {
                    rng.below(11).into()
                }
            }
            (Kind::Page, 0) => rng.below(PageKind::ALL.len() as u32).into(),
            (Kind::Hover | Kind::Unhover, 0) => rng.below(1 + Section::ALL.len() as u32).into(),
            (Kind::Answer, 0) => rng.below(1 + Reason::ALL.len() as u32).into(),
            _ => rng.below(6).into(),
        }
    }
}

fn length_of(rng: &mut Rng) -> f32 {
    half_px(rng.pick(&LENGTHS))
}
