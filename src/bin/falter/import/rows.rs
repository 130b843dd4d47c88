//! Rows that are read again: CSV or Parquet, columns by name, in any order and among others.

use std::fs::File;
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context, Result, anyhow, bail};
use csv::{ByteRecord, ReaderBuilder};
use falter::features::{FEATURE_COUNT, FEATURES, FeatureRow, UNKNOWN};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

/// Parquet rows held at a time.
const BLOCK: usize = 4_096;
/// The place of the raw prediction, after those of the features.
const RAW: usize = FEATURE_COUNT;

/// Which columns to read.
pub(super) struct Columns<'a> {
    /// Places of the features that have to be there.
    pub(super) needed: &'a [usize],
    /// The column with CatBoost's raw prediction, where there is one.
    pub(super) raw: &'a str,
}

impl Columns<'_> {
    /// What stands in a column of this name.
    fn place(&self, name: &str) -> Option<usize> {
        if name == self.raw { Some(RAW) } else { FEATURES.iter().position(|feature| feature.name == name) }
    }

    /// The first feature that is needed and not among the places found.
    fn check(&self, found: &[Option<usize>]) -> Result<()> {
        match self.needed.iter().find(|&&place| !found.contains(&Some(place))) {
            Some(&missing) => bail!("no column {:?}, which the model asks for", FEATURES[missing].name),
            None => Ok(()),
        }
    }
}

/// Calls `take` for every row, with its features and raw prediction.
pub(super) fn read(path: &Path, columns: &Columns, take: &mut dyn FnMut(&FeatureRow, Option<f64>)) -> Result<()> {
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let read = if path.extension().is_some_and(|extension| extension == "parquet") { read_parquet } else { read_csv };
    read(file, columns, take).with_context(|| path.display().to_string())
}

fn read_csv(file: File, columns: &Columns, take: &mut dyn FnMut(&FeatureRow, Option<f64>)) -> Result<()> {
    let mut reader = ReaderBuilder::new().from_reader(file);
    let places: Vec<Option<usize>> = reader.headers()?.iter().map(|name| columns.place(name)).collect();
    columns.check(&places)?;
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record)? {
        let (mut row, mut raw) = (UNKNOWN, None);
        for (field, place) in record.iter().zip(&places) {
            let read = match *place {
                None => Some(()),
                Some(RAW) => number(field).map(|value: f64| raw = Some(value).filter(|value| !value.is_nan())),
                // straight to f32: by way of f64 it would be rounded twice
                Some(place) => number(field).map(|value: f32| row[place] = value),
            };
            read.ok_or_else(|| {
                let line = record.position().map_or(0, csv::Position::line);
                let name = place.and_then(|place| FEATURES.get(place)).map_or(columns.raw, |feature| feature.name);
                anyhow!("line {line}: {:?} in column {name:?} is not a number", String::from_utf8_lossy(field))
            })?;
        }
        take(&row, raw);
    }
    Ok(())
}

/// The number in a field; NaN for an empty one.
fn number<T: FromStr + From<f32>>(field: &[u8]) -> Option<T> {
    let text = std::str::from_utf8(field).ok()?.trim();
    if text.is_empty() { Some(f32::NAN.into()) } else { text.parse().ok() }
}

fn read_parquet(file: File, columns: &Columns, take: &mut dyn FnMut(&FeatureRow, Option<f64>)) -> Result<()> {
    let reader = SerializedFileReader::new(file)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let places: Vec<Option<usize>> = schema.columns().iter().map(|column| columns.place(column.name())).collect();
    columns.check(&places)?;
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let mut open: Vec<(usize, ColumnReader)> = vec![];
        for (index, place) in places.iter().enumerate() {
            if let Some(place) = *place {
                open.push((place, group.get_column_reader(index)?));
            }
        }
        let mut left = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        while left > 0 {
            let count = left.min(BLOCK);
            let mut rows = vec![(UNKNOWN, None); count];
            for (place, column) in &mut open {
                for ((row, raw), value) in rows.iter_mut().zip(values(column, count)?) {
                    match row.get_mut(*place) {
                        Some(slot) => *slot = value as f32,
                        None => *raw = Some(value).filter(|value| !value.is_nan()),
                    }
                }
            }
            rows.iter().for_each(|(row, raw)| take(row, *raw));
            left -= count;
        }
    }
    Ok(())
}

/// The next values of a column of numbers; NaN for null.
fn values(column: &mut ColumnReader, count: usize) -> Result<Vec<f64>> {
    Ok(match column {
        ColumnReader::FloatColumnReader(column) => block(column, count, f64::from)?,
        ColumnReader::DoubleColumnReader(column) => block(column, count, |value| value)?,
        ColumnReader::Int32ColumnReader(column) => block(column, count, f64::from)?,
        ColumnReader::Int64ColumnReader(column) => block(column, count, |value| value as f64)?,
        ColumnReader::BoolColumnReader(column) => block(column, count, |value| f64::from(u8::from(value)))?,
        _ => bail!("a column of a feature holds no numbers"),
    })
}

fn block<T: DataType>(
    column: &mut ColumnReaderImpl<T>,
    count: usize,
    number: impl Fn(T::T) -> f64,
) -> Result<Vec<f64>, ParquetError> {
    let (mut levels, mut found) = (vec![], vec![]);
    column.read_records(count, Some(&mut levels), None, &mut found)?;
    let mut found = found.into_iter().map(number);
    if levels.is_empty() {
        return Ok(found.collect());
    }
    Ok(levels.into_iter().map(|level| if level > 0 { found.next().unwrap_or(f64::NAN) } else { f64::NAN }).collect())
}
