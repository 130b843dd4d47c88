//! The command line as people and scripts call it: output, errors, exit status.
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use falter::features::{FEATURE_COUNT, FEATURES};
use falter::model::Model;
use falter::train::Visit;
use falter::train::presets::course;
use falter::train::simulate::{SimulateOptions, simulate};
use serde_json::Value;

use command::{Folder, falter, stderr, stdout};

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/exit.falter")
}

const HEADER: &str = r#"{"session":"a","format":1,"w":1000,"h":600,"docH":2000,"end":9000}"#;

#[test]
fn misuse_is_status_2_and_failure_is_1() {
    let folder = Folder::new("status");
    for args in [
        &[][..],
        &["sing"],
        &["simulate", "--device", "abacus"],
        &["replay"],
        &["replay", "a", "--every", "100"],
        &["train", "-o", "m.falter"],
        &["train", "-", "-o", "m.falter"],
        &["train", "--simulate", "5", "--depth", "9", "-o", "m.falter"],
        &["train", "--simulate", "5", "-o", "m.json"],
        &["features", "a", "-o", "rows.xlsx"],
        &["evaluate", "a", "-o", "m.falter"],
        &["evaluate", "a", "--presets", "--html", "r.html"],
        &["evaluate", "a", "--presets", "-o", "-"],
        &["inspect", "--card", "--json"],
        &["inspect", "--real", "a"],
    ] {
        let output = falter(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        assert!(!output.stderr.is_empty());
    }
    let missing = folder.path("missing.ndjson");
    for args in [["replay", &missing], ["evaluate", &missing], ["features", &missing], ["inspect", &missing]] {
        let output = falter(&args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(stderr(&output).contains("missing.ndjson"), "{}", stderr(&output));
    }
}

#[test]
fn errors_in_recordings_name_file_and_line() {
    let folder = Folder::new("lines");
    let bad = folder
        .write("bad.ndjson", format!("{HEADER}\n{{\"t\":5,\"s\":\"focus\"}}\n{{\"t\":6,\"s\":\"move\",\"x\":1}}\n"));
    for args in [
        &["replay", &bad][..],
        &["evaluate", &bad],
        &["features", &bad],
        &["train", &bad, "-o", &folder.path("m.falter")],
    ] {
        let output = falter(args);
        assert_eq!(output.status.code(), Some(1));
        let text = stderr(&output);
        assert!(text.contains("bad.ndjson") && text.contains("line 3") && text.contains("\"y\""), "{args:?}: {text}");
    }
    assert!(!Path::new(&folder.path("m.falter")).exists());
    let odd =
        folder.write("odd.ndjson", format!("{HEADER}\n{{\"t\":5,\"s\":\"sneeze\"}}\n{{\"t\":6,\"s\":\"yawn\"}}\n"));
    let output = falter(&["replay", &odd]);
    assert!(output.status.success());
    assert_eq!(stderr(&output).matches("unknown kinds").count(), 1, "{}", stderr(&output));
}

#[test]
fn a_file_that_is_no_model_is_refused_with_the_place() {
    let folder = Folder::new("model");
    let mut bytes = fs::read(shipped()).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let changed = folder.path("changed.falter");
    fs::write(&changed, &bytes).unwrap();
    let text = stderr(&falter(&["inspect", &changed]));
    assert!(text.contains("changed.falter") && text.contains("checksum"), "{text}");
    let long = folder.path("long.falter");
    fs::write(&long, vec![0; (1 << 20) + 1]).unwrap();
    assert!(stderr(&falter(&["inspect", &long])).contains("at most"));
}

#[test]
fn simulating_twice_gives_the_same_bytes_and_the_library_agrees() {
    let args = ["simulate", "--sessions", "4", "--seed", "6", "--device", "touch,mouse"];
    let first = stdout(&falter(&args));
    assert_eq!(first, stdout(&falter(&args)));
    let options = SimulateOptions {
        sessions: 4,
        seed: 6,
        devices: vec![falter::signal::Device::Touch, falter::signal::Device::Mouse],
        ..SimulateOptions::default()
    };
    let mut text = String::new();
    simulate(&options).for_each(|visit| Visit::from(visit).write(&mut text));
    assert_eq!(first, text);
}

#[test]
fn replay_prints_every_tick_with_the_very_bits_of_its_risk() {
    let folder = Folder::new("replay");
    let file = folder.path("visits.ndjson");
    stdout(&falter(&["simulate", "--sessions", "3", "--seed", "2", "-o", &file]));
    let printed = stdout(&falter(&["replay", &file, "--features"]));
    let model = Model::from_bytes(&fs::read(shipped()).unwrap()).unwrap();
    let options = SimulateOptions { sessions: 3, seed: 2, ..SimulateOptions::default() };
    let mut wanted = vec![];
    for visit in simulate(&options).map(Visit::from) {
        let mut rows = vec![];
        visit.observe(|_, observer| rows.push(*observer.row()));
        let ticks = course(&model, &visit).ticks;
        wanted.extend(ticks.into_iter().zip(rows).map(|((t, risk), row)| (visit.header.session.clone(), t, risk, row)));
    }
    assert_eq!(printed.lines().count(), wanted.len());
    for (line, (session, t, risk, row)) in printed.lines().zip(wanted) {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!((value["session"].as_str().unwrap(), value["t"].as_u64().unwrap()), (session.as_str(), t.into()));
        // read as text: a number read as f64 and cut to f32 may round twice
        let text = line.split("\"risk\":").nth(1).unwrap().split(',').next().unwrap();
        assert_eq!(text.parse::<f32>().unwrap().to_bits(), risk.to_bits());
        assert!(value["reason"].is_string() && value["decision"].is_string());
        let features = value["features"].as_array().unwrap();
        assert_eq!(features.len(), FEATURE_COUNT);
        for (feature, wanted) in features.iter().zip(row) {
            assert_eq!(feature.is_null(), wanted.is_nan());
            assert!(feature.is_null() || feature.as_f64().unwrap() as f32 == wanted);
        }
    }
    let seconds = stdout(&falter(&["replay", &file, "--every", "1000"]));
    let ticks: Vec<&str> = printed.lines().collect();
    assert!(seconds.lines().count() > 10 && seconds.lines().count() <= ticks.len() / 3);
    assert!(seconds.lines().all(|line| ticks.iter().any(|tick| tick.starts_with(line.trim_end_matches('}')))));
}

#[test]
fn replay_reads_a_stream_and_stops_when_nobody_reads_on() {
    let recording = stdout(&falter(&["simulate", "--sessions", "2", "--seed", "4"]));
    let mut child = Command::new(env!("CARGO_BIN_EXE_falter"))
        .args(["replay", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let feed = std::thread::spawn(move || input.write_all(recording.as_bytes()));
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    // the writer may find the door closed; what counts is how the command took it
    let _ = feed.join().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(output.stderr.is_empty(), "{}", stderr(&output));
}

#[test]
fn what_is_to_be_written_is_written_though_nobody_reads_what_is_said() {
    let folder = Folder::new("unread");
    let (model, report) = (folder.path("small.falter"), folder.path("report.html"));
    let unread = |args: &[&str]| {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let done = Command::new(env!("CARGO_BIN_EXE_falter")).args(args).stdout(writer).output().unwrap();
        assert!(done.status.success() && !stderr(&done).contains("panicked"), "{args:?}: {}", stderr(&done));
    };
    let model_shipped = shipped().display().to_string();
    unread(&["inspect", &model_shipped]);
    unread(&["inspect", &model_shipped, "--card"]);
    unread(&["train", "--simulate", "120", "--trees", "4", "-o", &model]);
    assert!(Model::from_bytes(&fs::read(&model).unwrap()).is_ok());
    let file = folder.path("visits.ndjson");
    unread(&["simulate", "--sessions", "4", "-o", &file]);
    unread(&["evaluate", &file, "--model", &model, "--html", &report]);
    unread(&["evaluate", &file, "--model", &model, "--json"]);
    assert!(fs::read_to_string(&report).unwrap().contains("</html>"));
}

#[test]
fn features_are_csv_with_the_label_last() {
    let folder = Folder::new("features");
    let file = folder.write(
        "visit.ndjson",
        format!(
            "{}\n{}\n{}\n",
            HEADER.replace("\"a\"", "\"a,b\""),
            r#"{"t":100,"s":"move","x":5,"y":5}"#,
            r#"{"t":6000,"s":"hidden"}"#
        ),
    );
    let rows = folder.path("rows.csv");
    assert!(falter(&["features", &file, "-o", &rows]).status.success());
    let text = fs::read_to_string(&rows).unwrap();
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(head.len(), FEATURE_COUNT + 3);
    assert_eq!((head[0], head[1], head[2], head[FEATURE_COUNT + 2]), ("session", "t", FEATURES[0].name, "leaves"));
    let labels: Vec<char> = lines.clone().map(|line| line.chars().last().unwrap()).collect();
    assert!(lines.all(|line| line.starts_with("\"a,b\",")));
    // ticks 250 to 6000, the last 17 of them within 4 s of the leave
    assert_eq!(labels.len(), 24);
    assert_eq!(labels.iter().filter(|&&label| label == '1').count(), 17);
}

#[test]
fn a_trained_model_is_written_with_its_manifest_and_can_be_used() {
    let folder = Folder::new("train");
    let model = folder.path("small.falter");
    let train = |path: &str| {
        falter(&["train", "--simulate", "60", "--seed", "3", "--trees", "8", "--depth", "4", "--json", "-o", path])
    };
    let manifest: Value = serde_json::from_str(&stdout(&train(&model))).unwrap();
    let bytes = fs::read(&model).unwrap();
    assert_eq!(manifest["bytes"].as_u64().unwrap() as usize, bytes.len());
    assert_eq!(manifest["depth"], 4);
    assert_eq!(manifest["features"].as_array().unwrap().len(), FEATURE_COUNT);
    assert_eq!(manifest["leaf_shares"].as_array().unwrap().len() as u64, manifest["trees"].as_u64().unwrap());
    assert!(manifest["figures"][0]["leaves"].as_u64().unwrap() > 20);
    let written: Value = serde_json::from_str(&fs::read_to_string(folder.path("small.json")).unwrap()).unwrap();
    assert_eq!(written, manifest);
    let again = folder.path("again.falter");
    assert!(train(&again).status.success());
    assert_eq!(fs::read(&again).unwrap(), bytes);
    assert_eq!(fs::read(folder.path("again.json")).unwrap(), fs::read(folder.path("small.json")).unwrap());

    let inspected: Value = serde_json::from_str(&stdout(&falter(&["inspect", &model, "--json"]))).unwrap();
    assert_eq!(inspected["trees"], manifest["trees"]);
    assert!(inspected["uses"][0]["importance"].as_f64().unwrap() > 0.0);
    assert!(stdout(&falter(&["inspect", &model])).contains("importance"));

    let file = folder.path("visits.ndjson");
    stdout(&falter(&["simulate", "--sessions", "8", "--seed", "5", "-o", &file]));
    let figures: Value =
        serde_json::from_str(&stdout(&falter(&["evaluate", &file, "--model", &model, "--json"]))).unwrap();
    assert_eq!(figures["visits"], 8);
    assert_eq!(figures["policy"].as_array().unwrap().len(), 3);
    assert!(stdout(&falter(&["evaluate", &file, "--model", &model])).contains("2-4 s ahead"));

    let card = stdout(&falter(&["inspect", &model, "--card"]));
    assert!(card.contains(manifest["checksum"].as_str().unwrap()) && card.contains("Not measured"));
    let real = folder.write("real.json", figures.to_string());
    assert!(stdout(&falter(&["inspect", &model, "--card", "--real", &real])).contains("visits.ndjson: 8 visits"));
    fs::copy(shipped(), &model).unwrap();
    assert!(stderr(&falter(&["inspect", &model, "--card"])).contains("of another model"));
}

#[test]
fn evaluation_streams_and_writes_one_self_contained_page() {
    let folder = Folder::new("evaluate");
    let files = [folder.path("a<b>.ndjson"), folder.path("b.ndjson")];
    stdout(&falter(&["simulate", "--sessions", "12", "--seed", "5", "-o", &files[0]]));
    stdout(&falter(&["simulate", "--sessions", "9", "--seed", "6", "-o", &files[1]]));
    let page = folder.path("report.html");
    let figures: Value =
        serde_json::from_str(&stdout(&falter(&["evaluate", &files[0], &files[1], "--html", &page, "--json"]))).unwrap();
    assert_eq!(figures["visits"], 21);
    // names, not where they are kept
    assert_eq!(figures["people"], "a<b>.ndjson, b.ndjson");
    assert_eq!(figures["date"].as_str().unwrap().len(), 10);
    let rules = figures["rules"].as_array().unwrap();
    assert!(rules.len() > 15 && rules[0]["false_alerts"]["rate"].is_number());
    let page = fs::read_to_string(page).unwrap();
    for word in [
        "<svg",
        "The whole policy",
        "a&lt;b&gt;.ndjson",
        "prefers-color-scheme: dark",
        "ouibounce",
        "How it is counted",
    ] {
        assert!(page.contains(word), "{word}");
    }
    for word in ["<script", "http:", "https:", "url(", "@import", "a<b>", "NaN", "inf"] {
        assert!(!page.replace("info", "").contains(word), "{word}");
    }
    // a table opened is a table closed, and so on
    for tag in ["table", "tr", "td", "th", "svg", "section", "div", "span", "details", "dl"] {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

#[test]
fn presets_are_set_by_the_recordings_given() {
    let folder = Folder::new("presets");
    let file = folder.path("visits.ndjson");
    stdout(&falter(&["simulate", "--sessions", "150", "--seed", "9", "-o", &file]));
    let own = folder.path("own.falter");
    let found: Value =
        serde_json::from_str(&stdout(&falter(&["evaluate", &file, "--presets", "--json", "-o", &own]))).unwrap();
    let (before, after) = (
        Model::from_bytes(&fs::read(shipped()).unwrap()).unwrap(),
        Model::from_bytes(&fs::read(&own).unwrap()).unwrap(),
    );
    assert_eq!(after.parts().trees, before.parts().trees);
    assert_ne!(after.parts().presets, before.parts().presets);
    let quiet = found["visits_without_leave"].as_f64().unwrap();
    for preset in found["presets"].as_array().unwrap() {
        let share = preset["meant"].as_f64().unwrap() as f32;
        assert_eq!(preset["threshold"].as_f64().unwrap() as f32, after.threshold_for_share(share));
        let saw = preset["saw_card"].as_f64().unwrap() / quiet;
        assert!((saw - f64::from(share)).abs() < 0.03, "{preset}");
    }
    assert!(stdout(&falter(&["evaluate", &file, "--presets"])).contains("balanced"));
}

#[test]
fn recordings_alone_can_be_trained_on() {
    let folder = Folder::new("recordings");
    let file = folder.path("shop.ndjson");
    stdout(&falter(&["simulate", "--sessions", "60", "--seed", "8", "-o", &file]));
    let model = folder.path("own.falter");
    let output = falter(&["train", &file, "--trees", "5", "--json", "-o", &model]);
    let manifest: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(manifest["data"]["people"], 60);
    assert_eq!(manifest["data"]["sources"], serde_json::json!(["shop.ndjson"]));
    let few = folder.path("few.ndjson");
    stdout(&falter(&["simulate", "--sessions", "1", "--seed", "8", "-o", &few]));
    let output = falter(&["train", &few, "-o", &model]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("too few visits"), "{}", stderr(&output));
}
