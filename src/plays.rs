//! [`Plays`]: rules over named measures, by which a card may be due although no leave is likely.
//!
//! A play's condition is groups of comparisons: all of a group have to hold, and one group is enough. What a shop writes as
//! text is read outside the engine (JavaScript in the page, `parse` here) and comes in as numbers, its program:
//! reason or NaN, message or NaN, then for each term its measure, its comparison and its value. A comparison is its place in
//! [`OPERATORS`], and [`OR`] more where the term begins another group.
//!
//! The policy asks plays only where risk alone holds a card back; every other hold applies to them too.

mod measures;
#[cfg(feature = "train")]
mod parse;
mod shipped;

pub use measures::{MEASURES, SEGMENT, Sight, measure_names};
#[cfg(feature = "train")]
pub use parse::{PlayFault, Playbook, parse};
pub use shipped::NAMES;

use crate::policy::{Cue, Message};
use crate::reason::Reason;
use crate::signal::place_of_number;

/// Plays that are looked at, at most.
pub const MOST_PLAYS: usize = 16;
/// Terms of a play, at most.
pub const MOST_TERMS: usize = 8;
/// Numbers of a program, at most: reason, message, and three a term.
pub const MOST_NUMBERS: usize = 2 + 3 * MOST_TERMS;
/// How terms compare, by their place.
pub const OPERATORS: [&str; 6] = [">", ">=", "<", "<=", "=", "!="];
/// For each of [`OPERATORS`], the first lowest, three bits: what it says of less, equal and greater. What is not known is
/// none of the three.
const SAYS: u32 = 0o523_164;
/// Added to a comparison's place where an `or` stands before its term.
pub const OR: u8 = 8;

/// A play in numbers; NaN in a measure's place ends it.
type Program = [f64; MOST_NUMBERS];

/// The plays in force, in their order; at most [`MOST_PLAYS`].
#[derive(Debug, Clone)]
pub struct Plays {
    programs: [Program; MOST_PLAYS],
    used: usize,
}

impl Plays {
    /// None.
    #[must_use]
    pub fn none() -> Plays {
        Plays { programs: [[0.0; MOST_NUMBERS]; MOST_PLAYS], used: 0 }
    }

    /// Those that come with falter: [`NAMES`].
    #[must_use]
    pub fn shipped() -> Plays {
        let mut plays = Plays::none();
        shipped::write(&mut plays);
        plays
    }

    /// The program of the play at a place, to be written; plays are written one after the other, and the first drops all there
    /// were. One without a term never fires.
    pub fn program_mut(&mut self, place: usize) -> Option<&mut Program> {
        let program = self.programs.get_mut(place)?;
        self.used = place + 1;
        Some(program)
    }

    /// The programs in force.
    #[must_use]
    pub fn programs(&self) -> &[Program] {
        self.programs.get(..self.used).unwrap_or_default()
    }

    /// The first play whose condition holds.
    #[must_use]
    pub fn cue(&self, sight: &Sight) -> Option<Cue> {
        let measures = sight.measures();
        let programs = self.programs();
        let play = programs.iter().position(|program| holds(program, &measures))?;
        let [reason, message, ..] = *programs.get(play)?;
        let reason = Reason::from_place(place_of_number(reason));
        Some(Cue { play: play as u8, reason, message: Message::from_place(place_of_number(message)) })
    }
}

/// Whether all terms of a group hold.
fn holds(program: &Program, measures: &[f64; MEASURES]) -> bool {
    let (mut group, mut is_first) = (false, true);
    for term in program[2..].chunks_exact(3) {
        let &[measure, operator, value] = term else { break };
        if measure.is_nan() {
            break;
        }
        let operator = place_of_number(operator);
        if is_first || operator >= OR {
            if group {
                break;
            }
            (group, is_first) = (true, false);
        }
        let measured = measures.get(usize::from(place_of_number(measure))).copied().unwrap_or(f64::NAN);
        let found = u32::from(measured < value) | u32::from(measured == value) << 1 | u32::from(measured > value) << 2;
        group &= SAYS >> (u32::from(operator % OR) * 3) & found != 0;
    }
    group
}
