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

/// None of a list.
const NONE: u8 = u8::MAX;
const OVER: u8 = 0;
const FROM: u8 = 1;
const IS: u8 = 4;
/// Added to the comparison of a play's last term.
const LAST: u8 = 16;
/// The segment that is stalled; too large a number for the table.
const VIP: u32 = fnv1a(b"vip");

/// Of each play its reason and its message.
static ANSWERS: [[u8; 2]; NAMES.len()] = [
    [Reason::Distraction as u8, Message::WelcomeBack as u8],
    [Reason::CheckoutFriction as u8, NONE],
    [Reason::Indecision as u8, NONE],
    [Reason::Comparison as u8, NONE],
    [Reason::TotalCost as u8, NONE],
];

/// Measure, comparison and value of each term.
static TERMS: [(u8, u8, u16); 8] = [
    (LEFT_CART, LAST + OVER, 0),
    (stay(PageKind::Checkout), OVER, 45),
    (SEGMENT, LAST + IS, 0),
    (Index::CartFlips as u8, FROM, 3),
    (Index::Session as u8, OR + OVER, 600),
    (CART_REMOVES, LAST + FROM, 2),
    (Index::ItemViews as u8, LAST + FROM, 3),
    (stay(PageKind::Cart), LAST + OVER, 300),
];

/// Writes them all.
pub(super) fn write(plays: &mut Plays) {
    let mut terms = TERMS.iter();
    for (place, answers) in ANSWERS.iter().enumerate() {
        let Some(program) = plays.program_mut(place) else { break };
        *program = [f64::NAN; MOST_NUMBERS];
        // 255 is no place of either list
        (program[0], program[1]) = (answers[0].into(), answers[1].into());
        for slot in program[2..].chunks_exact_mut(3) {
            let Some(&(measure, operator, value)) = terms.next() else { break };
            let value = if measure == SEGMENT { VIP } else { value.into() };
            slot.copy_from_slice(&[measure.into(), (operator % LAST).into(), value.into()]);
            if operator >= LAST {
                break;
            }
        }
    }
}
