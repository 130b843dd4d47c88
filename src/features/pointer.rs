//! Pointer kinematics, on the buckets' grid of 125 ms.

use super::{Index, Writer, since};
use crate::window::{BUCKET_MS, JUMP, NEVER, OUT, SignalWindow};

/// A step shorter than this, px, has no direction worth the name.
const LEAST_PX: f32 = 3.0;
/// Length of a step, s.
const STEP_S: f32 = BUCKET_MS as f32 / 1000.0;
/// Steps in half a second; a rest is as many buckets.
const HALF: u32 = 4;
const HALF_S: f32 = 0.5;
/// Steps in 1, 2 and 8 s.
const ONE: u32 = 8;
const TWO: u32 = 16;
const EIGHT: u32 = 64;
/// The top part of the viewport where shops have their header.
const HEADER_PART: f32 = 0.15;
/// Edge times are cut here, s.
const FAR_S: f32 = 10.0;
/// Cosine of 45 degrees: a sharper change of direction is a turn.
const TURN_COSINE: f32 = 0.707_106_77;

pub(super) fn extract(window: &SignalWindow, now: u32, out: &mut Writer) {
    let hand = &window.hand;
    out.set(Index::Pause, since(hand.moved_at, now));
    out.set(Index::Out, if hand.out_at == NEVER { 0.0 } else { since(hand.out_at, now) });
    let here = window.ring.back(0);
    if !here.has_position() {
        return;
    }
    let (x, y) = (f32::from(here.x) / 2.0, f32::from(here.y) / 2.0);
    out.set(Index::PointerY, y / window.h);
    let (beside, beyond) = (nearer(x, window.w - x), nearer(y, window.h - y));
    out.set(Index::EdgeDistance, nearer(beside, beyond) / window.h);

    let mut way = Way::new();
    way.follow(window, HALF);
    let speed = way.path / HALF_S;
    let speed_up = -way.net.1 / HALF_S;
    out.set(Index::Speed05, speed);
    out.set(Index::TimeToTop, if speed_up < 1.0 { FAR_S } else { y / speed_up });

    way.follow(window, ONE);
    out.set(Index::Acceleration1, (speed - way.part / HALF_S) / HALF_S);

    way.follow(window, TWO);
    let net = length(way.net.0, way.net.1);
    out.set(Index::Speed2, way.path / (TWO as f32 * STEP_S));
    out.set(Index::PeakSpeed2, way.peak / STEP_S);
    out.set(Index::Jerk2, way.jerks / (TWO - 2) as f32 / (STEP_S * STEP_S * STEP_S));
    out.count(Index::Turns2, way.turns);
    out.set(Index::Straightness2, if way.path < LEAST_PX { 0.0 } else { net / way.path });
    out.set(Index::HeadingTop2, if net < LEAST_PX { 0.0 } else { -way.net.1 / net });
    out.set(Index::Rise2, -way.net.1 / window.h);

    way.follow(window, EIGHT);
    out.count(Index::Turns8, way.turns);
    out.set(Index::Curvature8, if way.corners == 0 { 0.0 } else { way.bend / way.corners as f32 });
    out.set(Index::Rise8, -way.net.1 / window.h);
    let known = way.known.max(1) as f32;
    out.set(Index::HeaderShare8, way.in_header as f32 / known);
    out.set(Index::StillShare8, way.still as f32 / known);
    out.count(Index::Pauses8, way.rests);
    let (left, top, right, bottom) = way.stay;
    let (across, down) = (f32::from(right) - f32::from(left), f32::from(bottom) - f32::from(top));
    out.set(Index::Spread8, length(across, down) / 2.0 / window.h);
}

fn nearer(a: f32, b: f32) -> f32 {
    if b < a { b } else { a }
}

fn length(dx: f32, dy: f32) -> f32 {
    (dx * dx + dy * dy).sqrt()
}

/// The pointer's way from the newest bucket back, px.
struct Way {
    steps: u32,
    /// From the older end to the newest, and the path between them.
    net: (f32, f32),
    path: f32,
    /// The path of the last call alone.
    part: f32,
    peak: f32,
    /// Lengths of the last two steps, the last one first, and the sizes of their second changes.
    lengths: (f32, f32),
    jerks: f32,
    /// Direction of the last step that had one; what became of directions from there.
    direction: Option<(f32, f32)>,
    corners: u32,
    turns: u32,
    bend: f32,
    /// Buckets in which it is known where the pointer was; in the header; not moving; in a row; rows of half a second.
    known: u32,
    in_header: u32,
    still: u32,
    rest: u32,
    rests: u32,
    /// The box it stayed in, half px: left, top, right, bottom.
    stay: (i16, i16, i16, i16),
}

impl Way {
    fn new() -> Way {
        Way {
            steps: 0,
            net: (0.0, 0.0),
            path: 0.0,
            part: 0.0,
            peak: 0.0,
            lengths: (0.0, 0.0),
            jerks: 0.0,
            direction: None,
            corners: 0,
            turns: 0,
            bend: 0.0,
            known: 0,
            in_header: 0,
            still: 0,
            rest: 0,
            rests: 0,
            stay: (i16::MAX, i16::MAX, i16::MIN, i16::MIN),
        }
    }

    /// Goes on back to step number `end`.
    #[inline(never)]
    fn follow(&mut self, window: &SignalWindow, end: u32) {
        let header = window.h * HEADER_PART * 2.0;
        self.part = 0.0;
        while self.steps < end {
            let (now, before) = (window.ring.back(self.steps), window.ring.back(self.steps + 1));
            // a step with a jump in it has no length
            let (mut dx, mut dy) = (0.0, 0.0);
            if now.flags & JUMP == 0 && now.has_position() && before.has_position() {
                dx = (f32::from(now.x) - f32::from(before.x)) / 2.0;
                dy = (f32::from(now.y) - f32::from(before.y)) / 2.0;
            }
            let length = length(dx, dy);
            self.net = (self.net.0 + dx, self.net.1 + dy);
            self.path += length;
            self.part += length;
            if length > self.peak {
                self.peak = length;
            }
            if self.steps >= 2 {
                self.jerks += (self.lengths.1 - 2.0 * self.lengths.0 + length).abs();
            }
            self.lengths = (length, self.lengths.0);
            if length >= LEAST_PX {
                self.turn(dx / length, dy / length);
            }
            if now.has_position() {
                self.known += 1;
                self.in_header += u32::from(f32::from(now.y) < header && now.flags & OUT == 0);
                if length < LEAST_PX {
                    self.still += 1;
                    self.rest += 1;
                    self.rests += u32::from(self.rest == HALF);
                } else {
                    self.rest = 0;
                }
                let (left, top, right, bottom) = self.stay;
                self.stay = (left.min(now.x), top.min(now.y), right.max(now.x), bottom.max(now.y));
            }
            self.steps += 1;
        }
    }

    /// A step in this direction, before the one that was told last.
    fn turn(&mut self, x: f32, y: f32) {
        if let Some(newer) = self.direction {
            let cosine = newer.0 * x + newer.1 * y;
            self.bend += (1.0 - cosine) / 2.0;
            self.corners += 1;
            self.turns += u32::from(cosine < TURN_COSINE);
        }
        self.direction = Some((x, y));
    }
}
