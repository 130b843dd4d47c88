//! [`Divider`]: a stream of recordings, as it comes, into sessions that are texts of their own.

use core::fmt;
use std::collections::VecDeque;

use super::sketch::Sketch;
use super::visit::{Event, EventReader, ReadError, Visit};

/// Longest piece of the stream that is waited for to become a line, bytes; what is longer is none, and the reader says so.
const LONGEST_LINE: usize = 1 << 16;
/// Most of a stream, bytes unpacked: a year of recordings of a small shop, and what a page can well hold.
pub const MOST_BYTES: u64 = 256 << 20;
/// Sessions of a stream, at most.
pub const MOST_SESSIONS: usize = 20_000;

/// One session of the stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its lines as they stood in the stream, those set aside or passed over left out.
    pub text: String,
    /// What it is.
    pub sketch: Sketch,
}

/// Why a stream was not read to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum DivideError {
    /// It is of another kind, or one session of it is too long.
    Read(ReadError),
    /// No session in it, and what is wrong with its first bad line.
    NoSession(Option<ReadError>),
    /// More than [`MOST_BYTES`].
    Bytes,
    /// More than [`MOST_SESSIONS`].
    Sessions,
}

impl fmt::Display for DivideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DivideError::Read(error) => error.fmt(f),
            DivideError::NoSession(None) => {
                f.write_str("no session in it: a recording begins with a line that has \"session\"")
            }
            DivideError::NoSession(Some(first)) => write!(f, "no session in it; {first}"),
            DivideError::Bytes => write!(f, "more than {} MiB of recordings in one file: divide it", MOST_BYTES >> 20),
            DivideError::Sessions => write!(f, "more than {MOST_SESSIONS} sessions in one file: divide it"),
        }
    }
}

impl core::error::Error for DivideError {}

impl From<ReadError> for DivideError {
    fn from(error: ReadError) -> DivideError {
        DivideError::Read(error)
    }
}

/// Divides a stream that is pushed to it; holds no more of it than the session that goes on.
#[derive(Debug)]
pub struct Divider {
    reader: EventReader<VecDeque<u8>>,
    /// The piece of a line at the end of what was pushed.
    rest: Vec<u8>,
    open: Option<(String, Visit)>,
    bytes: u64,
    sessions: usize,
}

impl Default for Divider {
    fn default() -> Divider {
        Divider::new()
    }
}

impl Divider {
    /// For a stream that begins. Bad lines of it are set aside, not so a stream that is something else.
    #[must_use]
    pub fn new() -> Divider {
        let reader = EventReader::keep_going(VecDeque::new());
        Divider { reader, rest: vec![], open: None, bytes: 0, sessions: 0 }
    }

    /// Takes in what comes next, and returns the sessions that ended in it.
    ///
    /// # Errors
    /// When the stream is no recording, or too much of one.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Part>, DivideError> {
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(DivideError::Bytes);
        }
        let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |last| last + 1);
        let (lines, rest) = bytes.split_at(whole);
        if whole > 0 {
            self.reader.input_mut().extend(self.rest.drain(..));
            self.reader.input_mut().extend(lines);
        }
        self.rest.extend(rest);
        if self.rest.len() >= LONGEST_LINE {
            self.reader.input_mut().extend(self.rest.drain(..));
        }
        self.read()
    }

    /// The stream is over: returns the session that was still going on.
    ///
    /// # Errors
    /// When there was no session in the stream, beside those of [`Divider::push`].
    pub fn finish(&mut self) -> Result<Vec<Part>, DivideError> {
        self.reader.input_mut().extend(self.rest.drain(..));
        let mut parts = self.read()?;
        parts.extend(self.close());
        if self.sessions == 0 {
            return Err(DivideError::NoSession(
                self.reader.take_aside().and_then(|aside| aside.some.into_iter().next()),
            ));
        }
        Ok(parts)
    }

    /// What was set aside so far: a sentence each for the first lines, and one for how many more there are.
    #[must_use]
    pub fn aside(&self) -> Vec<String> {
        let mut said = vec![];
        if let Some(aside) = self.reader.aside() {
            said.extend(aside.some.iter().map(ReadError::to_string));
            let more = aside.lines - aside.some.len() as u64;
            if more > 0 {
                said.push(format!("{more} more bad lines"));
            }
        }
        let unknown = self.reader.unknown();
        if unknown > 0 {
            said.push(format!("{unknown} signals of kinds this version does not know"));
        }
        said
    }

    fn read(&mut self) -> Result<Vec<Part>, DivideError> {
        let mut parts = vec![];
        while let Some(event) = self.reader.next_event()? {
            let line = String::from_utf8_lossy(self.reader.text()).into_owned();
            match event {
                Event::Begin(header) => {
                    parts.extend(self.close());
                    if self.sessions == MOST_SESSIONS {
                        return Err(DivideError::Sessions);
                    }
                    self.open = Some((line + "\n", Visit { header, signals: vec![] }));
                    self.sessions += 1;
                }
                Event::Signal { at, signal } => {
                    let Some((text, visit)) = &mut self.open else { continue };
                    visit.add(at, signal, self.reader.line())?;
                    text.push_str(&line);
                    text.push('\n');
                }
            }
        }
        Ok(parts)
    }

    fn close(&mut self) -> Option<Part> {
        self.open.take().map(|(text, visit)| Part { text, sketch: Sketch::of(&visit) })
    }
}
