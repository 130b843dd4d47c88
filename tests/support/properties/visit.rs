//! A visit as bytes, made so that a byte changed is another visit and not another garbage.
//!
//! Three bytes come first: who it is (bits 0-1 the model: the shipped one, another that is nervous, one that always sees a leave,
//! one that never does; bit 2 a finger; bit 3 in the holdout; bits 4-5 the consent; bit 6 plays; bit 7 a history of numbers,
//! which follow), the threshold in 255ths, the arming time in tenths of a second. Then steps until the bytes end. The lower five
//! bits of a step are its kind: a place in [`Kind`], or 31 for something other than a signal, which the next byte chooses. Its
//! upper three bits say how much time passes before ([`Steps::time`]). The fields of a signal follow in their order: a byte for a place in a
//! list of names or a small number, and behind bytes that are too large for that any number there is.
//!
//! `cargo run --example visits` writes the committed ones as recordings.

use falter::recording::{Content, Kind, Numbers, PLACES};
use falter::signal::{Consent, Device, Signal, SignalKind};
use falter::window::SessionStart;

use super::bytes::Bytes;

/// Who comes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visitor {
    pub(crate) model: usize,
    pub(crate) is_touch: bool,
    pub(crate) held_out: bool,
    pub(crate) consent: Consent,
    pub(crate) has_plays: bool,
    pub(crate) has_history: bool,
    pub(crate) threshold: f32,
    pub(crate) arming_ms: u32,
}

impl Visitor {
    pub(crate) fn of(bytes: &mut Bytes) -> Visitor {
        let who = bytes.byte();
        Visitor {
            model: usize::from(who & 3),
            is_touch: who & 4 > 0,
            held_out: who & 8 > 0,
            // granted is the first: most has to be said of who agreed
            consent: [Consent::Granted, Consent::Memory, Consent::Required, Consent::Granted]
                [usize::from(who >> 4 & 3)],
            has_plays: who & 64 > 0,
            has_history: who & 128 > 0,
            threshold: f32::from(bytes.byte()) / 255.0,
            arming_ms: u32::from(bytes.byte()) * 100,
        }
    }

    pub(crate) fn start(&self) -> SessionStart {
        let device = if self.is_touch { Device::Touch } else { Device::Mouse };
        SessionStart { device, w: 1280.0, h: 720.0, doc_h: 2400.0, visits: 0, orders: 0 }
    }
}

/// What happens next.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// The engine is told a signal, in numbers that are rounded.
    Signal(Signal),
    /// It is told one that is none: a number that has to be a place in a list is not.
    None,
    /// Time passes up to here.
    Tick(u32),
    /// The page goes, and another goes on from what it saved.
    Cut,
    /// Somebody changed what was saved, and its checksum with it: so many of the bytes that follow are laid over it.
    Forge,
    /// The page asks for the leave that happened.
    Leave(u32),
}

/// The steps of a visit.
#[derive(Debug)]
pub(crate) struct Steps<'a> {
    pub(crate) bytes: Bytes<'a>,
    t: u32,
}

impl<'a> Steps<'a> {
    pub(crate) fn new(bytes: Bytes<'a>) -> Steps<'a> {
        Steps { bytes, t: 0 }
    }

    /// The time of the step: at once, or after up to so many ms; earlier than the step before; or any there is.
    fn time(&mut self, sort: u8) -> u32 {
        let after = |steps: &mut Steps, ms: u32| steps.t.saturating_add(u32::from(steps.bytes.byte()) * ms);
        match sort {
            0 => {}
            1 => self.t = after(self, 1),
            2 => self.t = self.t.saturating_add(16),
            3 => self.t = self.t.saturating_add(250),
            4 => self.t = after(self, 16),
            5 => self.t = after(self, 100),
            6 => return self.t.saturating_sub(u32::from(self.bytes.byte())),
            _ => return u32::from_le_bytes(self.bytes.take()),
        }
        self.t
    }
}

impl Iterator for Steps<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.bytes.is_empty() {
            return None;
        }
        let byte = self.bytes.byte();
        let t = self.time(byte >> 5);
        Some(match Kind::from_index(usize::from(byte & 31)) {
            Some(kind) => {
                let mut numbers = numbers(kind, &mut self.bytes);
                kind.round(&mut numbers);
                SignalKind::from_numbers(kind, &numbers).map_or(Step::None, |kind| Step::Signal(Signal { t, kind }))
            }
            None => match self.bytes.below(8) {
                0..=2 => Step::Tick(t),
                3..=5 => Step::Cut,
                6 => Step::Forge,
                _ => Step::Leave(t),
            },
        })
    }
}

/// A signal's numbers, as they come over the boundary.
fn numbers(kind: Kind, bytes: &mut Bytes) -> Numbers {
    let mut numbers = [f64::NAN; PLACES];
    let fields = kind.fields();
    if kind == Kind::Facts {
        // of many facts few are told at a time
        for _ in 0..bytes.below(5) {
            let place = bytes.below(PLACES);
            let number = bytes.number();
            numbers[place] = if fields[place].content == Content::Item { f64::from(number as u32) } else { number };
        }
        return numbers;
    }
    for (number, field) in numbers.iter_mut().zip(fields) {
        *number = match (field.content, bytes.byte()) {
            (_, 240..) => bytes.number(),
            (Content::Px, px) => f64::from(px) * 8.0 - 64.0,
            (Content::Name(names), place) => (usize::from(place) % names.len()) as f64,
            (Content::Truth | Content::Flag, byte) => f64::from(byte & 1),
            // few products, so that they come again
            (Content::Item, byte) => f64::from(byte & 3),
            (_, amount) => amount.into(),
        };
    }
    numbers
}
