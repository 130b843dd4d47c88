//! Files of recordings, as they come.

use std::io::BufReader;

use falter::recording::{Header, Line, PLACES, read_line};
use falter::train::Visit;
use falter::train::visit::{Event, EventReader, VisitReader};

use super::memory::held;

/// What reading may hold beside the longest line: the line's own room, which grows by doubling, and an error.
const BESIDE: usize = 1 << 10;

/// Bytes as a file: what is read of it does not depend on how it comes, and what was read is written and read again the same.
pub(crate) fn recording(bytes: &[u8]) {
    let whole = events(bytes, bytes.len().max(1), false);
    let aside = events(bytes, bytes.len().max(1), true);
    for chunk in [1, 7] {
        assert_eq!(events(bytes, chunk, false), whole, "in pieces of {chunk}");
        assert_eq!(events(bytes, chunk, true), aside, "in pieces of {chunk}, with bad lines set aside");
    }
    lines(bytes);
    again(bytes);
}

/// An event to the bit, NaN included: a header, or times, kind and numbers.
#[derive(Debug, PartialEq)]
enum Read {
    Begin(Header),
    Signal(u32, u32, u8, [u64; PLACES]),
}

/// All that is read, what was set aside, and the error that ended it.
fn events(bytes: &[u8], chunk: usize, keep_going: bool) -> (Vec<Read>, Vec<String>, Option<String>) {
    let input = BufReader::with_capacity(chunk, bytes);
    let mut reader = if keep_going { EventReader::keep_going(input) } else { EventReader::new(input) };
    let longest = bytes.split(|&byte| byte == b'\n').map(<[u8]>::len).max().unwrap_or(0);
    let lines = bytes.split(|&byte| byte == b'\n').count() as u64;
    let mut events = vec![];
    let mut last = None;
    let error = loop {
        let (event, most) = held(|| reader.next_event());
        // a name of a session, and of its source, are copied out of their line
        let least = BESIDE + 4 * longest + if keep_going { 32 * 128 } else { 0 };
        assert!(most <= least, "{most} bytes held for an event, and the longest line has {longest}");
        match event {
            Ok(Some(event)) => {
                events.push(match event {
                    Event::Begin(header) => {
                        last = Some(0);
                        Read::Begin(header)
                    }
                    Event::Signal { at, signal } => {
                        assert!(last.is_some_and(|last| last <= at), "time never falls, and begins with a session");
                        assert!(signal.t <= at && signal.kind.is_finite(), "{signal:?}");
                        last = Some(at);
                        let numbers = signal.kind.to_numbers().map(f64::to_bits);
                        Read::Signal(at, signal.t, signal.kind.kind() as u8, numbers)
                    }
                });
            }
            Ok(None) => break None,
            Err(error) => break Some(error.to_string()),
        }
    };
    assert!(reader.line() <= lines);
    let aside: Vec<String> = reader.aside().iter().flat_map(|aside| &aside.some).map(ToString::to_string).collect();
    for error in error.iter().chain(&aside) {
        let number =
            error.strip_prefix("line ").and_then(|rest| rest.split(':').next()).and_then(|n| n.parse::<u64>().ok());
        assert!(number.is_some_and(|number| (1..=lines).contains(&number)), "{error:?} names no line of {lines}");
    }
    (events, aside, error)
}

/// Each line alone: what is a line to us is an object to every reader of JSON.
fn lines(bytes: &[u8]) {
    for line in bytes.split(|&byte| byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok()) {
        let (read, most) = held(|| read_line(line));
        assert!(most <= 4 * line.len() + 64, "{most} bytes held for a line of {}", line.len());
        match read {
            // half of a pair of surrogates is a sign to us and none to serde_json, as is a fifth digit past the exponent
            Ok(read) if !line.contains("\\u") && !line.contains(['e', 'E']) => {
                let json = serde_json::from_str::<serde_json::Value>(line);
                assert!(json.is_ok_and(|json| json.is_object()), "{line:?} is {read:?} to us alone");
            }
            Ok(_) => {}
            Err(error) => {
                assert!(error.offset <= line.len(), "{error}");
                assert!(
                    error.to_string().contains(if error.key.is_empty() { "at byte" } else { error.key }),
                    "{error}"
                );
            }
        }
    }
}

/// What was read, written, is read again the same, and written the same.
fn again(bytes: &[u8]) {
    for visit in VisitReader::new(bytes) {
        let Ok(visit) = visit else { break };
        let mut text = String::new();
        visit.write(&mut text);
        let read: Vec<Visit> = VisitReader::new(text.as_bytes()).map(|visit| visit.expect("what we wrote")).collect();
        assert_eq!(format!("{read:?}"), format!("[{visit:?}]"), "{text}");
        for line in text.lines() {
            assert!(!matches!(read_line(line), Ok(Line::Unknown) | Err(_)), "{line}");
            assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "another reader sees the same: {line}");
        }
    }
}
