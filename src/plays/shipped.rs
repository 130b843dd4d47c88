//! The plays that are in force unless a shop brings its own: those of `models/plays.json` without `"default": false`, in
//! numbers, which a test compares.

use super::measures::{CART_REMOVES, LEFT_CART, SEGMENT, stay};
use super::{MOST_NUMBERS, OR, Plays};
use crate::features::Index;
use crate::policy::Message;
use crate::reason::Reason;
use crate::signal::{PageKind, fnv1a};

/// Their names, in their order.
pub const NAMES: [&str; 5] = ["welcome_back", "stalled_vip", "indecision", "deal_seeker", "camping_on_the_cart"];

/// Comparisons, by their place in [`OPERATORS`](super::OPERATORS).
const OVER: u8 = 0;
const FROM: u8 = 1;
const IS: u8 = 4;

/// Terms that any of them has, at most.
const TERMS: usize = 3;
type Shipped = [f64; 2 + 3 * TERMS];

/// A program; a shorter one ends with NaN.
const fn program(reason: Reason, message: Option<Message>, terms: &[(u8, u8, u32)]) -> Shipped {
    let mut program = [f64::NAN; 2 + 3 * TERMS];
    program[0] = reason as u8 as f64;
    if let Some(message) = message {
        program[1] = message as u8 as f64;
    }
    let mut term = 0;
    while term < terms.len() {
        let (measure, operator, value) = terms[term];
        program[2 + 3 * term] = measure as f64;
        program[3 + 3 * term] = operator as f64;
        program[4 + 3 * term] = value as f64;
        term += 1;
    }
    program
}

// a table of numbers is less than code that writes them
static PROGRAMS: [Shipped; NAMES.len()] = [
    program(Reason::Distraction, Some(Message::WelcomeBack), &[(LEFT_CART, OVER, 0)]),
    program(Reason::CheckoutFriction, None, &[(stay(PageKind::Checkout), OVER, 45), (SEGMENT, IS, fnv1a(b"vip"))]),
    program(
        Reason::Indecision,
        None,
        &[(Index::CartFlips as u8, FROM, 3), (Index::Session as u8, OR + OVER, 600), (CART_REMOVES, FROM, 2)],
    ),
    program(Reason::Comparison, None, &[(Index::ItemViews as u8, FROM, 3)]),
    program(Reason::TotalCost, None, &[(stay(PageKind::Cart), OVER, 300)]),
];

/// Writes them all.
pub(super) fn write(plays: &mut Plays) {
    for (place, shipped) in PROGRAMS.iter().enumerate() {
        if let Some(program) = plays.program_mut(place) {
            *program = [f64::NAN; MOST_NUMBERS];
            program[..shipped.len()].copy_from_slice(shipped);
        }
    }
}
