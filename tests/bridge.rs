//! Rows and borders out, CatBoost's models in, as called from the command line.
#![cfg(feature = "cli")]

#[path = "support/command.rs"]
mod command;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use falter::features::{FEATURE_COUNT, FEATURES};
use falter::model::Model;
use falter::train::boost::Borders;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value;

use command::{Folder, falter, stderr, stdout};

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/exit.falter")
}

/// The fields of a CSV without quotes, header left out.
fn csv(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn csv_and_parquet_hold_the_same_rows_over_several_row_groups() {
    let folder = Folder::new("sheets");
    // a shopper who moves every 20 minutes, for over 2 hours: 34,000 ticks
    let mut text = r#"{"session":"long","format":1,"w":1000,"h":600,"docH":2000,"end":8390000}"#.to_owned();
    (0..7).for_each(|n| {
        text.push_str(&format!("\n{{\"t\":{},\"s\":\"move\",\"x\":{},\"y\":9.5}}", n * 1_200_000, n * 7))
    });
    let long = folder.write("long.ndjson", &text);
    let short = folder.path("short.ndjson");
    stdout(&falter(&["simulate", "--sessions", "2", "--seed", "9", "-o", &short]));
    let (rows, table) = (folder.path("rows.csv"), folder.path("rows.parquet"));
    stdout(&falter(&["features", &short, &long, "-o", &rows]));
    stdout(&falter(&["features", &short, &long, "-o", &table]));
    let wanted = csv(&fs::read_to_string(&rows).unwrap());
    let reader = SerializedFileReader::new(File::open(&table).unwrap()).unwrap();
    assert_eq!(reader.num_row_groups(), 2);
    let mut count = 0;
    for (row, wanted) in reader.get_row_iter(None).unwrap().zip(&wanted) {
        let row = row.unwrap();
        let fields: Vec<(&String, &Field)> = row.get_column_iter().collect();
        assert_eq!(fields.len(), wanted.len());
        assert_eq!((fields[2].0.as_str(), fields[FEATURE_COUNT + 2].0.as_str()), (FEATURES[0].name, "leaves"));
        for ((_, field), wanted) in fields.iter().zip(wanted) {
            match field {
                Field::Str(text) => assert_eq!(text, wanted),
                Field::UInt(t) => assert_eq!(t.to_string(), *wanted),
                Field::UByte(label) => assert_eq!(label.to_string(), *wanted),
                Field::Float(value) => assert_eq!(value.to_bits(), wanted.parse::<f32>().unwrap().to_bits()),
                Field::Null => assert!(wanted.is_empty()),
                other => panic!("{other:?}"),
            }
        }
        count += 1;
    }
    assert_eq!(count, wanted.len());
    assert!(count > 1 << 15);
}

#[test]
fn borders_are_those_of_the_trainer_or_of_a_model_in_the_form_catboost_reads() {
    let folder = Folder::new("borders");
    let file = folder.path("visits.ndjson");
    stdout(&falter(&["simulate", "--sessions", "3", "--seed", "2", "-o", &file]));
    let (rows, borders) = (folder.path("rows.csv"), folder.path("borders.tsv"));
    stdout(&falter(&["features", &file, "-o", &rows, "--borders", &borders, "--bins", "16"]));
    let mut columns = vec![vec![]; FEATURE_COUNT];
    for row in csv(&fs::read_to_string(&rows).unwrap()) {
        for (column, value) in columns.iter_mut().zip(&row[2..]) {
            column.push(value.parse().unwrap_or(f32::NAN));
        }
    }
    check(&borders, &Borders::of(&columns, 16).edges);
    // borders alone write no rows
    let alone = stdout(&falter(&["features", &file, "--borders", &borders, "--bins", "16"]));
    assert!(alone.is_empty());
    check(&borders, &Borders::of(&columns, 16).edges);
    let model = shipped().display().to_string();
    stdout(&falter(&["features", "--model", &model, "--borders", &borders]));
    check(&borders, &Model::from_bytes(&fs::read(shipped()).unwrap()).unwrap().parts().edges);
    for args in [["features", "a", "--model", "b"], ["features", "a", "--bins", "8"]] {
        assert_eq!(falter(&args).status.code(), Some(2));
    }
}

/// Every feature has a line, so that CatBoost sets no borders of its own: one over all values where there is no edge.
fn check(path: &str, edges: &[Vec<f32>]) {
    let mut found = vec![vec![]; FEATURE_COUNT];
    for line in fs::read_to_string(path).unwrap().lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        assert_eq!((parts.len(), parts[2]), (3, "Min"));
        let border: f64 = parts[1].parse().unwrap();
        assert_eq!(f64::from(border as f32), border);
        found[parts[0].parse::<usize>().unwrap()].push(border as f32);
    }
    for (found, edges) in found.iter().zip(edges) {
        if edges.is_empty() { assert!(found.len() == 1 && found[0] > 3e38) } else { assert_eq!(found, edges) }
    }
}

/// CatBoost's reference model with its columns named as the first features, and rows with its own raw predictions.
fn reference(folder: &Folder) -> (String, String) {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/training/catboost.json")).unwrap();
    let mut export: Value = serde_json::from_str(&text).unwrap();
    for (column, feature) in export["features_info"]["float_features"].as_array_mut().unwrap().iter_mut().enumerate() {
        feature["feature_id"] = FEATURES[column].name.into();
    }
    let trees = export["oblivious_trees"].as_array().unwrap();
    let mut rows =
        FEATURES[..12].iter().map(|feature| feature.name).collect::<Vec<_>>().join(",") + ",RawFormulaVal,other\n";
    for number in 0..50u32 {
        let values: Vec<f32> = (0..12).map(|column| ((number * 37 + column * 101) % 97) as f32 / 97.0).collect();
        let raw: f64 = trees
            .iter()
            .map(|tree| {
                let splits = tree["splits"].as_array().unwrap().iter().enumerate();
                let leaf = splits.map(|(level, split)| {
                    let value = values[split["float_feature_index"].as_u64().unwrap() as usize];
                    usize::from(f64::from(value) > split["border"].as_f64().unwrap()) << level
                });
                tree["leaf_values"][leaf.sum::<usize>()].as_f64().unwrap()
            })
            .sum::<f64>()
            + export["scale_and_bias"][1][0].as_f64().unwrap();
        values.iter().for_each(|value| rows.push_str(&format!("{value},")));
        rows.push_str(&format!("{raw},x\n"));
    }
    (folder.write("catboost.json", export.to_string()), folder.write("rows.csv", rows))
}

#[test]
fn catboosts_model_is_imported_checked_and_completed() {
    let folder = Folder::new("import");
    let (export, rows) = reference(&folder);
    let out = folder.path("own.falter");
    let said = stdout(&falter(&["import", "catboost", &export, "-o", &out, "--rows", &rows]));
    assert!(said.contains("the same leaf of every tree on all 50 rows") && said.contains("RawFormulaVal"), "{said}");
    assert!(said.contains("calibration, reason head and presets are those of the model that ships"), "{said}");
    let model = Model::from_bytes(&fs::read(&out).unwrap()).unwrap();
    assert_eq!((model.trees(), model.depth()), (40, 4));
    let inspected: Value = serde_json::from_str(&stdout(&falter(&["inspect", &out, "--json"]))).unwrap();
    assert!(inspected["uses"][0]["importance"].as_f64().unwrap() > 0.1);

    let args = ["import", "catboost", &export, "-o", &out, "--rows", &rows, "--simulate", "60", "--json"];
    let done: Value = serde_json::from_str(&stdout(&falter(&args))).unwrap();
    assert_eq!(done["manifest"]["data"]["people"], 60);
    assert_eq!(done["parity"]["rows"], 50);
    assert!(
        done["parity"]["largest_difference_from_given"].as_f64().unwrap() <= done["parity"]["bound"].as_f64().unwrap()
    );
    let completed = Model::from_bytes(&fs::read(&out).unwrap()).unwrap().parts();
    assert_eq!(completed.trees, model.parts().trees);
    assert_ne!(completed.calibration, model.parts().calibration);
}

#[test]
fn an_import_that_goes_wrong_says_how_to_mend_it_and_writes_nothing() {
    let folder = Folder::new("refused");
    let (export, rows) = reference(&folder);
    let out = folder.path("own.falter");
    let text = fs::read_to_string(&rows).unwrap();
    let refused = |args: &[&str], words: &[&str]| {
        let output = falter(&[&["import", "catboost"], args, &["-o", &out]].concat());
        assert_eq!(output.status.code(), Some(1));
        let said = stderr(&output);
        assert!(words.iter().all(|word| said.contains(word)), "{words:?}: {said}");
        assert!(!Path::new(&out).exists());
    };
    let over = falter(&["import", "catboost", &export, "-o", &folder.path("catboost.falter")]);
    assert_eq!(over.status.code(), Some(2));
    assert!(stderr(&over).contains("over CatBoost's export"), "{}", stderr(&over));
    let bent = fs::read_to_string(&export).unwrap().replace("0.03125", "0.03");
    refused(&[&folder.write("bent.json", bent)], &["bent.json", "bf16", "--borders"]);
    refused(&[&folder.write("none.json", "{}")], &["none.json", "save_model"]);
    refused(&[&folder.path("missing.json")], &["missing.json"]);
    let other = folder.write("other.csv", text.replace(FEATURES[2].name, "speed_of_light"));
    refused(&[&export, "--rows", &other], &["other.csv", FEATURES[2].name]);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[7] = format!("fast{}", &lines[7][lines[7].find(',').unwrap()..]);
    let word = folder.write("word.csv", lines.join("\n"));
    refused(&[&export, "--rows", &word], &["word.csv", "line 8", "fast", FEATURES[0].name]);
    let raw = lines[3].split(',').nth(12).unwrap().to_owned();
    lines.truncate(7);
    let wrong = folder.write("wrong.csv", lines.join("\n").replace(&raw, "7.5"));
    refused(&[&export, "--rows", &wrong], &["wrong.csv", "RawFormulaVal", "this very model"]);
    refused(&[&export, "--simulate", "1"], &["too few visits"]);
}
