//! People to learn from or be judged on: simulated or recorded, worked through in order on several threads.

use super::visit::{ReadError, Visit};
use super::{draw, simulate};
use crate::train::simulate::SimulateOptions;

/// People a thread works through at a time, and their recorded signals, after which no more people are added.
const BLOCK: usize = 32;
const BLOCK_SIGNALS: usize = 1_000_000;

/// One person; a simulated one is made only where the visit is needed, so that threads share that work too.
#[derive(Debug, Clone, PartialEq)]
pub enum Person {
    /// The visit of this number of a simulation.
    Simulated {
        /// The simulation.
        options: SimulateOptions,
        /// The visit's number.
        number: u32,
    },
    /// A recorded visit.
    Recorded(Visit),
}

impl Person {
    /// The visit.
    #[must_use]
    pub fn visit(self) -> Visit {
        match self {
            Person::Simulated { options, number } => simulate::visit(&options, number).into(),
            Person::Recorded(visit) => visit,
        }
    }

    /// Signals that are in memory.
    fn signals(&self) -> usize {
        match self {
            Person::Simulated { .. } => 0,
            Person::Recorded(visit) => visit.signals.len(),
        }
    }
}

impl From<simulate::Visit> for Visit {
    fn from(simulate::Visit { header, signals }: simulate::Visit) -> Visit {
        Visit { header, signals: signals.into_iter().map(|signal| (signal.t, signal)).collect() }
    }
}

/// Everybody of a simulation.
pub fn simulated(options: &SimulateOptions) -> impl Iterator<Item = Result<Person, ReadError>> + use<> {
    let options = options.clone();
    (0..options.sessions).map(move |number| Ok(Person::Simulated { options: options.clone(), number }))
}

/// What a person is for. Nobody has two of these parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Trees and reasons are trained on them.
    Train,
    /// The number of trees is chosen on them.
    Stop,
    /// Calibration and presets are made on them.
    Calibrate,
}

/// The role of the person of this number: 70, 10 and 20 of a hundred.
#[must_use]
pub fn role(seed: u64, number: u64) -> Role {
    match draw::unit(seed ^ 0x526f_6c65, number) {
        u if u < 0.7 => Role::Train,
        u if u < 0.8 => Role::Stop,
        _ => Role::Calibrate,
    }
}

/// Does `work` for each person on `threads` threads, and hands the results to `take` in the people's order. Only a block of
/// people is in memory at a time.
///
/// # Errors
/// The first error among the people; those before it were handed over.
pub fn work_through<T: Send, E>(
    people: impl Iterator<Item = Result<Person, E>>,
    threads: usize,
    work: impl Fn(u64, Visit) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<(), E> {
    let mut numbered = (0u64..).zip(people);
    let mut failed = None;
    while failed.is_none() {
        let mut blocks: Vec<Vec<(u64, Person)>> = vec![];
        for _ in 0..threads.max(1) {
            let (mut block, mut signals) = (Vec::with_capacity(BLOCK), 0);
            while block.len() < BLOCK && signals < BLOCK_SIGNALS {
                let Some((number, person)) = numbered.next() else { break };
                match person {
                    Ok(person) => {
                        signals += person.signals();
                        block.push((number, person));
                    }
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            blocks.push(block);
            if failed.is_some() {
                break;
            }
        }
        if blocks.iter().all(Vec::is_empty) {
            break;
        }
        let run = |block: Vec<(u64, Person)>| -> Vec<T> {
            block.into_iter().map(|(number, person)| work(number, person.visit())).collect()
        };
        if threads <= 1 {
            blocks.into_iter().flat_map(run).for_each(&mut take);
            continue;
        }
        let done: Vec<Vec<T>> = std::thread::scope(|scope| {
            let running: Vec<_> = blocks.into_iter().map(|block| scope.spawn(|| run(block))).collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        done.into_iter().flatten().for_each(&mut take);
    }
    failed.map_or(Ok(()), Err)
}
