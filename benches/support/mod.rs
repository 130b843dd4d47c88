//! The recorded sessions of tests/sessions/.

use std::error::Error;
use std::fs;

use falter::recording::{Line, read_line};
use falter::signal::Signal;
use falter::window::SessionStart;

/// One session: how it began, and its signals with the stream's time of each, ms.
pub(crate) struct Session {
    pub(crate) start: SessionStart,
    pub(crate) signals: Vec<(u32, Signal)>,
}

/// All of them, in the order of their files' names.
pub(crate) fn read_sessions() -> Result<Vec<Session>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        fs::read_dir("tests/sessions")?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let mut sessions: Vec<Session> = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "ndjson")) {
        for line in fs::read_to_string(path)?.lines() {
            match read_line(line)? {
                Line::Header(header) => {
                    sessions.push(Session { start: SessionStart::from(&header), signals: Vec::new() })
                }
                Line::Signal { at, signal } => {
                    sessions.last_mut().ok_or("a signal before its session")?.signals.push((at, signal));
                }
                Line::Unknown => {}
            }
        }
    }
    Ok(sessions)
}
