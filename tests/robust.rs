//! Recordings as they come: cut, compressed, mixed up, endless.
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::path::Path;

use command::{Folder, falter, stderr, stdout};

const HEADER: &str = r#"{"session":"a","format":1,"w":1000,"h":600,"docH":2000,"end":9000}"#;

/// The commands that read recordings, but for where they write.
const COMMANDS: [&str; 4] = ["replay", "evaluate", "features", "train"];

fn read(command: &str, file: &str, folder: &Folder) -> std::process::Output {
    let mut args = vec![command, file];
    let out = folder.path("out.falter");
    if command == "train" {
        args.extend(["-o", &out]);
    }
    falter(&args)
}

#[test]
fn what_is_no_recording_is_named_with_its_line_by_every_command() {
    let folder = Folder::new("robust");
    let long = format!("{HEADER}\n{{\"t\":5,\"s\":\"focus\",\"note\":\"{}\"}}\n", "x".repeat(70_000));
    let cases: [(&str, Vec<u8>, &[&str]); 9] = [
        ("a.ndjson.gz", vec![0x1f, 0x8b, 8, 0, b'\n', 0xff], &["line 1", "gunzip"]),
        ("a.zst", vec![0x28, 0xb5, 0x2f, 0xfd, 0, 1], &["line 1", "zstd -dc"]),
        (
            "wide.ndjson",
            "\u{feff}{\"session\"".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            &["UTF-16", "iconv"],
        ),
        ("rows.parquet", b"PAR1\x15\x04".to_vec(), &["line 1", "no recording"]),
        ("latin.ndjson", [HEADER.as_bytes(), b"\n{\"t\":5,\"s\":\"caf\xe9\"}\n"].concat(), &["line 2", "not UTF-8"]),
        ("long.ndjson", long.into_bytes(), &["line 2", "65,536 bytes"]),
        ("cut.ndjson", format!("{HEADER}\n{{\"t\":5,\"s\":\"foc").into_bytes(), &["line 2"]),
        (
            "back.ndjson",
            format!("{HEADER}\n{{\"t\":500,\"s\":\"focus\"}}\n{{\"t\":400,\"s\":\"focus\"}}\n").into_bytes(),
            &["line 3", "earlier", "sort"],
        ),
        (
            "far.ndjson",
            format!("{HEADER}\n{{\"t\":1e12,\"s\":\"focus\"}}\n").into_bytes(),
            &["line 2", "\"t\"", "time"],
        ),
    ];
    for (name, bytes, words) in cases {
        let file = folder.write(name, bytes);
        for command in COMMANDS {
            let output = read(command, &file, &folder);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{command} {name}: {said}");
            assert!(said.contains(name) && words.iter().all(|word| said.contains(word)), "{command} {name}: {said}");
        }
    }
    assert!(!Path::new(&folder.path("out.falter")).exists());
}

#[test]
fn odd_but_sound_recordings_are_read() {
    let folder = Folder::new("odd");
    let empty = folder.write("empty.ndjson", "");
    for (command, status) in [("replay", 0), ("evaluate", 1), ("features", 1), ("train", 1)] {
        let output = read(command, &empty, &folder);
        assert_eq!(output.status.code(), Some(status), "{command}: {}", stderr(&output));
        assert!(
            status == 0 || stderr(&output).contains(if command == "train" { "too few visits" } else { "no session" })
        );
    }
    let zero = HEADER.replace("9000", "0");
    let marked = format!("\u{feff}{zero}\r\n\r\n{HEADER}\r\n{{\"t\":0,\"s\":\"focus\"}}");
    let file = folder.write("marked.ndjson", marked);
    for command in ["replay", "evaluate", "features"] {
        assert!(read(command, &file, &folder).status.success(), "{command}");
    }
    // a clock that jumps 20 days ahead makes no ticks beyond half an hour of silence
    let end = 20 * 86_400_000u32;
    let jump = format!(
        "{}\n{{\"t\":5,\"s\":\"focus\"}}\n{{\"t\":{end},\"s\":\"focus\"}}\n",
        HEADER.replace("9000", &end.to_string())
    );
    let ticks = stdout(&falter(&["replay", &folder.write("jump.ndjson", jump)]));
    assert_eq!(ticks.lines().count(), 30 * 60 * 4);
}

#[test]
fn bad_lines_are_set_aside_and_counted_when_asked() {
    let folder = Folder::new("aside");
    let clean = folder.path("clean.ndjson");
    stdout(&falter(&["simulate", "--sessions", "3", "--seed", "2", "-o", &clean]));
    let text = fs::read_to_string(&clean).unwrap();
    let mut bad = vec![];
    for (number, line) in text.lines().enumerate() {
        bad.extend_from_slice(line.as_bytes());
        bad.push(b'\n');
        match number {
            40 => bad.extend_from_slice(b"{\"t\":1,\"s\":\"focus\"}\n"),
            41 => bad.extend_from_slice(&[0xff, 0xfe, b'\n']),
            42 => bad.extend_from_slice(&[b'x'; 200_000]),
            43 => bad.extend_from_slice(b"\n{\"t\":"),
            _ => {}
        }
    }
    // a session whose first line is bad takes its signals with it
    bad.extend_from_slice(b"\n{\"session\":\"b\",\"format\":7}\n{\"t\":99999999,\"s\":\"focus\"}\n");
    let file = folder.write("bad.ndjson", bad);
    let lost: Vec<&str> = text.lines().skip(43).take(2).collect();
    let kept: Vec<&str> = text.lines().filter(|line| !lost.contains(line)).collect();
    let without = folder.write("without.ndjson", kept.join("\n") + "\n");
    for command in ["replay", "features"] {
        assert_eq!(falter(&[command, &file]).status.code(), Some(1));
        let output = falter(&[command, &file, "--keep-going"]);
        assert_eq!(stdout(&output), stdout(&falter(&[command, &without])), "{command}");
        let said = stderr(&output);
        assert!(said.contains("6 bad lines set aside") && said.contains("line 42:"), "{said}");
    }
    let output = falter(&["evaluate", &file, "--keep-going", "--json"]);
    assert!(stdout(&output).contains("\"visits\": 3"));
    // another kind of file stays an error
    let zipped = folder.write("a.gz", [0x1f, 0x8b, 8, 0]);
    assert_eq!(falter(&["replay", &zipped, "--keep-going"]).status.code(), Some(1));
}

#[test]
fn rows_that_could_not_be_finished_are_not_left_behind() {
    let folder = Folder::new("unfinished");
    let bad = folder.write("bad.ndjson", format!("{HEADER}\n{{\"t\":5,\"s\":\"focus\"}}\n{HEADER}\n{{\n"));
    for name in ["rows.csv", "rows.parquet"] {
        assert_eq!(falter(&["features", &bad, "-o", &folder.path(name)]).status.code(), Some(1));
    }
    let left: Vec<_> = fs::read_dir(folder.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["bad.ndjson"]);
}

/// The most memory the process has held so far, kB.
#[cfg(target_os = "linux")]
fn high_water(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let mut text = HEADER.replace("9000", "1000") + "\n";
    (0..40).for_each(|n| text.push_str(&format!("{{\"t\":{},\"s\":\"move\",\"x\":{n},\"y\":{n}}}\n", n * 25)));
    let folder = Folder::new("memory");
    let table = folder.path("rows.parquet");
    // Parquet's rows are held until they are a group of 9 MB
    for (args, allowed) in [
        (&["replay", "-"][..], 2_000),
        (&["evaluate", "-"], 2_000),
        (&["features", "-"], 2_000),
        (&["features", "-", "-o", &table], 10_000),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_falter"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        let mut feed = |times: u32| (0..times).for_each(|_| input.write_all(text.as_bytes()).unwrap());
        // as many visits as are in memory at once on a machine of many cores
        feed(2_500);
        let before = high_water(child.id());
        feed(5_000);
        let after = high_water(child.id());
        drop(input);
        assert!(child.wait().unwrap().success());
        // 9 MB of input went by between
        assert!(after - before < allowed, "{args:?}: {before} kB, then {after} kB");
    }
}
