//! The plays that come with falter: `models/plays.json` in numbers, which a test compares.
//!
//! Five are published ones; the first is ours.

use super::measures::{CART_REMOVES, LEFT_CART, ORDERS, SEGMENT, VISITS, looks, stay};
use super::{MOST_NUMBERS, OR, Program};
use crate::features::Index;
use crate::policy::Message;
use crate::reason::Reason;
use crate::signal::{PageKind, Section, fnv1a};

/// Their names, in their order.
pub const NAMES: [&str; 6] =
    ["welcome_back", "anxious_first_timer", "stalled_vip", "indecision", "deal_seeker", "camping_on_the_cart"];

const OVER: u8 = 0;
const FROM: u8 = 1;
const UP_TO: u8 = 3;
const IS: u8 = 4;

/// Measure, comparison, value.
type Term = (u8, u8, u32);

pub(super) static PROGRAMS: [Program; NAMES.len()] = [
    play(Some(Reason::Distraction), Some(Message::WelcomeBack), &[(LEFT_CART, OVER, 0)]),
    play(
        None,
        None,
        &[
            (VISITS, UP_TO, 1),
            (ORDERS, IS, 0),
            (looks(Section::Returns), FROM, 3),
            (VISITS, OR + UP_TO, 1),
            (ORDERS, IS, 0),
            (looks(Section::Shipping), FROM, 3),
        ],
    ),
    play(Some(Reason::CheckoutFriction), None, &[(stay(PageKind::Checkout), OVER, 45), (SEGMENT, IS, fnv1a(b"vip"))]),
    play(
        Some(Reason::Indecision),
        None,
        &[(Index::CartFlips as u8, FROM, 3), (Index::Session as u8, OR + OVER, 600), (CART_REMOVES, FROM, 2)],
    ),
    play(Some(Reason::Comparison), None, &[(Index::ItemViews as u8, FROM, 3)]),
    play(Some(Reason::TotalCost), None, &[(stay(PageKind::Cart), OVER, 300)]),
];

const fn play(reason: Option<Reason>, message: Option<Message>, terms: &[Term]) -> Program {
    let mut program = [f64::NAN; MOST_NUMBERS];
    if let Some(reason) = reason {
        program[0] = reason as u8 as f64;
    }
    if let Some(message) = message {
        program[1] = message as u8 as f64;
    }
    let mut place = 0;
    while place < terms.len() {
        let (measure, operator, value) = terms[place];
        program[2 + 3 * place] = measure as f64;
        program[3 + 3 * place] = operator as f64;
        program[4 + 3 * place] = value as f64;
        place += 1;
    }
    program
}
