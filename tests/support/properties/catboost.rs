//! What CatBoost exported, or says it did.

use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow};
use falter::model::{MAX_DEPTH, Model, Parts, from_bf16, leaf};
use falter::reason::{INPUTS, REASONS, ReasonHead};
use falter::train::import::{Export, Imported, Parity, Twin};
use serde_json::{Value, json};

use super::bytes::Bytes;
use super::memory::held;

/// What an import may hold for each byte of the export, and beside: a tree of one leaf can become one of 256.
const HELD_A_BYTE: usize = 64;
const BESIDE: usize = 1 << 18;

/// Bytes that begin like JSON as an export, any others as the pieces of one.
pub(crate) fn catboost(bytes: &[u8]) {
    let json = match bytes.first() {
        Some(b'{') => serde_json::from_slice::<Value>(bytes).ok(),
        _ => Some(pieces(&mut Bytes(bytes))),
    };
    let Some(json) = json else { return };
    let text = json.to_string();
    let Ok(export) = serde_json::from_str::<Export>(&text) else { return };
    assert!(!export.provenance().version.is_empty());
    let (imported, most) = held(|| Imported::of(&export));
    assert!(most <= BESIDE + HELD_A_BYTE * text.len(), "{most} bytes held for an export of {}", text.len());
    match imported {
        Err(refusal) => {
            // every refusal says what to do about it, or what it found
            assert!(refusal.to_string().len() > 20, "{refusal}");
        }
        Ok(imported) => the_same(&json, &export, &imported, &mut Bytes(bytes)),
    }
}

/// The imported model beside a naive walk over the JSON.
fn the_same(json: &Value, export: &Export, imported: &Imported, bytes: &mut Bytes) {
    let Imported { base, edges, trees, shares, gains, .. } = imported.clone();
    assert!(imported.bound().is_finite() && gains.iter().all(|gain| gain.is_finite() && *gain >= 0.0), "{gains:?}");
    assert!(shares.iter().flatten().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
    let head = ReasonHead { scale: 0.0, weights: [[0; INPUTS + 1]; REASONS] };
    let calibration = vec![(0.0, 0.0), (1.0, 1.0)];
    let parts = Parts { base, edges: edges.clone(), trees: trees.clone(), calibration, head, presets: vec![] };
    let model = Model::new(parts).expect("what is imported is a model");
    let (twin, most) = held(|| Twin::of(export).expect("an export that was imported"));
    assert!(most <= BESIDE + HELD_A_BYTE * json.to_string().len(), "{most} bytes held by a twin");
    let mut parity = Parity::new(&model, twin);
    let every: Vec<f32> = edges.iter().flatten().copied().filter(|edge| edge.abs() < 3e38).collect();
    for seed in 0..8 {
        let row: FeatureRow = std::array::from_fn(|place| match seed {
            0 => f32::NAN,
            1 => edges[place].first().copied().unwrap_or(0.0),
            2 => edges[place].last().copied().unwrap_or(0.0),
            3 if !every.is_empty() => bytes.pick(&every).next_up(),
            4 if !every.is_empty() => bytes.pick(&every).next_down(),
            _ => Some(bytes.number() as f32).filter(|value| !value.is_infinite()).unwrap_or(0.0),
        });
        // no feature is as large as the borders that stand for "known at all" and "never"
        let row = row.map(|value| if value.is_nan() { value } else { value.clamp(-3e38, 3e38) });
        let bins = model.bins(&row);
        let (leaves, margin) = naive(json, &row);
        let found: Vec<usize> = trees.iter().map(|tree| leaf(tree, &bins)).collect();
        assert_eq!(found, leaves, "{row:?}");
        let off = (f64::from(model.margin(&row)) - margin).abs();
        assert!(off <= imported.bound() * (1.0 + 1e-9) + 1e-9, "off by {off}, and {} was said", imported.bound());
        parity.add(&row, Some(margin));
    }
    assert_eq!((parity.mismatch, parity.rows), (None, 8));
    assert!(parity.largest <= imported.bound() * (1.0 + 1e-9) + 1e-9);
    assert!(parity.mean() <= parity.largest * (1.0 + 1e-9));
}

/// Leaves and raw prediction of a row. Borders are f32 to CatBoost, and so are values.
fn naive(json: &Value, row: &FeatureRow) -> (Vec<usize>, f64) {
    let features = json["features_info"]["float_features"].as_array();
    let value = |index: &Value| {
        let feature = features.into_iter().flatten().find(|feature| feature["feature_index"] == *index);
        let name = &feature.expect("a feature")["feature_id"];
        row[FEATURES.iter().position(|known| name == known.name).expect("one of ours")]
    };
    let mut leaves = vec![];
    let mut sum = 0.0;
    for tree in json["oblivious_trees"].as_array().into_iter().flatten() {
        let mut leaf = 0;
        for (level, split) in tree["splits"].as_array().into_iter().flatten().enumerate() {
            let border = split["border"].as_f64().expect("a border") as f32;
            leaf += usize::from(value(&split["float_feature_index"]) > border) << level;
        }
        leaves.push(leaf);
        sum += tree["leaf_values"][leaf].as_f64().expect("a leaf");
    }
    let (scale, bias) = match &json["scale_and_bias"] {
        Value::Null => (1.0, 0.0),
        both => (both[0].as_f64().unwrap_or(1.0), both[1].as_f64().or(both[1][0].as_f64()).unwrap_or(0.0)),
    };
    (leaves, sum * scale + bias)
}

/// An export of pieces: mostly what CatBoost writes, now and then what it may not.
fn pieces(bytes: &mut Bytes) -> Value {
    let odd = bytes.below(4) == 0;
    let names: Vec<&str> = FEATURES.iter().map(|feature| feature.name).chain(["colour", ""]).collect();
    let count = 1 + bytes.below(6);
    let features: Vec<Value> = (0..count)
        .map(|index| {
            let name = names[bytes.below(if odd { names.len() } else { FEATURE_COUNT })];
            let index = if odd && bytes.below(8) == 0 { bytes.number().abs() as u64 } else { index as u64 };
            let nan = if odd { bytes.pick(&["AsIs", "AsFalse", "AsTrue"]) } else { "AsFalse" };
            json!({ "feature_id": name, "feature_index": index, "nan_value_treatment": nan })
        })
        .collect();
    let border = |bytes: &mut Bytes| match bytes.byte() {
        0..=199 => f64::from(bytes.byte()) / 4.0 - 8.0,
        200..=229 => f64::from(from_bf16(u16::from_le_bytes(bytes.take()))),
        230..=239 => bytes.pick(&[-3.402_823_466_385_288_6e38, 3.389_531_389_251_535_5e38, -0.0, 1e-40]),
        _ => bytes.number(),
    };
    let leaf = |bytes: &mut Bytes| match bytes.byte() {
        byte @ 0..=239 => (f64::from(byte) - 120.0) / 64.0,
        _ => bytes.number(),
    };
    let trees: Vec<Value> = (0..bytes.below(6))
        .map(|_| {
            let depth = bytes.below(if odd { MAX_DEPTH + 2 } else { 5 });
            let splits: Vec<Value> = (0..depth)
                .map(|_| {
                    let kind = if odd && bytes.below(32) == 0 { "OneHotFeature" } else { "FloatFeature" };
                    json!({ "split_type": kind, "float_feature_index": bytes.below(count), "border": border(bytes) })
                })
                .collect();
            let leaves = (1usize << depth) + usize::from(odd && bytes.below(16) == 0);
            let values: Vec<f64> = (0..leaves).map(|_| leaf(bytes)).collect();
            let weights: Vec<f64> =
                (0..leaves).map(|_| if odd { bytes.number() } else { bytes.byte().into() }).collect();
            let splits = if depth == 0 { Value::Null } else { splits.into() };
            json!({ "splits": splits, "leaf_values": values, "leaf_weights": weights })
        })
        .collect();
    let scale = if bytes.is_so() { 1.0 } else { bytes.number() };
    let bias = if bytes.is_so() { json!([bytes.number()]) } else { json!(bytes.number()) };
    let mut export = json!({ "features_info": { "float_features": features }, "oblivious_trees": trees });
    if bytes.is_so() {
        export["scale_and_bias"] = json!([scale, bias]);
    }
    if odd {
        match bytes.below(5) {
            0 => export["features_info"]["categorical_features"] = json!([{ "feature_id": "colour" }]),
            1 => {
                export["model_info"] =
                    json!({ "params": { "loss_function": { "type": bytes.pick(&["RMSE", "Logloss"]) } } })
            }
            2 => export["scale_and_bias"] = json!([1, [0.5, 0.25]]),
            _ => {}
        }
    }
    export
}
