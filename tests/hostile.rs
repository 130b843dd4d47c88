//! Files that somebody made to do harm: what the command line does with them (SECURITY.md).
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};

use command::{Folder, falter, stderr, stdout};
use serde_json::Value;

/// A session by this id and of this source, both as JSON texts, which ends in a leave.
fn visit(id: &str) -> String {
    let id = Value::from(id);
    format!(
        "{{\"session\":{id},\"format\":1,\"source\":{id},\"w\":1000,\"h\":600,\"docH\":2000,\"end\":9000}}\n{}\n{}\n",
        r#"{"t":100,"s":"move","x":5,"y":5}"#, r#"{"t":6000,"s":"hidden"}"#
    )
}

const MARKUP: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";

#[test]
fn markup_in_an_id_or_a_file_name_is_no_markup_in_the_report() {
    let folder = Folder::new("hostile-report");
    let file = folder.write("a<script>b.ndjson", visit(MARKUP));
    let page = folder.path("report.html");
    stdout(&falter(&["evaluate", &file, "--html", &page]));
    let page = fs::read_to_string(page).unwrap();
    for word in ["<script", "<img"] {
        assert!(!page.contains(word), "{word}");
    }
    assert!(page.contains("a&lt;script&gt;b.ndjson"));
    for line in stdout(&falter(&["replay", &file])).lines() {
        assert_eq!(serde_json::from_str::<Value>(line).unwrap()["session"], MARKUP);
    }
}

#[test]
fn an_id_is_no_formula_in_a_table() {
    let folder = Folder::new("hostile-table");
    for (id, written) in [
        ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\","),
        ("+1", "'+1,"),
        ("-1", "'-1,"),
        ("@SUM(A1)", "'@SUM(A1),"),
        ("\t=1", "'\t=1,"),
        ("a=1", "a=1,"),
    ] {
        let file = folder.write("visit.ndjson", visit(id));
        let rows = folder.path("rows.csv");
        stdout(&falter(&["features", &file, "-o", &rows]));
        let text = fs::read_to_string(&rows).unwrap();
        assert!(text.lines().skip(1).all(|line| line.starts_with(written)), "{id}: {}", text.lines().nth(1).unwrap());
    }
}

#[test]
fn a_model_file_of_any_size_is_refused_before_it_is_read() {
    let folder = Folder::new("hostile-model");
    let path = folder.path("huge.falter");
    // takes no room on the disk
    File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let output = falter(&["inspect", &path]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("a model has at most"), "{}", stderr(&output));
}

/// 64 MiB of one line, in a process that may have half a gigabyte.
#[cfg(target_os = "linux")]
#[test]
fn a_line_without_end_takes_no_memory() {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -v 524288 && exec \"$0\" replay -", env!("CARGO_BIN_EXE_falter")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let feed = std::thread::spawn(move || {
        let part = vec![b'a'; 1 << 20];
        // it may have refused it by then
        for _ in 0..64 {
            if input.write_all(&part).is_err() {
                break;
            }
        }
    });
    let output = child.wait_with_output().unwrap();
    feed.join().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("line 1"), "{}", stderr(&output));
}
