//! What `falter features` does with lines that are none: counted, and kept in a file of their own.
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use command::{Folder, falter, stderr, stdout};

const HEADER: &str = r#"{"session":"a","format":1,"w":1000,"h":600,"docH":2000,"end":2000}"#;
const MOVE: &str = r#"{"t":100,"s":"move","x":5,"y":5}"#;

fn lines(path: &str) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn bad_lines_are_set_aside_with_place_reason_and_text() {
    let folder = Folder::new("aside");
    let long = format!("{{\"t\":1,\"s\":\"{}\"}}", "x".repeat(70_000));
    let first = folder.write("first.ndjson", format!("{HEADER}\n{MOVE}\n{{\"t\":200,\"s\":\"move\"\n{long}\n{MOVE}\n"));
    // a header that is none, and its signal, which has no session then
    let mut bytes = b"{\"session\":\"b\",\"w\":\"wide\"}\n{\"t\":1,\"s\":\"focus\"}\n\xff\xfe\n".to_vec();
    bytes.extend_from_slice(format!("{HEADER}\n{{\"t\":1,\"s\":\"yawn\"}}\n").as_bytes());
    let second = folder.write("second.ndjson", bytes);
    let (rows, aside) = (folder.path("rows.csv"), folder.path("aside.ndjson"));
    let counts =
        stdout(&falter(&["features", &first, &second, "--keep-going", "--set-aside", &aside, "--json", "-o", &rows]));
    let counts: Value = serde_json::from_str(&counts).unwrap();
    let written = fs::read_to_string(&rows).unwrap().lines().count() - 1;
    assert_eq!(counts, json!({ "visits": 2, "rows": written, "bad_lines": 5, "unknown_signals": 1 }));
    let found = lines(&aside);
    let place = |line: &Value| {
        (Path::new(line["file"].as_str().unwrap()).file_name().unwrap().to_owned(), line["line"].clone())
    };
    let wanted =
        [("first.ndjson", 3), ("first.ndjson", 4), ("second.ndjson", 1), ("second.ndjson", 2), ("second.ndjson", 3)];
    assert_eq!(found.iter().map(place).collect::<Vec<_>>(), wanted.map(|(name, line)| (name.into(), json!(line))));
    assert_eq!(found[0]["text"], "{\"t\":200,\"s\":\"move\"");
    assert_eq!(found[1]["text"].as_str().unwrap().len(), 65_536);
    assert!(found[1]["reason"].as_str().unwrap().starts_with("longer than"));
    assert!(found[3]["reason"].as_str().unwrap().contains("before any session"));
    assert_eq!(found[4]["reason"], "not UTF-8");
}

#[test]
fn rows_do_not_depend_on_what_is_set_aside() {
    let folder = Folder::new("aside-rows");
    let good = stdout(&falter(&["simulate", "--sessions", "3", "--seed", "5"]));
    let mut spoilt: Vec<&str> = good.lines().collect();
    let middle = spoilt.len() / 2;
    spoilt.insert(middle, "{\"t\":");
    spoilt.insert(1, "nothing of the kind");
    let (good, bad) = (folder.write("good.ndjson", &good), folder.write("bad.ndjson", spoilt.join("\n")));
    let (a, b) = (folder.path("a.parquet"), folder.path("b.parquet"));
    let aside = folder.path("aside.ndjson");
    stdout(&falter(&["features", &good, "-o", &a]));
    stdout(&falter(&["features", &bad, "--keep-going", "--set-aside", &aside, "-o", &b]));
    assert_eq!(fs::read(a).unwrap(), fs::read(b).unwrap());
    assert_eq!(lines(&aside).len(), 2);
}

#[test]
fn nothing_to_read_is_an_error_unless_it_keeps_going() {
    let folder = Folder::new("aside-empty");
    let (empty, rows) = (folder.write("empty.ndjson", ""), folder.path("rows.parquet"));
    let output = falter(&["features", &empty, "-o", &rows]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no session in it") && !Path::new(&rows).exists());
    let counts = stdout(&falter(&["features", &empty, "--keep-going", "--json", "-o", &rows]));
    let counts: Value = serde_json::from_str(&counts).unwrap();
    assert_eq!(counts, json!({ "visits": 0, "rows": 0, "bad_lines": 0, "unknown_signals": 0 }));
    assert!(Path::new(&rows).exists());
}

#[test]
fn counts_stand_beside_rows_on_standard_output() {
    let folder = Folder::new("aside-counts");
    let file = folder.write("visit.ndjson", format!("{HEADER}\n{MOVE}\n"));
    let output = falter(&["features", &file, "--json"]);
    let rows = stdout(&output).lines().count() - 1;
    let counts: Value = serde_json::from_str(&stderr(&output)).unwrap();
    assert_eq!(counts["rows"], rows);
}

#[test]
fn no_file_is_left_of_a_reading_that_failed() {
    let folder = Folder::new("aside-failed");
    // the first bytes are those of gzip: another kind of file, which is no bad line
    let (zipped, aside) = (folder.write("visit.ndjson", b"\x1f\x8b\x08\x00"), folder.path("aside.ndjson"));
    let output = falter(&["features", &zipped, "--keep-going", "--set-aside", &aside, "-o", &folder.path("rows.csv")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!Path::new(&aside).exists() && !Path::new(&folder.path("rows.csv")).exists());
    // bad lines are only set aside where they don't end the reading
    assert_eq!(falter(&["features", &zipped, "--set-aside", &aside]).status.code(), Some(2));
}
