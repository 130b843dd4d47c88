//! Recordings as a stream of events, line by line.

use core::fmt;
use std::io::{self, BufRead, Read};
use std::str;

use crate::recording::{Header, Line, LineError, read_line};
use crate::signal::Signal;

/// Longest line of a recording, bytes; a signal takes a hundred.
const MAX_LINE: u64 = 1 << 16;
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

impl ReadError {
    /// The number of the line it is about, from 1; `None` where the stream itself failed.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        match *self {
            ReadError::Io(_) => None,
            ReadError::Line { line, .. } | ReadError::Order { line, .. } => Some(line),
        }
    }

    /// What is wrong, without the line's number.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            ReadError::Io(error) => error.to_string(),
            ReadError::Line { error, .. } => error.message(),
            ReadError::Order { what, .. } => (*what).to_owned(),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line() {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.reason())
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

/// What files of other kinds begin with, and what to do about them.
const OTHER_KINDS: [(&[u8], &str); 7] = [
    (b"\x1f\x8b", "compressed with gzip; unpack it on the way: gunzip -c FILE | falter … -"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd; unpack it on the way: zstd -dc FILE | falter … -"),
    (b"\xfd7zXZ", "compressed with xz; unpack it on the way: xz -dc FILE | falter … -"),
    (b"PK\x03\x04", "a zip archive; unpack it on the way: unzip -p FILE | falter … -"),
    (b"PAR1", "Parquet; rows of features are no recording"),
    (b"\xff\xfe", "UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE | falter … -"),
    (b"\xfe\xff", "UTF-16; convert it: iconv -f UTF-16 -t UTF-8 FILE | falter … -"),
];
/// The mark that some editors put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What is wrong is told of so many lines that were set aside; the others are counted.
const ASIDE_TOLD: usize = 20;

/// Lines that were set aside.
#[derive(Debug, Default)]
pub struct Aside {
    /// How many.
    pub lines: u64,
    /// What was wrong with the first of them; at most twenty.
    pub some: Vec<ReadError>,
}

/// Takes a line that is set aside: what is wrong with it, and its bytes, of which only the first 65,536 were kept.
type Keeper = dyn FnMut(&ReadError, &[u8]) -> io::Result<()>;

/// Reads recordings line by line; memory does not grow with their length.
pub struct EventReader<R> {
    input: R,
    line: Vec<u8>,
    number: u64,
    last: Option<u32>,
    unknown: u64,
    aside: Option<Aside>,
    keeper: Option<Box<Keeper>>,
}

impl<R> fmt::Debug for EventReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReader").field("number", &self.number).field("aside", &self.aside).finish_non_exhaustive()
    }
}

impl<R: BufRead> EventReader<R> {
    /// Reads from here. The first bad line is an error.
    pub fn new(input: R) -> EventReader<R> {
        EventReader { input, line: vec![], number: 0, last: None, unknown: 0, aside: None, keeper: None }
    }

    /// Reads from here. Bad lines are set aside and counted; after a bad line that may have opened a session, so are its
    /// signals.
    pub fn keep_going(input: R) -> EventReader<R> {
        EventReader { aside: Some(Aside::default()), ..EventReader::new(input) }
    }

    /// Hands every line that is set aside to `keeper` too. An error of its own ends the reading.
    #[must_use]
    pub fn keep_aside(mut self, keeper: impl FnMut(&ReadError, &[u8]) -> io::Result<()> + 'static) -> EventReader<R> {
        self.keeper = Some(Box::new(keeper));
        self
    }

    /// Signals passed over so far because their kind is not known.
    #[must_use]
    pub fn unknown(&self) -> u64 {
        self.unknown
    }

    /// What was set aside so far.
    #[must_use]
    pub fn aside(&self) -> Option<&Aside> {
        self.aside.as_ref().filter(|aside| aside.lines > 0)
    }

    /// The same, taken out: nothing was set aside any more.
    pub(in crate::train) fn take_aside(&mut self) -> Option<Aside> {
        self.aside.as_mut().map(core::mem::take)
    }

    /// What it reads from, for those who fill it bit by bit: after its end it may go on.
    pub(in crate::train) fn input_mut(&mut self) -> &mut R {
        &mut self.input
    }

    /// The line read last, without blanks around it.
    pub(in crate::train) fn text(&self) -> &[u8] {
        self.line.trim_ascii()
    }

    /// Number of the line read last, from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.number
    }

    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// When the stream can't be read or is of another kind, or a line is malformed, too long, or earlier than the one before
    /// it. What follows an error is not read.
    pub fn next_event(&mut self) -> Result<Option<Event>, ReadError> {
        while self.read_line()? {
            match (self.event(), &mut self.aside) {
                (Ok(None), _) => {}
                (Err(error), Some(aside)) => {
                    aside.lines += 1;
                    if let Some(keeper) = &mut self.keeper {
                        keeper(&error, self.line.trim_ascii_end()).map_err(ReadError::Io)?;
                    }
                    if aside.some.len() < ASIDE_TOLD {
                        aside.some.push(error);
                    }
                    self.skip_line()?;
                }
                (event, _) => return event,
            }
        }
        Ok(None)
    }

    /// Reads a line, or as much of it as one may be long; `false` at the end.
    fn read_line(&mut self) -> Result<bool, ReadError> {
        self.line.clear();
        (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut self.line).map_err(ReadError::Io)?;
        if self.line.is_empty() {
            return Ok(false);
        }
        self.number += 1;
        if self.number == 1 {
            if let Some((_, what)) = OTHER_KINDS.iter().find(|(start, _)| self.line.starts_with(start)) {
                return Err(ReadError::Order { line: 1, what });
            }
            if self.line.starts_with(BYTE_ORDER_MARK) {
                self.line.drain(..BYTE_ORDER_MARK.len());
            }
        }
        Ok(true)
    }

    /// Passes over what is left of a bad line, and of a session if the line may have opened one.
    fn skip_line(&mut self) -> Result<(), ReadError> {
        if self.line.windows(9).any(|part| part == b"\"session\"") {
            self.last = None;
        }
        while self.line.last() != Some(&b'\n') && !self.line.is_empty() {
            self.line.clear();
            (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut self.line).map_err(ReadError::Io)?;
        }
        Ok(())
    }

    /// The event of the line; `None` where it has none.
    fn event(&mut self) -> Result<Option<Event>, ReadError> {
        let line = self.number;
        let order = |what| ReadError::Order { line, what };
        if self.line.len() as u64 == MAX_LINE {
            return Err(order("longer than 65,536 bytes; one JSON object a line is expected"));
        }
        let text = str::from_utf8(&self.line).map_err(|_| order("not UTF-8"))?.trim();
        if text.is_empty() {
            return Ok(None);
        }
        match read_line(text).map_err(|error| ReadError::Line { line, error })? {
            Line::Header(header) => {
                self.last = Some(0);
                Ok(Some(Event::Begin(header)))
            }
            Line::Signal { at, signal } => {
                let last =
                    self.last.ok_or(order("a signal before any session; put the line with \"session\" first"))?;
                if at < last {
                    return Err(order("\"t\" is earlier than on the line before; sort the session's lines by it"));
                }
                self.last = Some(at);
                Ok(Some(Event::Signal { at, signal }))
            }
            Line::Unknown => {
                self.unknown += 1;
                Ok(None)
            }
        }
    }
}
