//! Rows as Parquet, in row groups of bounded size.

use std::sync::Arc;

use anyhow::{Context, Result};
use falter::features::{FEATURE_COUNT, FEATURES};
use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, FloatType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::sheet::{KEYS, LABEL, Row};
use crate::output::Whole;

/// Rows held back until they are written column by column: 9 MB of them.
const GROUP_ROWS: usize = 1 << 15;

pub(super) struct Parquet {
    out: SerializedFileWriter<Whole>,
    sessions: Vec<ByteArray>,
    times: Vec<i32>,
    /// A column a feature, NaN where a value is not known.
    features: Vec<Vec<f32>>,
    labels: Vec<i32>,
}

impl Parquet {
    pub(super) fn new(out: Whole) -> Result<Parquet> {
        let schema = parse_message_type(&schema()).context("the table's schema")?;
        // what is written of a group is held until the file's end: without statistics that is little
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::None)
            .set_offset_index_disabled(true)
            .build();
        let out = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties)).map_err(unwrapped)?;
        let features = vec![vec![]; FEATURE_COUNT];
        Ok(Parquet { out, sessions: vec![], times: vec![], features, labels: vec![] })
    }

    pub(super) fn add(&mut self, row: &Row) -> Result<()> {
        // rows of one session share its text
        let session = match self.sessions.last() {
            Some(last) if last.data() == row.session.as_bytes() => last.clone(),
            _ => ByteArray::from(row.session),
        };
        self.sessions.push(session);
        // times are under 2^31 in a recording
        self.times.push(row.t.cast_signed());
        self.features.iter_mut().zip(row.features).for_each(|(column, &value)| column.push(value));
        self.labels.push(i32::from(row.leaves));
        if self.labels.len() >= GROUP_ROWS { self.write_group().map_err(unwrapped) } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.out.next_row_group()?;
        write_column::<ByteArrayType>(&mut group, &self.sessions, None)?;
        write_column::<Int32Type>(&mut group, &self.times, None)?;
        let (mut known, mut levels) = (vec![], vec![]);
        for column in &self.features {
            known.clear();
            known.extend(column.iter().copied().filter(|value| !value.is_nan()));
            levels.clear();
            levels.extend(column.iter().map(|value| i16::from(!value.is_nan())));
            write_column::<FloatType>(&mut group, &known, Some(&levels))?;
        }
        write_column::<Int32Type>(&mut group, &self.labels, None)?;
        group.close()?;
        self.sessions.clear();
        self.times.clear();
        self.features.iter_mut().for_each(Vec::clear);
        self.labels.clear();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<()> {
        if !self.labels.is_empty() {
            self.write_group().map_err(unwrapped)?;
        }
        self.out.into_inner().map_err(unwrapped)?.finish()
    }
}

/// `levels`: 0 where a value is not known, 1 where the next of the values stands.
fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Whole>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let missing = || ParquetError::General("the table has more columns than its schema".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

fn schema() -> String {
    let [session, t] = KEYS;
    let mut text =
        format!("message rows {{ required binary {session} (UTF8); required int32 {t} (INTEGER(32,false)); ");
    for feature in &FEATURES {
        text.push_str(&format!("optional float {}; ", feature.name));
    }
    text.push_str(&format!("required int32 {LABEL} (INTEGER(8,false)); }}"));
    text
}

/// The stream's own error where there is one inside.
fn unwrapped(error: ParquetError) -> anyhow::Error {
    let error = match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(error) => anyhow::Error::new(*error),
            Err(other) => anyhow::Error::msg(other.to_string()),
        },
        other => anyhow::Error::new(other),
    };
    error.context("cannot write the rows")
}
