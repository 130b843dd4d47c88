//! The trainer alone, on a table from elsewhere: what models/training/bench.py sets beside CatBoost and XGBoost.
//!
//! `cargo bench --features train --bench train -- FOLDER trees=200 depth=5 rate=0.1 l2=3 bins=64 repeats=1` reads from FOLDER
//! train.f32 and held_out.f32 (little endian, column by column; NaN where a value is not known) and train.u8 (a label a
//! row), trains on one thread, writes held_out.margins (f32) there and prints `{"seconds":[…],"trees":…}`: binning and trees,
//! once a repeat. Without a folder it does nothing.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use falter::train::boost::{Borders, Forest, Settings, Table, fit};

type Failed = Box<dyn Error>;

fn main() -> Result<(), Failed> {
    // cargo adds --bench
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let Some(folder) = words.next() else {
        println!("train: left out; ./build.sh bench train runs it");
        return Ok(());
    };
    let options: HashMap<String, f64> = words.map(|word| option(&word)).collect::<Result<_, _>>()?;
    let option = |name: &str, standard: f64| options.get(name).copied().unwrap_or(standard);
    let folder = Path::new(&folder);
    let labels: Vec<bool> = fs::read(folder.join("train.u8"))?.into_iter().map(|label| label > 0).collect();
    let train_columns = columns(&folder.join("train.f32"), labels.len())?;
    let settings = Settings {
        trees: option("trees", 200.0) as usize,
        depth: option("depth", 5.0) as usize,
        learning_rate: option("rate", 0.1),
        l2: option("l2", 3.0),
        ..Settings::default()
    };
    let (mut seconds, mut made) = (vec![], None);
    for _ in 0..option("repeats", 1.0) as usize {
        let start = Instant::now();
        made = Some(train(&train_columns, &labels, option("bins", 64.0) as usize, &settings)?);
        seconds.push(start.elapsed().as_secs_f64());
    }
    let (borders, forest) = made.ok_or("no repeats")?;
    let rows = fs::metadata(folder.join("held_out.f32"))?.len() as usize / 4 / train_columns.len();
    let held_out = columns(&folder.join("held_out.f32"), rows)?;
    let table = Table::new(&borders, &held_out, vec![false; rows], vec![1.0; rows])?;
    let margins: Vec<u8> = forest.margins(&table).into_iter().flat_map(f32::to_le_bytes).collect();
    fs::write(folder.join("held_out.margins"), margins)?;
    println!("{{\"seconds\":{seconds:?},\"trees\":{}}}", forest.trees.len());
    Ok(())
}

fn train(columns: &[Vec<f32>], labels: &[bool], bins: usize, settings: &Settings) -> Result<(Borders, Forest), Failed> {
    let borders = Borders::of(columns, bins);
    let table = Table::new(&borders, columns, labels.to_vec(), vec![1.0; labels.len()])?;
    let forest = fit(&table, None, settings, &mut |_| {});
    Ok((borders, forest))
}

/// `name=number`.
fn option(word: &str) -> Result<(String, f64), Failed> {
    let (name, number) = word.split_once('=').ok_or_else(|| format!("{word:?}: name=number is expected"))?;
    Ok((name.to_owned(), number.parse()?))
}

/// A file of f32, cut into columns of so many rows.
fn columns(path: &Path, rows: usize) -> Result<Vec<Vec<f32>>, Failed> {
    let bytes = fs::read(path)?;
    let numbers: Vec<f32> =
        bytes.chunks_exact(4).map(|raw| f32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]])).collect();
    Ok(numbers.chunks_exact(rows.max(1)).map(<[f32]>::to_vec).collect())
}
