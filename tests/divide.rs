//! Files into sessions, however they come in.
#![cfg(feature = "train")]

mod support;

use falter::train::Visit;
use falter::train::divide::{DivideError, Divider, MOST_BYTES, MOST_SESSIONS, Part};
use falter::train::kept::visit;
use falter::train::simulate::{SimulateOptions, simulate};
use falter::train::sketch::Sketch;
use support::Rng;

fn texts(sessions: u32) -> Vec<String> {
    let options = SimulateOptions { sessions, seed: 6, ..SimulateOptions::default() };
    let text = |found| {
        let mut text = String::new();
        Visit::from(found).write(&mut text);
        text
    };
    simulate(&options).map(text).collect()
}

/// Pushes a file in pieces of up to `most` bytes.
fn divide(file: &[u8], most: u32) -> Result<(Vec<Part>, Vec<String>), DivideError> {
    let (mut divider, mut parts, mut rng) = (Divider::new(), vec![], Rng(most.into()));
    let mut rest = file;
    while !rest.is_empty() {
        let (piece, later) = rest.split_at(1 + rng.below(most.min(rest.len() as u32)) as usize);
        rest = later;
        parts.extend(divider.push(piece)?);
    }
    parts.extend(divider.finish()?);
    Ok((parts, divider.aside()))
}

fn refusal(file: &[u8]) -> String {
    divide(file, 1_000).unwrap_err().to_string()
}

const HEADER: &str = r#"{"session":"a","format":1,"w":1280,"h":720,"docH":2400,"end":3000,"shop":"kept as it stood"}"#;

#[test]
fn a_file_is_divided_the_same_however_it_is_cut() {
    let texts = texts(5);
    let file = texts.concat();
    for most in [7, 100, 5_000, u32::MAX] {
        let (parts, aside) = divide(file.as_bytes(), most).unwrap();
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>(), texts);
        for part in &parts {
            assert_eq!(part.sketch, Sketch::of(&visit(&part.text).unwrap()));
        }
        assert!(aside.is_empty(), "{aside:?}");
    }
}

#[test]
fn lines_stay_as_they_stood_and_the_last_needs_no_end() {
    let file = format!(
        "\u{feff}{HEADER}\r\n{{ \"t\":5, \"s\":\"focus\", \"more\":1 }}\n\n{HEADER}\n{{\"t\":9,\"s\":\"focus\"}}"
    );
    let (parts, aside) = divide(file.as_bytes(), 3).unwrap();
    let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    let first = format!("{HEADER}\n{{ \"t\":5, \"s\":\"focus\", \"more\":1 }}\n");
    assert_eq!(texts, [first, format!("{HEADER}\n{{\"t\":9,\"s\":\"focus\"}}\n")]);
    assert_eq!((parts[0].sketch.signals, aside.len()), (1, 0));
}

#[test]
fn bad_lines_are_set_aside_and_told() {
    let signal = |t: u32| format!("{{\"t\":{t},\"s\":\"focus\"}}\n");
    let mut file = format!("{HEADER}\n{}oops\n{}{}", signal(10), signal(5), signal(20));
    // a session that did not open takes its signals with it
    file += &format!("{{\"session\":1}}\n{}{HEADER}\n{}{{\"t\":40,\"s\":\"sneeze\"}}\n", signal(30), signal(30));
    let (parts, aside) = divide(file.as_bytes(), 40).unwrap();
    assert_eq!(parts.iter().map(|part| part.sketch.signals).collect::<Vec<_>>(), [2, 1]);
    let [first, second, third, fourth, unknown] = &aside[..] else { panic!("{aside:?}") };
    assert_eq!(first, "line 3: expected { at byte 0");
    assert!(second.starts_with("line 4: \"t\" is earlier"), "{second}");
    assert!(third.starts_with("line 6: "), "{third}");
    assert!(fourth.starts_with("line 7: a signal before any session"), "{fourth}");
    assert_eq!(unknown, "1 signals of kinds this version does not know");

    let many = format!("{HEADER}\n{}", "oops\n".repeat(50));
    let (_, aside) = divide(many.as_bytes(), 1_000).unwrap();
    assert_eq!((aside.len(), aside[20].as_str()), (21, "30 more bad lines"));
}

#[test]
fn what_is_no_recording_is_refused_with_what_it_is() {
    assert!(refusal(b"").starts_with("no session in it: a recording begins with"));
    assert!(refusal(b"{\"t\":1,\"s\":\"focus\"}").starts_with("no session in it; line 1: a signal before any session"));
    assert_eq!(refusal(&[0x89, b'P', b'N', b'G', 13, 10]), "no session in it; line 1: not UTF-8");
    assert!(refusal(b"PK\x03\x04 and so on").starts_with("line 1: a zip archive"));
    assert!(refusal(b"PAR1").contains("Parquet"));
    // one endless line
    assert!(refusal(&vec![b'x'; 1 << 20]).contains("longer than 65,536 bytes"));
}

#[test]
fn too_much_is_refused_before_it_is_held() {
    let mut divider = Divider::new();
    let part = (" ".repeat((1 << 15) - 1) + "\n").repeat(1 << 9).into_bytes();
    let pushed = (0..20).map(|_| divider.push(&part)).find(Result::is_err);
    let error = pushed.unwrap().unwrap_err();
    assert_eq!(error.to_string(), "more than 256 MiB of recordings in one file: divide it");
    assert_eq!(MOST_BYTES, 256 << 20);

    let headers = format!("{HEADER}\n").repeat(MOST_SESSIONS + 1);
    let error = divide(headers.as_bytes(), 1 << 20).unwrap_err();
    assert_eq!(error.to_string(), "more than 20000 sessions in one file: divide it");
}
