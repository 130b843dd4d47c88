//! One line of what a webhook got (docs/sinks.schema.json).

use core::fmt;
use core::ops::RangeInclusive;
use std::borrow::Cow;

use serde::Deserialize;

/// Version of the form that is read.
pub(super) const VERSION: u64 = 1;
/// What money may be. Anybody may send to a webhook, and one amount whose square is infinite would undo every interval.
const MONEY: RangeInclusive<f64> = 0.0..=1e12;

/// Which side of the holdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// May see cards.
    Shown,
    /// May not.
    Holdout,
}

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The same however often the event is there.
    pub id: String,
    /// When it happened, wall time, ms.
    pub at: u64,
    /// Whose it is.
    pub visitor: String,
    /// What happened.
    pub kind: Kind,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// A card was due.
    Exposure {
        /// Which side the visitor is on.
        side: Side,
        /// Whether a card was drawn.
        rendered: bool,
        /// Whether the shop kept it back.
        vetoed: bool,
        /// The share of visitors that the shop holds out.
        holdout: f64,
    },
    /// A card, with a discount of so many percent where it has one.
    Show {
        /// Of the discount.
        percent: Option<f64>,
    },
    /// The card was taken up.
    Act,
    /// The card was waved away.
    Dismiss,
    /// The shopper said what is missing.
    Answer,
    /// The shopper went.
    Leave {
        /// What they left in the cart, money.
        cart: Option<f64>,
    },
    /// The shopper bought.
    Purchase {
        /// For how much, money.
        value: Option<f64>,
    },
    /// A page had no room for so many events.
    Dropped {
        /// How many.
        count: u64,
    },
    /// A type that this version does not know.
    Unknown,
}

/// A line is none of an event.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError {
    /// It is not JSON, or a field is missing or not what it should be.
    Form(serde_json::Error),
    /// It is of another version.
    Version(u64),
    /// A number is not what it may be.
    Range(&'static str),
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // it counts lines, too, and here there is one
            EventError::Form(error) => f.write_str(error.to_string().replace(" at line 1 column", " at column").trim()),
            EventError::Version(v) => write!(f, "version {v}, and this falter reads version {VERSION}"),
            EventError::Range(what) => f.write_str(what),
        }
    }
}

impl core::error::Error for EventError {}

#[derive(Deserialize)]
struct Envelope<'a> {
    v: u64,
    id: String,
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    at: u64,
    visitor: String,
}

#[derive(Deserialize)]
struct Exposure {
    side: Side,
    rendered: bool,
    vetoed: bool,
    holdout: f64,
}

#[derive(Deserialize)]
struct Amounts {
    percent: Option<f64>,
    cart: Option<f64>,
    value: Option<f64>,
    count: Option<u64>,
}

impl Event {
    /// Reads a line.
    ///
    /// # Errors
    /// When it is no event of this version.
    pub fn read(line: &str) -> Result<Event, EventError> {
        let Envelope { v, id, kind, at, visitor } = serde_json::from_str(line).map_err(EventError::Form)?;
        if v != VERSION {
            return Err(EventError::Version(v));
        }
        let amounts = || serde_json::from_str::<Amounts>(line).map_err(EventError::Form);
        let kind = match &*kind {
            "exposure" => {
                let Exposure { side, rendered, vetoed, holdout } =
                    serde_json::from_str(line).map_err(EventError::Form)?;
                if !(0.0..=1.0).contains(&holdout) {
                    return Err(EventError::Range("holdout is not within 0..1"));
                }
                Kind::Exposure { side, rendered, vetoed, holdout }
            }
            "show" => Kind::Show {
                percent: within(amounts()?.percent, 0.0..=100.0, "percent is less than 0 or more than 100")?,
            },
            "act" => Kind::Act,
            "dismiss" => Kind::Dismiss,
            "answer" => Kind::Answer,
            "leave" => Kind::Leave { cart: within(amounts()?.cart, MONEY, "cart is less than 0 or more than 1e12")? },
            "purchase" => {
                Kind::Purchase { value: within(amounts()?.value, MONEY, "value is less than 0 or more than 1e12")? }
            }
            "dropped" => Kind::Dropped { count: amounts()?.count.unwrap_or(0) },
            _ => Kind::Unknown,
        };
        Ok(Event { id, at, visitor, kind })
    }
}

fn within(number: Option<f64>, range: RangeInclusive<f64>, error: &'static str) -> Result<Option<f64>, EventError> {
    if number.is_none_or(|number| range.contains(&number)) { Ok(number) } else { Err(EventError::Range(error)) }
}
