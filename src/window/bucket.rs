//! The ring of buckets.

use bytemuck::{Pod, Zeroable};

/// Length of a bucket, ms: half a tick.
pub const BUCKET_MS: u32 = 125;
/// Buckets kept: 32 s.
pub const BUCKETS: usize = 256;

/// The shopper was present.
pub(crate) const PRESENT: u8 = 1;
/// The shopper did something.
pub(crate) const ACTIVE: u8 = 2;
/// The pointer appeared here; no movement led here from the bucket before.
pub(crate) const JUMP: u8 = 4;
/// The pointer was outside the viewport.
pub(crate) const OUT: u8 = 8;
/// The pointer rested in a section that tells terms.
pub(crate) const TERMS: u8 = 16;
/// It is known where the pointer was.
const PLACED: u8 = 32;

/// What happened in 125 ms. Lengths are in half px, as exact as recordings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Bucket {
    /// Pointer at the bucket's end, half px from the left of the viewport.
    pub x: i16,
    /// Pointer at the bucket's end, half px from the top of the viewport.
    pub y: i16,
    /// Scrolled up, half px.
    pub up: u16,
    /// Scrolled down, half px.
    pub down: u16,
    /// Purchase steps gained or lost.
    pub step: i8,
    /// Bits, as named in this file.
    pub flags: u8,
}

impl Bucket {
    /// Adds a scroll by `delta` px, down positive.
    fn scroll(&mut self, delta: f32) {
        // the cast saturates, and is clamped first because wasm2js lowers saturating casts wrongly
        let half = (delta.abs() * 2.0).clamp(0.0, 65_535.0) as u16;
        let side = if delta < 0.0 { &mut self.up } else { &mut self.down };
        *side = side.saturating_add(half);
    }

    /// Whether it is known where the pointer was.
    pub(crate) fn has_position(&self) -> bool {
        self.flags & PLACED != 0
    }

    /// Whether the shopper did something.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.flags & ACTIVE != 0
    }

    /// Whether the shopper was present.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.flags & PRESENT != 0
    }
}

/// The last [`BUCKETS`] buckets, all 0 before anything happened; `head` is the number of the newest, counted from the
/// session's start.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Ring {
    buckets: [Bucket; BUCKETS],
    head: u32,
    /// Flags that every new bucket begins with: where the pointer is, until it is heard to be elsewhere.
    lasting: u32,
}

impl Ring {
    fn slot(&mut self, index: u32) -> &mut Bucket {
        &mut self.buckets[index as usize % BUCKETS]
    }

    /// The bucket `back` buckets before the newest.
    pub(crate) fn back(&self, back: u32) -> &Bucket {
        &self.buckets[self.head.wrapping_sub(back) as usize % BUCKETS]
    }

    /// Opens buckets up to number `index`. What lasts (where the pointer is, presence, the section under it) carries over.
    /// At most [`BUCKETS`] steps, however long the silence.
    pub(crate) fn advance(&mut self, index: u32) {
        if index <= self.head {
            return;
        }
        let last = *self.back(0);
        let flags = (last.flags & (PRESENT | PLACED)) | self.lasting as u8;
        let fresh = Bucket { x: last.x, y: last.y, flags, ..Zeroable::zeroed() };
        let first = self.head.max(index.saturating_sub(BUCKETS as u32));
        for number in first + 1..=index {
            *self.slot(number) = fresh;
        }
        self.head = index;
    }

    /// The bucket of time `t`, if it is still kept.
    fn at(&mut self, t: u32) -> Option<&mut Bucket> {
        let index = t / BUCKET_MS;
        (index <= self.head && self.head - index < BUCKETS as u32).then(|| self.slot(index))
    }

    /// Sets flags of the bucket of time `t`.
    #[inline(never)]
    pub(crate) fn mark(&mut self, t: u32, flags: u8) {
        if let Some(bucket) = self.at(t) {
            bucket.flags |= flags;
        }
    }

    /// Adds a scroll by `delta` px, down positive, to the bucket of time `t`.
    pub(crate) fn scroll(&mut self, t: u32, delta: f32) {
        if let Some(bucket) = self.at(t) {
            bucket.scroll(delta);
        }
    }

    /// Adds purchase steps to the bucket of time `t`.
    #[inline(never)]
    pub(crate) fn step(&mut self, t: u32, steps: i8) {
        if let Some(bucket) = self.at(t) {
            bucket.step = bucket.step.saturating_add(steps);
        }
    }

    /// Sets where the pointer was at the end of bucket `index`, and, until more is known, since.
    #[inline(never)]
    pub(crate) fn place(&mut self, index: u32, x: f32, y: f32) {
        let (x, y) = (half(x), half(y));
        let mut number = index;
        while number <= self.head && self.head - number < BUCKETS as u32 {
            let slot = self.slot(number);
            (slot.x, slot.y) = (x, y);
            slot.flags |= PLACED;
            number += 1;
        }
    }

    fn last(&mut self, flag: u8, is_set: bool) {
        self.lasting = if is_set { self.lasting | u32::from(flag) } else { self.lasting & !u32::from(flag) };
    }

    /// From now on the pointer rests in a section that tells terms, or not.
    pub(crate) fn on_terms(&mut self, terms: bool) {
        self.last(TERMS, terms);
        let head = self.head;
        let flags = &mut self.slot(head).flags;
        *flags = if terms { *flags | TERMS } else { *flags & !TERMS };
    }

    /// From now on the pointer is outside the viewport, or not.
    pub(crate) fn pointer_out(&mut self, out: bool) {
        self.last(OUT, out);
    }

    /// From now on the shopper is away.
    pub(crate) fn absent(&mut self) {
        let head = self.head;
        self.slot(head).flags &= !PRESENT;
    }
}

/// Half px of a px value; a place beyond ±16,383 px is taken as there.
fn half(px: f32) -> i16 {
    let twice = (px * 2.0).clamp(-32_766.0, 32_766.0);
    (if twice < 0.0 { twice - 0.5 } else { twice + 0.5 }) as i16
}
