//! Plays as shops write them: a list of objects in JSON, read into programs.
//!
//! `tests/cases/plays.json` says case by case what is read and what is refused; the page's own reader keeps to it too.

mod condition;

use core::fmt;

use serde_json::Value;

use super::{MOST_PLAYS, Plays};
use crate::policy::Message;
use crate::reason::Reason;
use crate::signal::place_of;

/// Characters of a name, at most.
const MOST_NAME: usize = 40;
/// What a play may say; the last is for the published list, and changes nothing in a list of one's own.
const KEYS: [&str; 5] = ["name", "when", "reason", "message", "default"];

/// What is wrong with a play, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayFault {
    /// The path to it: `plays[2].when`.
    pub path: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for PlayFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

impl core::error::Error for PlayFault {}

/// Plays and their names.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// For a detector.
    pub plays: Plays,
    /// Their names, in the same order.
    pub names: Vec<String>,
    /// Their programs, without the NaN that ends them.
    pub programs: Vec<Vec<f64>>,
}

impl Playbook {
    /// The plays that come with falter.
    #[must_use]
    pub fn shipped() -> Playbook {
        let names = super::NAMES.map(str::to_owned).to_vec();
        let plays = Plays::shipped();
        let terms = |program: &[f64]| 2 + program[2..].iter().take_while(|number| !number.is_nan()).count();
        let programs = plays.programs().iter().map(|program| program[..terms(program)].to_vec()).collect();
        Playbook { plays, names, programs }
    }

    /// The name of the play at a place.
    #[must_use]
    pub fn name(&self, place: u8) -> Option<&str> {
        self.names.get(usize::from(place)).map(String::as_str)
    }
}

/// Reads a list of plays. One that is wrong is left out, with its first fault; the others go on.
#[must_use]
pub fn parse(list: &Value) -> (Playbook, Vec<PlayFault>) {
    let mut book = Playbook { plays: Plays::none(), names: vec![], programs: vec![] };
    let mut faults = vec![];
    let Some(list) = list.as_array() else {
        faults.push(PlayFault { path: "plays".to_owned(), what: "not a list".to_owned() });
        return (book, faults);
    };
    for (number, play) in list.iter().enumerate() {
        if number == MOST_PLAYS {
            faults.push(PlayFault { path: format!("plays[{number}]"), what: format!("at most {MOST_PLAYS} plays") });
            break;
        }
        match read(play, &book.names) {
            Ok((name, program)) => {
                let number = book.names.len();
                if let Some(slot) = book.plays.program_mut(number) {
                    let rest = core::iter::repeat(f64::NAN);
                    slot.iter_mut().zip(program.iter().copied().chain(rest)).for_each(|(slot, number)| *slot = number);
                }
                book.names.push(name);
                book.programs.push(program);
            }
            Err((key, what)) => faults.push(PlayFault { path: format!("plays[{number}]{key}"), what }),
        }
    }
    (book, faults)
}

/// Where in a play something is wrong, and what.
type Wrong = (String, String);

fn wrong(key: &str, what: impl Into<String>) -> Wrong {
    (format!(".{key}"), what.into())
}

fn read(play: &Value, names: &[String]) -> Result<(String, Vec<f64>), Wrong> {
    let play = play.as_object().ok_or_else(|| (String::new(), "not an object".to_owned()))?;
    if let Some(key) = play.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(wrong(key, "unknown"));
    }
    if play.get("default").is_some_and(|default| !default.is_boolean()) {
        return Err(wrong("default", "neither true nor false"));
    }
    let name = play.get("name").and_then(Value::as_str).filter(|name| is_name(name));
    let name = name.ok_or_else(|| wrong("name", "not a name: [a-z][a-z0-9_]{0,39}"))?;
    if names.iter().any(|other| other == name) {
        return Err(wrong("name", format!("\"{name}\" is there already")));
    }
    let when = play.get("when").and_then(Value::as_str).ok_or_else(|| wrong("when", "not a text"))?;
    let terms = condition::read(when).map_err(|what| wrong("when", what))?;
    let place = |key: &str, list: &[&str]| match play.get(key) {
        None => Ok(f64::NAN),
        Some(Value::String(word)) => {
            place_of(word, list).map(|place| place as f64).ok_or_else(|| wrong(key, format!("\"{word}\" is no {key}")))
        }
        Some(_) => Err(wrong(key, "not a text")),
    };
    let mut program = vec![place("reason", Reason::NAMES)?, place("message", Message::NAMES)?];
    program.extend(terms);
    Ok((name.to_owned(), program))
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let begins = bytes.next().is_some_and(|first| first.is_ascii_lowercase());
    begins && name.len() <= MOST_NAME && bytes.all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}
