//! [`Visit`]: one recorded or simulated session as a whole, and reading many of them from a stream.

use core::fmt;
use std::io::{self, BufRead, Read};

use crate::observer::Observer;
use crate::recording::{Header, Line, LineError, read_line, write_header, write_signal};
use crate::signal::Signal;
use crate::window::SessionStart;

/// Longest line of a recording, bytes; a signal takes a hundred.
const MAX_LINE: u64 = 1 << 16;
/// Most signals of one session that is held in memory as a whole: a day of a 60 Hz mouse that never rests.
const MAX_SIGNALS: usize = 5_000_000;

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

/// What is wrong with a recording.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The stream could not be read.
    Io(io::Error),
    /// A line is not a line of a recording.
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        error: LineError,
    },
    /// A line is not what may come there.
    Order {
        /// Its number, from 1.
        line: u64,
        /// What is wrong and how to mend it.
        what: &'static str,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReadError::Io(error) => write!(f, "{error}"),
            ReadError::Line { line, error } => write!(f, "line {line}: {error}"),
            ReadError::Order { line, what } => write!(f, "line {line}: {what}"),
        }
    }
}

impl core::error::Error for ReadError {}

/// One line of a stream of recordings, checked for its order.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A session begins; the one before it is over.
    Begin(Header),
    /// A signal of the session that began last.
    Signal {
        /// The stream's time, ms.
        at: u32,
        /// The signal.
        signal: Signal,
    },
}

/// Reads recordings line by line; memory does not grow with their length.
#[derive(Debug)]
pub struct EventReader<R> {
    input: R,
    line: String,
    number: u64,
    last: Option<u32>,
    unknown: u64,
}

impl<R: BufRead> EventReader<R> {
    /// Reads from here.
    pub fn new(input: R) -> EventReader<R> {
        EventReader { input, line: String::new(), number: 0, last: None, unknown: 0 }
    }

    /// Signals passed over so far because their kind is not known.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    /// Number of the line read last, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.number
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// When the stream can't be read, or a line is malformed, too long, or earlier than the one before it. What follows an
    /// error is not read.
    pub fn next_event(&mut self) -> Result<Option<Event>, ReadError> {
        loop {
            self.line.clear();
            let read = (&mut self.input).take(MAX_LINE).read_line(&mut self.line).map_err(ReadError::Io)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let line = self.number;
            let order = |what| ReadError::Order { line, what };
            if read as u64 == MAX_LINE {
                return Err(order("longer than 65,536 bytes; one JSON object a line is expected"));
            }
            let text = self.line.trim();
            if text.is_empty() {
                continue;
            }
            match read_line(text).map_err(|error| ReadError::Line { line, error })? {
                Line::Header(header) => {
                    self.last = Some(0);
                    return Ok(Some(Event::Begin(header)));
                }
                Line::Signal { at, signal } => {
                    let last =
                        self.last.ok_or(order("a signal before any session; put the line with \"session\" first"))?;
                    if at < last {
                        return Err(order("\"t\" is earlier than on the line before; sort the session's lines by it"));
                    }
                    self.last = Some(at);
                    return Ok(Some(Event::Signal { at, signal }));
                }
                Line::Unknown => self.unknown += 1,
            }
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
        VisitReader { events: EventReader::new(input), next: None, failed: false }
    }

    /// Signals passed over so far because their kind is not known.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.events.unknown()
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
                Event::Signal { at, signal } if visit.signals.len() < MAX_SIGNALS => visit.signals.push((at, signal)),
                Event::Signal { .. } => {
                    let what = "more than 5,000,000 signals in one session; a session ends after 30 minutes of silence";
                    return Err(ReadError::Order { line: self.events.line(), what });
                }
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
