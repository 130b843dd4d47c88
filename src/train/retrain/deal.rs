//! Who is in which fold, and for which part of a model; and whether there are enough.

use core::fmt;
use std::collections::HashMap;

use super::{Options, Visit, draw};
use crate::train::evaluate::is_eligible;
use crate::train::people::Role;
use crate::train::presence::{Ending, presence};

/// People with a leave that a fold has at least. It is judged by their leaves; and with as many in every other fold there are
/// some for each part of a model: seven of ten grow the trees, one says when to stop, two what a risk means.
pub const LEAVES_A_FOLD: usize = 10;
/// People without a leave, at least, whatever the folds: presets are shares of these, and a fifth of them, ten, is the least
/// of which the eager preset's tenth is somebody.
pub const QUIET_VISITS: usize = 50;
/// The parts, dealt in this order: 70, 10 and 20 of a hundred, as everywhere, and each of them among the first four.
const ROLES: [Role; 10] = {
    use Role::{Calibrate, Stop, Train};
    [Train, Calibrate, Train, Stop, Train, Train, Calibrate, Train, Train, Train]
};
/// What the seed is moved by for the order of the people.
const DEAL_SEED: u64 = 0x6465_616c;

/// Where a recording sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seat {
    /// Its person: a number under which draws for them are made.
    pub(super) person: u64,
    /// The fold that it is judged in, and whose model does not see it.
    pub(super) fold: usize,
    /// What it is for in the other models.
    pub(super) role: Role,
}

/// There are too few to learn from, or to judge by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFew {
    /// Recordings.
    pub recordings: usize,
    /// People with a leave after at least 4 s of presence.
    pub with_leave: usize,
    /// People without any.
    pub without_leave: usize,
    /// Folds that were asked for.
    pub folds: usize,
}

impl TooFew {
    /// People with a leave that so many folds need.
    #[must_use]
    pub fn needed_with_leave(&self) -> usize {
        self.folds * LEAVES_A_FOLD
    }
}

impl fmt::Display for TooFew {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TooFew { recordings, with_leave, without_leave, folds } = *self;
        write!(f, "Too few to learn from: {recordings} recordings, {with_leave} visits with a leave and ")?;
        write!(f, "{without_leave} without.")?;
        if with_leave < self.needed_with_leave() {
            let (needed, missing) = (self.needed_with_leave(), self.needed_with_leave() - with_leave);
            write!(
                f,
                " {folds} folds need {needed} with a leave, {LEAVES_A_FOLD} each: a model is judged by the leaves "
            )?;
            write!(f, "of people it never saw. {}", short_by(missing))?;
            let fewer = with_leave / LEAVES_A_FOLD;
            if fewer >= 2 {
                write!(f, "; {fewer} folds would do")?;
            }
            write!(f, ".")?;
        }
        if without_leave < QUIET_VISITS {
            write!(f, " The presets need {QUIET_VISITS} visits without a leave, as they are shares of those: ")?;
            write!(f, "{}.", short_by(QUIET_VISITS - without_leave))?;
        }
        Ok(())
    }
}

fn short_by(missing: usize) -> String {
    format!("{missing} {} missing", if missing == 1 { "is" } else { "are" })
}

impl core::error::Error for TooFew {}

/// A person's recordings.
struct Person {
    number: u64,
    recordings: Vec<usize>,
    leaves: bool,
}

/// Deals the recordings, each person's together. Folds and parts get equally many with and without a leave.
pub(super) fn deal(visits: &[Visit], options: &Options) -> Result<Vec<Seat>, TooFew> {
    let mut people: Vec<Person> = vec![];
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (recording, visit) in visits.iter().enumerate() {
        let leaves = presence(visit).iter().any(|stretch| stretch.ending == Ending::Leave && is_eligible(stretch));
        let place = *places.entry(&visit.header.session).or_insert(people.len());
        if place == people.len() {
            people.push(Person { number: place as u64, recordings: vec![], leaves: false });
        }
        if let Some(person) = people.get_mut(place) {
            person.recordings.push(recording);
            person.leaves |= leaves;
        }
    }
    let (mut with_leave, mut without): (Vec<Person>, Vec<Person>) = people.into_iter().partition(|p| p.leaves);
    if with_leave.len() < options.folds * LEAVES_A_FOLD || without.len() < QUIET_VISITS {
        return Err(TooFew {
            recordings: visits.len(),
            with_leave: with_leave.len(),
            without_leave: without.len(),
            folds: options.folds,
        });
    }
    let mut seats = vec![Seat { person: 0, fold: 0, role: Role::Train }; visits.len()];
    for stratum in [&mut with_leave, &mut without] {
        stratum.sort_by_key(|person| draw::bits(options.seed ^ DEAL_SEED, person.number));
        for (dealt, person) in stratum.iter().enumerate() {
            let role = ROLES.get(dealt / options.folds % ROLES.len()).copied().unwrap_or(Role::Train);
            for &recording in &person.recordings {
                if let Some(seat) = seats.get_mut(recording) {
                    *seat = Seat { person: person.number, fold: dealt % options.folds, role };
                }
            }
        }
    }
    Ok(seats)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::simulate::{SimulateOptions, simulate};

    fn options(folds: usize) -> Options {
        Options { folds, seed: 5, simulated: 0 }
    }

    /// So many visits of each kind: those without a leave are the beginnings of others.
    fn visits(with_leave: usize, without: usize) -> Vec<Visit> {
        let all = simulate(&SimulateOptions { sessions: 200, seed: 2, ..SimulateOptions::default() }).map(Visit::from);
        let is_left = |visit: &Visit| {
            presence(visit).iter().any(|stretch| stretch.ending == Ending::Leave && is_eligible(stretch))
        };
        let left: Vec<Visit> = all.filter(is_left).take(with_leave.max(without)).collect();
        let mut quiet: Vec<Visit> = left.iter().take(without).cloned().collect();
        for visit in &mut quiet {
            visit.signals.truncate(2);
            visit.header.session.push_str(" cut");
        }
        left.into_iter().take(with_leave).chain(quiet).collect()
    }

    #[test]
    fn a_person_sits_in_one_fold_and_every_fold_and_part_has_its_share() {
        let mut visits = visits(34, 50);
        // a session in two pieces, far from each other
        visits[3].header.session = visits[30].header.session.clone();
        let seats = deal(&visits, &options(3)).unwrap();
        assert_eq!(seats[3], seats[30]);
        for fold in 0..3 {
            let leaves = seats[..34].iter().filter(|seat| seat.fold == fold).count();
            assert!((11..=12).contains(&leaves), "{leaves}");
            for role in [Role::Train, Role::Stop, Role::Calibrate] {
                let others = seats[..34].iter().filter(|seat| seat.fold != fold && seat.role == role).count();
                assert!(others >= 2, "{role:?} {others}");
            }
        }
        let quiet = seats[34..].iter().filter(|seat| seat.role == Role::Calibrate).count();
        assert!(quiet >= 10, "{quiet}");
        assert_ne!(deal(&visits, &Options { seed: 6, ..options(3) }).unwrap(), seats);
    }

    #[test]
    fn a_refusal_says_what_is_missing_and_why() {
        let none = deal(&[], &options(3)).unwrap_err().to_string();
        assert!(none.contains("3 folds need 30 with a leave") && none.contains("30 are missing."), "{none}");
        assert!(none.contains("50 visits without a leave") && !none.contains("would do"), "{none}");
        let some = deal(&visits(29, 50), &options(3)).unwrap_err().to_string();
        assert!(some.contains("1 is missing; 2 folds would do.") && !some.contains("presets"), "{some}");
        let quiet = deal(&visits(30, 49), &options(3)).unwrap_err();
        assert_eq!((quiet.with_leave, quiet.without_leave, quiet.recordings), (30, 49, 79));
        assert!(quiet.to_string().ends_with("shares of those: 1 is missing."), "{quiet}");
        assert!(deal(&visits(30, 50), &options(3)).is_ok());
    }
}
