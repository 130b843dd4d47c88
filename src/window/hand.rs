//! Where the pointer is, and whether it moves, rests, drags or is outside.

use bytemuck::{Pod, Zeroable};

use super::bucket::{ACTIVE, BUCKET_MS, JUMP, OUT, Ring};
use super::tally::NEVER;

/// Two samples further apart than this are a rest and then a movement, not one movement. Above the 161 ms median
/// (442 ms p90) of recorders that sample slowly, so that their movements stay whole.
const MOVEMENT_GAP_MS: u32 = 200;
/// A pointer within this of where it rested has not moved: hands tremble by a pixel or two.
const REST_PX: f32 = 3.0;
/// A mouse that has moved further than this with its button held is selecting text or dragging something, not clicking.
const DRAG_PX: f32 = 12.0;

/// The pointer between two samples; where it was stands in the ring.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Hand {
    sample_t: u32,
    sample_x: f32,
    sample_y: f32,
    rest_x: f32,
    rest_y: f32,
    held_x: f32,
    held_y: f32,
    /// When it last moved, and left the viewport, ms; [`NEVER`] when it has not, or is inside again.
    pub(crate) moved_at: u32,
    pub(crate) out_at: u32,
}

impl Hand {
    /// Nothing was told yet.
    pub(crate) fn begin(&mut self) {
        self.lift();
        self.release();
        (self.moved_at, self.out_at) = (NEVER, NEVER);
    }

    /// The next sample begins anew: no movement leads to it.
    pub(crate) fn lift(&mut self) {
        self.sample_t = NEVER;
    }

    /// A button went down here.
    pub(crate) fn hold(&mut self, x: f32, y: f32) {
        (self.held_x, self.held_y) = (x, y);
    }

    /// No button is held.
    pub(crate) fn release(&mut self) {
        self.held_x = f32::NAN;
    }

    /// Whether the button is held and the pointer far from where it went down. NaN, where none is held, is not far.
    pub(crate) fn is_dragging(&self, x: f32, y: f32) -> bool {
        is_farther(x - self.held_x, y - self.held_y, DRAG_PX)
    }

    /// The pointer left the viewport.
    pub(crate) fn leave(&mut self, ring: &mut Ring, t: u32) {
        self.out_at = t;
        self.lift();
        ring.mark(t, OUT);
        ring.pointer_out(true);
    }

    /// The pointer is here. Between two samples of one movement its way is taken as straight and even.
    #[inline(never)]
    pub(crate) fn sample(&mut self, ring: &mut Ring, t: u32, x: f32, y: f32) {
        ring.pointer_out(false);
        let here = t / BUCKET_MS;
        if self.sample_t == NEVER {
            ring.mark(t, JUMP);
        } else if t <= self.sample_t {
            // a late sample adds nothing: a newer position already stands on the grid
            return;
        } else {
            let from = self.sample_t.max(t.saturating_sub(MOVEMENT_GAP_MS));
            let (dx, dy, span) = (x - self.sample_x, y - self.sample_y, (t - from) as f32);
            for index in from / BUCKET_MS..here {
                let part = ((index + 1) * BUCKET_MS - from) as f32 / span;
                ring.place(index, self.sample_x + dx * part, self.sample_y + dy * part);
                // between two samples of one movement the hand moved, however slowly it was sampled
                ring.mark(index * BUCKET_MS, ACTIVE);
            }
        }
        ring.place(here, x, y);
        if self.moved_at == NEVER || is_farther(x - self.rest_x, y - self.rest_y, REST_PX) {
            (self.rest_x, self.rest_y, self.moved_at) = (x, y, t);
        }
        (self.sample_t, self.sample_x, self.sample_y) = (t, x, y);
    }
}

fn is_farther(dx: f32, dy: f32, than: f32) -> bool {
    dx * dx + dy * dy > than * than
}
