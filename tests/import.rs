//! Importing CatBoost's models, and falter's own trainer beside CatBoost's and XGBoost's figures.
//!
//! tests/training/ is made by models/training/reference.py, from rows that are generated here alike.
#![cfg(feature = "train")]

use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow, UNKNOWN};
use falter::model::{Model, leaf};
use falter::train::boost::{Borders, Settings, Table, fit};
use falter::train::import::{Completion, Export, Imported, Parity, Twin, complete};
use falter::train::people::simulated;
use falter::train::simulate::SimulateOptions;
use serde_json::{Value, json};

const ROWS: u64 = 20_000;
const COLUMNS: usize = 12;

/// A draw of 24 bits in 0..1 (splitmix64; Steele, Lea, Flood 2014).
fn unit(row: u64, column: u64) -> f64 {
    let state = (row * 16 + column + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((state ^ (state >> 31)) >> 40) as f64 / f64::from(1 << 24)
}

/// A row and its label, as make_row() of reference.py.
fn make_row(row: u64) -> ([f32; COLUMNS], bool) {
    let u: Vec<f64> = (0..COLUMNS as u64 + 3).map(|column| unit(row, column)).collect();
    let mut values: Vec<f64> =
        u[..COLUMNS].iter().enumerate().map(|(column, &u)| if column % 2 == 0 { u } else { u * u * u }).collect();
    let mut p = 0.05 + 0.3 * values[0] * values[1];
    p += if (values[2] > 0.4) != (values[4] > 0.7) { 0.25 } else { 0.0 };
    p += if values[3] < 0.1 { 0.2 * values[6] } else { 0.0 };
    p += if u[COLUMNS] < 1.0 / 3.0 { 0.1 } else { 0.15 * values[10] };
    for (column, draw) in [(10, u[COLUMNS]), (11, u[COLUMNS + 1])] {
        if draw < 1.0 / 3.0 {
            values[column] = f64::NAN;
        }
    }
    (std::array::from_fn(|column| values[column] as f32), u[COLUMNS + 2] < p)
}

/// Where the reference's columns are put in falter's table: it has names of its own, so that it outlives changes of the table.
fn place(column: usize) -> usize {
    (column * 5 + 3) % FEATURE_COUNT
}

fn feature_row(values: &[f32; COLUMNS]) -> FeatureRow {
    let mut row = UNKNOWN;
    values.iter().enumerate().for_each(|(column, &value)| row[place(column)] = value);
    row
}

/// CatBoost's export, its columns named as features.
fn reference() -> Value {
    let mut export: Value = serde_json::from_str(include_str!("training/catboost.json")).unwrap();
    for (column, feature) in export["features_info"]["float_features"].as_array_mut().unwrap().iter_mut().enumerate() {
        assert_eq!(feature["feature_id"], format!("column {column}"));
        feature["feature_id"] = FEATURES[place(column)].name.into();
    }
    export
}

fn export(value: Value) -> Export {
    serde_json::from_value(value).unwrap()
}

fn shipped() -> Model {
    Model::from_bytes(include_bytes!("../models/exit.falter")).unwrap()
}

/// The export with everything else from the model that ships.
fn model(export: &Export) -> (Imported, Model) {
    let (base, provenance) = (shipped(), export.provenance());
    let completion = Completion { base: &base, provenance: &provenance, seed: 1, threads: 1 };
    let imported = Imported::of(export).unwrap();
    let model = completion.from_base(&imported).unwrap().model;
    (imported, Model::from_bytes(&model.to_bytes()).unwrap())
}

#[test]
fn every_row_falls_in_catboosts_own_leaf_of_every_tree_and_margins_stay_within_the_bound() {
    let export = export(reference());
    let (imported, model) = model(&export);
    let trees = model.parts().trees;
    assert_eq!(trees.len(), 40);
    let mut parity = Parity::new(&model, Twin::of(&export).unwrap());
    let mut lines = include_str!("training/predictions.csv").lines().skip(1);
    for number in 0..300 {
        let row = feature_row(&make_row(number).0);
        let (leaves, raw) = lines.next().unwrap().split_once(',').unwrap();
        let wanted: Vec<usize> = leaves.chars().map(|digit| digit.to_digit(16).unwrap() as usize).collect();
        let bins = model.bins(&row);
        let found: Vec<usize> = trees.iter().map(|tree| leaf(tree, &bins)).collect();
        assert_eq!(found, wanted, "row {number}");
        let raw: f64 = raw.parse().unwrap();
        assert!((f64::from(model.margin(&row)) - raw).abs() <= imported.bound(), "row {number}");
        parity.add(&row, Some(raw));
    }
    assert!(lines.next().is_none());
    assert_eq!((parity.rows, parity.mismatch), (300, None));
    assert!(parity.largest > 0.0 && parity.largest <= imported.bound());
    // the twin adds up as CatBoost does
    assert!((parity.largest - parity.largest_of_given.unwrap()).abs() < 1e-9);
    // a bound that says nothing would pass anything
    assert!(imported.bound() < 0.1, "{}", imported.bound());
}

#[test]
fn the_parity_check_finds_a_border_and_a_leaf_that_are_not_the_same() {
    let (_, model) = model(&export(reference()));
    let check = |other: Value| {
        let other = export(other);
        let mut parity = Parity::new(&model, Twin::of(&other).unwrap());
        (0..300).for_each(|number| parity.add(&feature_row(&make_row(number).0), None));
        (parity.mismatch, parity.largest)
    };
    let mut moved = reference();
    let border = &mut moved["oblivious_trees"][7]["splits"][2]["border"];
    *border = json!(border.as_f64().unwrap() + 0.03125);
    let mismatch = check(moved).0.unwrap();
    assert_eq!((mismatch.tree, mismatch.wanted ^ mismatch.found), (7, 4));
    let mut changed = reference();
    changed["oblivious_trees"][7]["leaf_values"].as_array_mut().unwrap().iter_mut().for_each(|leaf| *leaf = json!(3));
    let (mismatch, largest) = check(changed);
    assert!(mismatch.is_none() && largest > 2.0);
}

#[test]
fn shallower_trees_missing_value_splits_and_signed_zeros_keep_their_leaves() {
    let split = |index: usize, border: f64| json!({"split_type": "FloatFeature", "float_feature_index": index, "border": border});
    let name = |place: usize| FEATURES[place].name;
    let export = export(json!({
        "features_info": {"float_features": [
            {"feature_id": name(9), "feature_index": 0, "nan_value_treatment": "AsFalse"},
            {"feature_id": name(2), "feature_index": 1, "nan_value_treatment": "AsIs"},
            {"feature_id": "not asked for", "feature_index": 2, "nan_value_treatment": "AsTrue"}]},
        "oblivious_trees": [
            {"splits": [split(0, f64::from(f32::MIN)), split(1, -0.0), split(1, 0.0)], "leaf_values": [0, 1, 2, 3, 4, 5, 6, 7]},
            {"splits": [split(0, 1.5)], "leaf_values": [-1, 1]},
            {"splits": null, "leaf_values": [0.5]}],
        "scale_and_bias": [2, 0.25]
    }));
    let (imported, model) = model(&export);
    assert!(imported.shares.is_empty());
    assert_eq!((model.depth(), model.trees()), (3, 3));
    let mut parity = Parity::new(&model, Twin::of(&export).unwrap());
    let mut leaves = vec![];
    for (first, second) in
        [(f32::NAN, f32::NAN), (f32::NAN, 1.0), (-4e4, 0.0), (1.5, f32::MIN_POSITIVE), (1.6, -1.0), (2e6, 2.0)]
    {
        let mut row = UNKNOWN;
        (row[9], row[2]) = (first, second);
        parity.add(&row, None);
        let bins = model.bins(&row);
        leaves.push(model.parts().trees.iter().map(|tree| leaf(tree, &bins)).collect::<Vec<_>>());
    }
    assert_eq!(parity.mismatch, None);
    assert!(parity.largest <= imported.bound());
    assert_eq!(leaves, [[0, 0, 0], [6, 0, 0], [1, 0, 0], [7, 0, 0], [1, 1, 0], [7, 1, 0]]);
}

/// Changes an export.
type Change = Box<dyn Fn(&mut Value)>;

#[test]
fn what_cannot_be_represented_is_refused_by_name() {
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut value = reference();
        change(&mut value);
        Imported::of(&export(value)).unwrap_err().to_string()
    };
    let first = FEATURES[place(0)].name;
    let name_of = |value: &Value, index: &Value| -> String {
        let features = value["features_info"]["float_features"].as_array().unwrap();
        features.iter().find(|f| f["feature_index"] == *index).unwrap()["feature_id"].as_str().unwrap().to_owned()
    };
    let asked = name_of(&reference(), &reference()["oblivious_trees"][0]["splits"][0]["float_feature_index"]);
    let set_all = |key: &'static str, to: Value| {
        move |value: &mut Value| {
            let features = value["features_info"]["float_features"].as_array_mut().unwrap();
            features.iter_mut().for_each(|feature| feature[key] = to.clone());
        }
    };
    let split = |key: &'static str, to: Value| {
        move |value: &mut Value| value["oblivious_trees"][0]["splits"][0][key] = to.clone()
    };
    let cases: Vec<(Change, Vec<&str>)> = vec![
        (
            Box::new(|value| {
                value["trees"] = value["oblivious_trees"].take();
            }),
            vec!["not symmetric", "grow_policy"],
        ),
        (
            Box::new(|value| {
                value["oblivious_trees"].take();
            }),
            vec!["oblivious_trees", "save_model"],
        ),
        (
            Box::new(|value| value["model_info"]["params"]["loss_function"]["type"] = json!("RMSE")),
            vec!["RMSE", "Logloss"],
        ),
        (Box::new(|value| value["scale_and_bias"] = json!([1, [0, 0, 0]])), vec!["3 classes", "leaves"]),
        (
            Box::new(|value| value["features_info"]["categorical_features"] = json!([{"feature_id": "country"}])),
            vec!["country", "categorical"],
        ),
        (
            Box::new(|value| value["features_info"]["text_features"] = json!([{"feature_id": "title"}])),
            vec!["title", "text"],
        ),
        (Box::new(split("split_type", json!("OnlineCtr"))), vec!["OnlineCtr", "tree 0"]),
        (Box::new(split("split_type", json!("OneHotFeature"))), vec!["OneHotFeature", "tree 0"]),
        (Box::new(split("border", Value::Null)), vec!["tree 0", "border"]),
        (Box::new(set_all("feature_id", json!(""))), vec!["no name", "feature_names"]),
        (Box::new(set_all("feature_id", json!("session_id"))), vec!["\"session_id\"", "no feature of falter"]),
        (Box::new(set_all("nan_value_treatment", json!("AsTrue"))), vec![&asked, "nan_mode=\"Min\""]),
        (Box::new(split("border", json!(0.3))), vec![&asked, "0.3", "bf16", "--borders"]),
        (
            Box::new(|value| {
                let trees = value["oblivious_trees"].as_array_mut().unwrap();
                let tree = |border: f64| {
                    json!({"splits": [{"split_type": "FloatFeature", "float_feature_index": 0, "border": border}],
                           "leaf_values": [0, 1]})
                };
                *trees = (1..=64).map(|border| tree(border.into())).collect();
            }),
            vec![first, "64 borders", "63"],
        ),
        (
            Box::new(|value| {
                let tree = &mut value["oblivious_trees"][0];
                let split = tree["splits"][0].clone();
                tree["splits"] = json!(vec![split; 9]);
            }),
            vec!["9 levels", "smaller depth"],
        ),
        (
            Box::new(|value| {
                let tree = value["oblivious_trees"][0].clone();
                value["oblivious_trees"] = json!(vec![tree; 2_001]);
            }),
            vec!["2001 trees", "iterations"],
        ),
        (
            Box::new(|value| value["oblivious_trees"][3]["leaf_values"] = json!([1, 2, 3])),
            vec!["tree 3", "3 leaf values", "16"],
        ),
        (Box::new(|value| value["oblivious_trees"][3]["leaf_values"][0] = json!(1e9)), vec!["leaf_values", "million"]),
        (Box::new(|value| value["scale_and_bias"] = json!([1, [1e9]])), vec!["scale_and_bias", "million"]),
    ];
    for (change, words) in cases {
        let text = refused(&*change);
        assert!(words.iter().all(|word| text.contains(word)), "{words:?}: {text}");
    }
}

#[test]
fn importances_and_leaf_shares_come_from_the_exports_weights() {
    let export = export(reference());
    let imported = Imported::of(&export).unwrap();
    for shares in &imported.shares {
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
    let most = (0..FEATURE_COUNT).max_by(|&a, &b| imported.gains[a].total_cmp(&imported.gains[b])).unwrap();
    // columns 2 and 4 decide together, and matter more than all others
    assert!(most == place(2) || most == place(4));
    assert!(imported.gains.iter().filter(|&&gain| gain > 0.0).count() <= COLUMNS);
}

#[test]
fn an_imported_model_is_completed_on_people_it_was_not_trained_on() {
    let export = export(reference());
    let (base, provenance) = (shipped(), export.provenance());
    let imported = Imported::of(&export).unwrap();
    let options = SimulateOptions { sessions: 60, seed: 4, ..SimulateOptions::default() };
    let finished = |threads| {
        let completion = Completion { base: &base, provenance: &provenance, seed: 3, threads };
        complete(&imported, &completion, || simulated(&options), &mut |_, _| {}).unwrap()
    };
    let completed = finished(1);
    assert_eq!(completed, finished(2));
    let (parts, taken) = (completed.model.parts(), base.parts());
    assert_eq!(parts.trees, imported.trees);
    assert_ne!(parts.calibration, taken.calibration);
    assert_ne!(parts.presets, taken.presets);
    assert_eq!(completed.manifest.data.people, 60);
    assert_eq!(completed.confusion.is_some(), parts.head != taken.head);
    let none = SimulateOptions { sessions: 0, ..SimulateOptions::default() };
    let completion = Completion { base: &base, provenance: &provenance, seed: 3, threads: 1 };
    let error = complete(&imported, &completion, || simulated(&none), &mut |_, _| {}).unwrap_err();
    assert!(error.to_string().contains("too few visits"));
}

/// Area under the ROC curve, and mean log loss.
fn figures(margins: &[f32], labels: &[bool]) -> (f64, f64) {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|&a, &b| margins[a].total_cmp(&margins[b]));
    // rows with one margin share their mean rank
    let (mut ranks, mut yes, mut start) = (0.0, 0.0, 0);
    while start < order.len() {
        let end = start + order[start..].partition_point(|&row| margins[row] <= margins[order[start]]);
        let here = order[start..end].iter().filter(|&&row| labels[row]).count() as f64;
        ranks += here * ((start + 1 + end) as f64 / 2.0);
        yes += here;
        start = end;
    }
    let no = labels.len() as f64 - yes;
    let loss: f64 = margins
        .iter()
        .zip(labels)
        .map(|(&margin, &label)| libm::log1p(libm::exp(f64::from(if label { -margin } else { margin }))))
        .sum();
    ((ranks - yes * (yes + 1.0) / 2.0) / (yes * no), loss / labels.len() as f64)
}

#[test]
fn the_trainer_is_as_good_as_catboosts_on_the_same_rows() {
    let table = |from: u64| {
        let mut columns = vec![vec![]; COLUMNS];
        let mut labels = vec![];
        for number in from..from + ROWS {
            let (values, label) = make_row(number);
            columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
            labels.push(label);
        }
        let borders = Borders { edges: vec![(1..32).map(|edge| edge as f32 / 32.0).collect(); COLUMNS] };
        Table::new(&borders, &columns, labels, vec![1.0; ROWS as usize]).unwrap()
    };
    let (train, held_out) = (table(0), table(ROWS));
    let settings = Settings { trees: 40, depth: 4, learning_rate: 0.2, l2: 3.0, ..Settings::default() };
    let forest = fit(&train, None, &settings, &mut |_| {});
    let (auc, loss) = figures(&forest.margins(&held_out), held_out.labels());
    let reference: Value = serde_json::from_str(include_str!("training/figures.json")).unwrap();
    let of = |trainer: &str, figure: &str| reference[trainer][figure].as_f64().unwrap();
    let (their_auc, their_loss) = (of("catboost", "auc"), of("catboost", "log_loss"));
    assert!((auc - their_auc).abs() <= 0.002, "AUC {auc}, CatBoost's {their_auc}");
    assert!((loss / their_loss - 1.0).abs() <= 0.005, "log loss {loss}, CatBoost's {their_loss}");
    assert!(auc > of("xgboost", "auc") - 0.002 && loss < of("xgboost", "log_loss") * 1.005);
}
