//! The features once more, the slow way: from the whole list of signals at every tick, with no state kept in between.
//!
//! Written from what the documentation of `window` and `features` says, to be compared with the fast way. A bucket is
//! 125 ms; its pointer is where the hand was at its end, on the line between two samples of one movement, in half px.

mod clicks;
mod pointer;
mod sums;

use falter::features::{FEATURE_COUNT, FEATURES, Index};
use falter::signal::{BlurTo, Device, Signal, SignalKind};
use falter::window::SessionStart;

const BUCKET: i64 = 125;

/// Every feature at `now`, of the signals before it.
pub(crate) fn features(start: &SessionStart, signals: &[Signal], now: u32) -> [f64; FEATURE_COUNT] {
    let seen: Vec<Signal> = signals.iter().copied().filter(|signal| signal.t < now).collect();
    let mut row = [f64::NAN; FEATURE_COUNT];
    let story = Story::read(start, &seen, now.into());
    story.pointer(&mut row);
    story.scroll(&mut row);
    story.silence(&mut row);
    story.sections(&mut row);
    story.purchase(&mut row);
    row[Index::Touch as usize] = f64::from(u8::from(start.device == Device::Touch));
    for (value, feature) in row.iter_mut().zip(&FEATURES) {
        if !value.is_nan() {
            *value = value.clamp(feature.min.into(), feature.max.into());
        }
    }
    row
}

struct Sample {
    t: i64,
    x: f32,
    y: f32,
    /// No movement led here from the sample before.
    jumped: bool,
}

struct Story<'a> {
    signals: &'a [Signal],
    now: i64,
    w: f64,
    h: f64,
    doc_h: f64,
    touch: bool,
    /// Viewport and document height at the start.
    first: (f64, f64),
    samples: Vec<Sample>,
    /// When the shopper came or came back, and when they went.
    presence: Vec<(i64, Option<i64>)>,
    outside: Vec<(i64, Option<i64>)>,
}

fn last<T: Copy>(list: &[T]) -> Option<T> {
    list.last().copied()
}

impl<'a> Story<'a> {
    fn read(start: &SessionStart, signals: &'a [Signal], now: i64) -> Story<'a> {
        let mut story = Story {
            signals,
            now,
            w: start.w.into(),
            h: start.h.into(),
            doc_h: start.doc_h.into(),
            touch: start.device == Device::Touch,
            first: (start.h.into(), start.doc_h.into()),
            samples: Vec::new(),
            presence: Vec::new(),
            outside: Vec::new(),
        };
        let mut jumped = true;
        for signal in signals {
            let t = i64::from(signal.t);
            jumped |= story.presence(t, &signal.kind);
            match signal.kind {
                SignalKind::Out { .. } => {
                    story.outside.push((t, None));
                    jumped = true;
                }
                SignalKind::In { .. } | SignalKind::Move { .. } => {
                    if let Some((_, back @ None)) = story.outside.last_mut() {
                        *back = Some(t);
                    }
                }
                SignalKind::Pagehide { .. } | SignalKind::Pageshow { .. } => jumped = true,
                SignalKind::Down { .. } if start.device == Device::Touch => jumped = true,
                SignalKind::Resize { w, h, doc_h } => {
                    (story.w, story.h, story.doc_h) = (w.into(), h.into(), doc_h.into());
                }
                _ => {}
            }
            if let SignalKind::Move { x, y } | SignalKind::Down { x, y } | SignalKind::Up { x, y } = signal.kind {
                let is_newer = story.samples.last().is_none_or(|sample| t > sample.t);
                if jumped || is_newer {
                    story.samples.push(Sample { t, x, y, jumped });
                }
                jumped = false;
            }
        }
        story
    }

    /// Notes coming and going; whether the shopper came back.
    fn presence(&mut self, t: i64, kind: &SignalKind) -> bool {
        let is_first = self.presence.is_empty();
        if is_first {
            self.presence.push((t, None));
        }
        let here = matches!(last(&self.presence), Some((_, None)));
        match kind {
            SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden if here => {
                if let Some((_, gone)) = self.presence.last_mut() {
                    *gone = Some(t);
                }
                false
            }
            SignalKind::Move { .. }
            | SignalKind::Down { .. }
            | SignalKind::Scroll { .. }
            | SignalKind::Focus
            | SignalKind::Visible
            | SignalKind::Pageshow { .. }
                if !here =>
            {
                self.presence.push((t, None));
                true
            }
            _ => false,
        }
    }

    fn is_present_before(&self, end: i64) -> bool {
        self.presence.iter().any(|&(from, to)| from < end && to.is_none_or(|to| to >= end))
    }

    /// Number of the newest bucket.
    fn head(&self) -> i64 {
        self.now / BUCKET - 1
    }

    /// The last `count` buckets, newest first.
    fn buckets(&self, count: i64) -> impl Iterator<Item = i64> + use<> {
        let head = self.head();
        (0..count).map(move |back| head - back)
    }

    /// The pointer at the end of a bucket, half px.
    fn place(&self, bucket: i64) -> Option<(f64, f64)> {
        let end = (bucket + 1) * BUCKET;
        let half = |v: f32| f64::from((v * 2.0).round());
        let known = self.samples.iter().rposition(|s| s.t < end || (s.t == end && !s.jumped))?;
        let (here, next) = (&self.samples[known], self.samples.get(known + 1));
        if let Some(next) = next.filter(|next| !next.jumped) {
            // a rest first, where the samples are more than 200 ms apart
            let from = here.t.max(next.t - 200);
            if end > from {
                let part = (end - from) as f32 / (next.t - from) as f32;
                return Some((half(here.x + (next.x - here.x) * part), half(here.y + (next.y - here.y) * part)));
            }
        }
        Some((half(here.x), half(here.y)))
    }

    /// The way from the bucket before, px.
    fn step(&self, bucket: i64) -> (f64, f64) {
        let jumps = self.samples.iter().any(|s| s.jumped && s.t / BUCKET == bucket);
        match (self.place(bucket - 1), self.place(bucket)) {
            (Some(a), Some(b)) if !jumps => ((b.0 - a.0) / 2.0, (b.1 - a.1) / 2.0),
            _ => (0.0, 0.0),
        }
    }
}
