//! Signals as plain numbers: how they cross between the engine and a host that has no Rust types.
//!
//! A signal is its [`Kind`] and up to eight numbers, in the order of [`Kind::fields`]. A name is its place in its list,
//! a truth value 0 or 1, a product its id; what is not known is NaN.

use super::Kind;
use super::json::rounded;
use crate::reason::Reason;
use crate::signal::{
    BlurTo, CartOp, Cause, Consent, Copied, Edge, Facts, FieldAction, FieldType, ItemId, KeyClass, PageKind, PageState,
    Section, SignalKind, Target, Trouble, half_px,
};

/// Numbers a signal has at most: a facts signal has them all.
pub const PLACES: usize = Facts::NAMES.len();

/// The numbers of one signal; NaN from its last field on.
pub type Numbers = [f64; PLACES];

/// A signal that knows nothing.
pub(super) const UNKNOWN: Numbers = [f64::NAN; PLACES];

impl Kind {
    /// The numbers as recordings hold them: places and lengths to half a pixel, all else to 4 decimals. A signal is made
    /// of these, so that live and replay see the same.
    #[must_use]
    pub fn rounded(self, numbers: &Numbers) -> Numbers {
        let px = match self {
            Kind::Move | Kind::Down | Kind::Up | Kind::Click => 2,
            Kind::Scroll => 1,
            Kind::Resize => 3,
            _ => 0,
        };
        core::array::from_fn(|place| if place < px { half_px(numbers[place]).into() } else { rounded(numbers[place]) })
    }
}

impl SignalKind {
    /// The signal of these numbers, which are [rounded](Kind::rounded). `None` where a number that must be a place in a
    /// list of names is none.
    #[must_use]
    pub fn from_numbers(kind: Kind, numbers: &Numbers) -> Option<SignalKind> {
        let [a, b, c, d, ..] = *numbers;
        let (x, y) = (a as f32, b as f32);
        Some(match kind {
            Kind::Move => SignalKind::Move { x, y },
            Kind::Down => SignalKind::Down { x, y },
            Kind::Up => SignalKind::Up { x, y },
            Kind::Click => SignalKind::Click { x, y, on: Target::from_number(c)? },
            Kind::Out => SignalKind::Out { edge: Edge::from_number(a)? },
            Kind::In => SignalKind::In { edge: Edge::from_number(a)? },
            Kind::Scroll => SignalKind::Scroll { y: x },
            Kind::Resize => SignalKind::Resize { w: x, h: y, doc_h: c as f32 },
            Kind::Key => SignalKind::Key { class: KeyClass::from_number(a)? },
            Kind::Blur => SignalKind::Blur { to: BlurTo::from_number(a)? },
            Kind::Focus => SignalKind::Focus,
            Kind::Hidden => SignalKind::Hidden,
            Kind::Visible => SignalKind::Visible,
            Kind::See => SignalKind::See { section: Section::from_number(a)? },
            Kind::Unsee => SignalKind::Unsee { section: Section::from_number(a)? },
            Kind::Hover => SignalKind::Hover { section: Section::from_number(a)? },
            Kind::Unhover => SignalKind::Unhover { section: Section::from_number(a)? },
            Kind::Page => {
                SignalKind::Page { page: PageKind::from_number(a)?, item: item(b), from: PageKind::from_number(c) }
            }
            Kind::Cart => SignalKind::Cart { op: CartOp::from_number(a)?, item: item(b), qty: c as f32, value: d },
            Kind::Field => SignalKind::Field { what: FieldAction::from_number(a)?, field: FieldType::from_number(b)? },
            Kind::Copy => SignalKind::Copy { what: Copied::from_number(a)? },
            Kind::Zoom => SignalKind::Zoom,
            Kind::Select => SignalKind::Select,
            Kind::Problem => SignalKind::Problem { what: Trouble::from_number(a)? },
            Kind::Facts => {
                let mut facts = Facts::NONE;
                *facts.values_mut() = *numbers;
                SignalKind::Facts(facts)
            }
            Kind::State => {
                SignalKind::State(PageState { typing: truth(a), dialog: truth(b), consent: Consent::from_number(c) })
            }
            Kind::Answer => SignalKind::Answer { reason: Reason::from_number(a)? },
            Kind::Pagehide => SignalKind::Pagehide { cause: Cause::from_number(a)? },
            Kind::Pageshow => SignalKind::Pageshow { cause: Cause::from_number(a)? },
            Kind::Unload => SignalKind::Unload,
            Kind::Purchase => SignalKind::Purchase { value: a },
        })
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            SignalKind::Move { .. } => Kind::Move,
            SignalKind::Down { .. } => Kind::Down,
            SignalKind::Up { .. } => Kind::Up,
            SignalKind::Click { .. } => Kind::Click,
            SignalKind::Out { .. } => Kind::Out,
            SignalKind::In { .. } => Kind::In,
            SignalKind::Scroll { .. } => Kind::Scroll,
            SignalKind::Resize { .. } => Kind::Resize,
            SignalKind::Key { .. } => Kind::Key,
            SignalKind::Blur { .. } => Kind::Blur,
            SignalKind::Focus => Kind::Focus,
            SignalKind::Hidden => Kind::Hidden,
            SignalKind::Visible => Kind::Visible,
            SignalKind::See { .. } => Kind::See,
            SignalKind::Unsee { .. } => Kind::Unsee,
            SignalKind::Hover { .. } => Kind::Hover,
            SignalKind::Unhover { .. } => Kind::Unhover,
            SignalKind::Page { .. } => Kind::Page,
            SignalKind::Cart { .. } => Kind::Cart,
            SignalKind::Field { .. } => Kind::Field,
            SignalKind::Copy { .. } => Kind::Copy,
            SignalKind::Zoom => Kind::Zoom,
            SignalKind::Select => Kind::Select,
            SignalKind::Problem { .. } => Kind::Problem,
            SignalKind::Facts(_) => Kind::Facts,
            SignalKind::State(_) => Kind::State,
            SignalKind::Answer { .. } => Kind::Answer,
            SignalKind::Pagehide { .. } => Kind::Pagehide,
            SignalKind::Pageshow { .. } => Kind::Pageshow,
            SignalKind::Unload => Kind::Unload,
            SignalKind::Purchase { .. } => Kind::Purchase,
        }
    }

    /// Its numbers.
    #[must_use]
    pub fn to_numbers(&self) -> Numbers {
        const NONE: f64 = f64::NAN;
        // what is alike in memory becomes one piece of code
        let first = match *self {
            SignalKind::Move { x, y } | SignalKind::Down { x, y } | SignalKind::Up { x, y } => {
                [x.into(), y.into(), NONE, NONE]
            }
            SignalKind::Click { x, y, on } => [x.into(), y.into(), place(on as u8), NONE],
            SignalKind::Scroll { y } => [y.into(), NONE, NONE, NONE],
            SignalKind::Resize { w, h, doc_h } => [w.into(), h.into(), doc_h.into(), NONE],
            SignalKind::Out { edge } | SignalKind::In { edge } => [place(edge as u8), NONE, NONE, NONE],
            SignalKind::Key { class } => [place(class as u8), NONE, NONE, NONE],
            SignalKind::Blur { to } => [place(to as u8), NONE, NONE, NONE],
            SignalKind::See { section }
            | SignalKind::Unsee { section }
            | SignalKind::Hover { section }
            | SignalKind::Unhover { section } => [place(section as u8), NONE, NONE, NONE],
            SignalKind::Copy { what } => [place(what as u8), NONE, NONE, NONE],
            SignalKind::Problem { what } => [place(what as u8), NONE, NONE, NONE],
            SignalKind::Answer { reason } => [place(reason as u8), NONE, NONE, NONE],
            SignalKind::Pagehide { cause } | SignalKind::Pageshow { cause } => [place(cause as u8), NONE, NONE, NONE],
            SignalKind::Field { what, field } => [place(what as u8), place(field as u8), NONE, NONE],
            SignalKind::Page { page, item, from } => {
                [place(page as u8), id(item), from.map_or(NONE, |from| place(from as u8)), NONE]
            }
            SignalKind::Cart { op, item, qty, value } => [place(op as u8), id(item), qty.into(), value],
            SignalKind::State(PageState { typing, dialog, consent }) => {
                let [typing, dialog] = [typing, dialog].map(|known| known.map_or(NONE, f64::from));
                [typing, dialog, consent.map_or(NONE, |consent| place(consent as u8)), NONE]
            }
            SignalKind::Purchase { value } => [value, NONE, NONE, NONE],
            SignalKind::Facts(facts) => return *facts.values(),
            SignalKind::Focus
            | SignalKind::Hidden
            | SignalKind::Visible
            | SignalKind::Zoom
            | SignalKind::Select
            | SignalKind::Unload => return UNKNOWN,
        };
        let mut numbers = UNKNOWN;
        numbers[..first.len()].copy_from_slice(&first);
        numbers
    }
}

fn place(variant: u8) -> f64 {
    variant.into()
}

fn id(item: Option<ItemId>) -> f64 {
    item.map_or(f64::NAN, |item| item.0.into())
}

fn truth(number: f64) -> Option<bool> {
    (!number.is_nan()).then_some(number != 0.0)
}

fn item(number: f64) -> Option<ItemId> {
    (number >= 0.0).then_some(ItemId(number as u32))
}
