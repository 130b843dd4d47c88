//! [`Visit`]: one recorded or simulated session as a whole, and reading many of them from a stream.

mod events;

pub use events::{Aside, Event, EventReader, ReadError};

use std::io::BufRead;

use crate::observer::Observer;
use crate::recording::{Header, write_header, write_signal};
use crate::signal::Signal;
use crate::window::SessionStart;

/// Most signals of one session that is held in memory as a whole, in 90 MB: over four hours of a 60 Hz mouse that never rests.
const MAX_SIGNALS: usize = 1_000_000;

/// One session.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// What opened it.
    pub header: Header,
    /// Its signals, each after the stream's time at which it came; that time never falls.
    pub signals: Vec<(u32, Signal)>,
}

impl Visit {
    /// Runs the visit as a page would: calls `tick` at every tick due, with the time and the features there.
    pub fn observe(&self, mut tick: impl FnMut(u32, &Observer)) {
        let mut observer = Observer::new(&SessionStart::from(&self.header));
        let mut run = |observer: &mut Observer, until: u32| {
            while let Some(t) = observer.tick(until) {
                tick(t, observer);
            }
        };
        for (at, signal) in &self.signals {
            run(&mut observer, *at);
            // a recording may hold what a live page would have dropped; it is dropped here too
            let _ = observer.push(signal);
        }
        run(&mut observer, self.header.end);
    }

    /// Takes in the signal of this line of a file.
    pub(super) fn add(&mut self, at: u32, signal: Signal, line: u64) -> Result<(), ReadError> {
        if self.signals.len() == MAX_SIGNALS {
            let what = "more than 1,000,000 signals in one session; a session ends after 30 minutes of silence";
            return Err(ReadError::Order { line, what });
        }
        self.signals.push((at, signal));
        Ok(())
    }

    /// Appends the visit's lines.
    pub fn write(&self, out: &mut String) {
        write_header(&self.header, out);
        out.push('\n');
        for (at, signal) in &self.signals {
            write_signal(*at, signal, out);
            out.push('\n');
        }
    }
}

/// Reads whole visits; memory does not grow with their number.
#[derive(Debug)]
pub struct VisitReader<R> {
    events: EventReader<R>,
    next: Option<Header>,
    failed: bool,
}

impl<R: BufRead> VisitReader<R> {
    /// Reads from here.
    pub fn new(input: R) -> VisitReader<R> {
        VisitReader::of(EventReader::new(input))
    }

    /// The visits of these events.
    pub fn of(events: EventReader<R>) -> VisitReader<R> {
        VisitReader { events, next: None, failed: false }
    }

    /// Signals passed over so far because their kind is not known.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.events.unknown()
    }

    /// What the visits are read from: knows what was passed over and set aside.
    pub fn events(&self) -> &EventReader<R> {
        &self.events
    }

    fn read(&mut self) -> Result<Option<Visit>, ReadError> {
        let header = match self.next.take() {
            Some(header) => header,
            None => match self.events.next_event()? {
                Some(Event::Begin(header)) => header,
                Some(Event::Signal { .. }) | None => return Ok(None),
            },
        };
        let mut visit = Visit { header, signals: vec![] };
        while let Some(event) = self.events.next_event()? {
            match event {
                Event::Begin(header) => {
                    self.next = Some(header);
                    break;
                }
                Event::Signal { at, signal } => visit.add(at, signal, self.events.line())?,
            }
        }
        Ok(Some(visit))
    }
}

impl<R: BufRead> Iterator for VisitReader<R> {
    type Item = Result<Visit, ReadError>;

    fn next(&mut self) -> Option<Result<Visit, ReadError>> {
        if self.failed {
            return None;
        }
        let visit = self.read().transpose();
        self.failed = matches!(visit, Some(Err(_)));
        visit
    }
}
