//! The features once more, the slow way: from the whole list of signals at every tick, with no state kept in between.
//!
//! Written from what the documentation of `window` and `features` says, to be compared with the fast way. A bucket is
//! 125 ms; its pointer is where the hand was at its end, on the line between two samples of one movement, in half px.

mod clicks;
pub(crate) mod model;
mod pointer;
pub(crate) mod stream;
mod sums;

use falter::features::{FEATURE_COUNT, FEATURES, Index};
use falter::signal::{BlurTo, Device, Signal, SignalKind};
use falter::window::SessionStart;
use stream::Told;

const BUCKET: i64 = 125;

/// Every feature at `now`, of the signals before it, each told before any tick or signal later than it.
pub(crate) fn features(start: &SessionStart, signals: &[Signal], now: u32) -> [f64; FEATURE_COUNT] {
    let mut newest = 0;
    let told = signals.iter().map(|&signal| {
        newest = newest.max(i64::from(signal.t) / BUCKET);
        Told { signal, newest }
    });
    features_of(start, &told.collect::<Vec<Told>>(), now)
}

/// Every feature at `now`, of the signals before it.
pub(crate) fn features_of(start: &SessionStart, told: &[Told], now: u32) -> [f64; FEATURE_COUNT] {
    let told: Vec<Told> = told.iter().copied().filter(|told| told.signal.t < now).collect();
    let seen: Vec<Signal> = told.iter().map(|told| told.signal).collect();
    let mut row = [f64::NAN; FEATURE_COUNT];
    let story = Story::read(start, &seen, &told, now.into());
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

/// The pointer left the viewport.
struct Outing {
    from: i64,
    /// When it was back: a press, too, is inside. And when that was told: by a movement, or by its coming in.
    back: Option<i64>,
    told: Option<i64>,
}

struct Story<'a> {
    signals: &'a [Signal],
    told: &'a [Told],
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
    /// The signal, by its number, that each of these began with.
    began_with: Vec<usize>,
    /// The same as the buckets have it: what is told late changes no bucket before the newest.
    spans: Vec<(i64, Option<i64>)>,
    /// Of each signal, whether the shopper was there once it was told.
    was_present: Vec<bool>,
    outside: Vec<Outing>,
}

/// A length that can be divided by: a px at least.
fn size(px: f32) -> f64 {
    f64::from(px).max(1.0)
}

fn last<T: Copy>(list: &[T]) -> Option<T> {
    list.last().copied()
}

impl<'a> Story<'a> {
    fn read(start: &SessionStart, signals: &'a [Signal], told: &'a [Told], now: i64) -> Story<'a> {
        let mut story = Story {
            signals,
            told,
            now,
            w: size(start.w),
            h: size(start.h),
            doc_h: size(start.doc_h),
            touch: start.device == Device::Touch,
            first: (size(start.h), size(start.doc_h)),
            samples: Vec::new(),
            presence: Vec::new(),
            began_with: Vec::new(),
            spans: Vec::new(),
            was_present: Vec::new(),
            outside: Vec::new(),
        };
        let mut jumped = true;
        for told in told {
            let Told { ref signal, newest } = *told;
            let t = i64::from(signal.t);
            jumped |= story.presence(t, t.max(newest * BUCKET), &signal.kind);
            match signal.kind {
                SignalKind::Out { .. } => {
                    story.outside.push(Outing { from: t, back: None, told: None });
                    jumped = true;
                }
                SignalKind::Pagehide { .. } | SignalKind::Pageshow { .. } => jumped = true,
                SignalKind::Down { .. } if start.device == Device::Touch => jumped = true,
                SignalKind::Resize { w, h, doc_h } => {
                    (story.w, story.h, story.doc_h) = (size(w), size(h), size(doc_h));
                }
                _ => {}
            }
            let is_in = matches!(signal.kind, SignalKind::In { .. } | SignalKind::Move { .. });
            let is_press = matches!(signal.kind, SignalKind::Down { .. } | SignalKind::Up { .. });
            // it may have been told twice that it left
            for outing in &mut story.outside {
                outing.back = outing.back.or((is_in || is_press).then_some(t));
                outing.told = outing.told.or(is_in.then_some(t));
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
    fn presence(&mut self, t: i64, bucket: i64, kind: &SignalKind) -> bool {
        let is_first = self.presence.is_empty();
        if is_first {
            self.come(t, bucket);
        }
        let here = matches!(last(&self.presence), Some((_, None)));
        let came_back = match kind {
            SignalKind::Blur { to: BlurTo::Outside } | SignalKind::Hidden if here => {
                for (list, at) in [(&mut self.presence, t), (&mut self.spans, bucket)] {
                    if let Some((_, gone)) = list.last_mut() {
                        *gone = Some(at);
                    }
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
                self.come(t, bucket);
                true
            }
            _ => false,
        };
        self.was_present.push(matches!(last(&self.presence), Some((_, None))));
        came_back
    }

    fn come(&mut self, t: i64, bucket: i64) {
        self.presence.push((t, None));
        self.began_with.push(self.was_present.len());
        self.spans.push((bucket, None));
    }

    /// Whether the shopper was there at the end of a bucket, or in it by what came late.
    fn is_present_in(&self, bucket: i64) -> bool {
        let end = (bucket + 1) * BUCKET;
        let mut late =
            self.told.iter().zip(&self.was_present).filter(|(told, _)| i64::from(told.signal.t) / BUCKET < told.newest);
        self.spans.iter().any(|&(from, to)| from < end && to.is_none_or(|to| to >= end))
            || late.any(|(told, &was_present)| was_present && i64::from(told.signal.t) / BUCKET == bucket)
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
        // a place is kept up to 16,383 px from the corner
        let half = |v: f32| f64::from((v * 2.0).clamp(-32_766.0, 32_766.0).round());
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
