//! The shipped model's trees as JSON, for the peers of `./build.sh bench page` to run: `cargo run --example trees`.
//!
//! `{"base","calibration":[[margin,logit]…],"trees":[{"splits":[[feature,edge]…],"leaves":[margin…]}…]}`. The answer of
//! level i, `value > edge`, is bit i of the leaf's number; a value that is not known answers no.

use std::error::Error;
use std::fs;

use falter::model::{Model, Tree};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let parts = Model::from_bytes(&fs::read("models/exit.falter")?)?.parts();
    let written = |tree: &Tree| {
        let edge = |feature: u8, bin: u8| parts.edges[usize::from(feature)][usize::from(bin)];
        let splits: Vec<_> =
            tree.splits.iter().map(|split| json!([split.feature, edge(split.feature, split.bin)])).collect();
        let leaves: Vec<_> = tree.leaves.iter().map(|&leaf| f32::from(leaf) * tree.scale).collect();
        json!({ "splits": splits, "leaves": leaves })
    };
    let trees: Vec<_> = parts.trees.iter().map(written).collect();
    println!("{}", json!({ "base": parts.base, "calibration": parts.calibration, "trees": trees }));
    Ok(())
}
