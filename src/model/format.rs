//! Model bytes ⇄ [`Model`].
//!
//! Little endian. Header: magic `FLTR`, version u8, depth u8, features u8, knots u8, presets u8, 3 bytes 0, trees u16, 2 bytes 0, feature-table
//! hash u32, base f32, CRC-32 of all else u32. Then, each contiguous, because planes of one kind compress better: edge counts
//! (u8 a feature), edges (bf16, all high bytes, then all low), split features (u8), split bins (u8), leaves (i8), leaf
//! scales (bf16, high bytes, then low), calibration knots (f32 pairs), reason head (scale f32, weights i8), presets (f32
//! pairs). Nothing follows.

use core::fmt;

use super::{MAX_BINS, MAX_DEPTH, MAX_TREES, Model};
use crate::features::{FEATURE_COUNT, TABLE_HASH};
use crate::reason::{INPUTS, REASONS, ReasonHead};

/// First bytes of a model file.
pub const MAGIC: [u8; 4] = *b"FLTR";
/// Version of the format.
pub const VERSION: u8 = 1;
const HEADER: usize = 28;
const CHECKSUM_AT: usize = 24;
/// Base, scales and knots are within ± this, so that no sum of them can become infinite or NaN.
const LARGEST: f32 = 1e6;

/// Why bytes are not a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatError {
    /// What is wrong.
    pub what: &'static str,
    /// Byte offset of it.
    pub offset: usize,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.what, self.offset)
    }
}

impl core::error::Error for FormatError {}

fn wrong<T>(what: &'static str, offset: usize) -> Result<T, FormatError> {
    Err(FormatError { what, offset })
}

/// CRC-32 (ISO-HDLC, as in PNG and gzip), bit by bit: a table would cost the page more bytes than it saves time.
pub(crate) fn crc32(parts: [&[u8]; 2]) -> u32 {
    !parts.into_iter().flatten().fold(!0u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// The bf16 number next to `value`, ties to even.
#[must_use]
pub fn to_bf16(value: f32) -> u16 {
    let bits = value.to_bits();
    (bits.wrapping_add(0x7fff + ((bits >> 16) & 1)) >> 16) as u16
}

/// The number of a bf16.
#[must_use]
pub const fn from_bf16(bits: u16) -> f32 {
    f32::from_bits((bits as u32) << 16)
}

/// Finite, and with the low half of its bits clear.
fn are_bf16(values: &[f32]) -> bool {
    values.iter().all(|value| value.is_finite() && value.to_bits() & 0xffff == 0)
}

/// Whether pairs of bounded numbers rise strictly on the left, and on the right in the direction of `sign`.
fn are_knots(pairs: &[(f32, f32)], sign: f32) -> bool {
    pairs.iter().all(|(x, y)| x.abs() <= LARGEST && y.abs() <= LARGEST)
        && pairs.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 * sign < pair[1].1 * sign)
}

impl Model {
    /// Checks the bounds named at [`Parts`](super::Parts). Planes are of the right length already.
    pub(super) fn validated(self) -> Result<Model, FormatError> {
        if !(1..=MAX_DEPTH).contains(&self.depth) || self.scales.len() > MAX_TREES {
            return wrong("more than 8 levels or 2000 trees", 0);
        }
        let mut start = 0;
        for &count in &self.counts {
            let end = start + usize::from(count);
            let rises = self.edges[start..end].windows(2).all(|pair| pair[0] < pair[1]);
            if usize::from(count) >= MAX_BINS || !rises {
                return wrong("edges are not up to 63 rising numbers", 0);
            }
            start = end;
        }
        if !are_bf16(&self.edges) || !are_bf16(&self.scales) {
            return wrong("an edge or leaf scale is not a bf16 number", 0);
        }
        let is_scale = |scale: &f32| (0.0..=LARGEST).contains(scale);
        if !(-LARGEST..=LARGEST).contains(&self.base) || !self.scales.iter().all(is_scale) {
            return wrong("base is not a number up to a million, or a leaf scale not one of 0 or more", 0);
        }
        for (&feature, &bin) in self.features.iter().zip(&self.bins) {
            if bin >= self.counts.get(usize::from(feature)).copied().unwrap_or(0) {
                return wrong("split names a feature or edge that is not there", 0);
            }
        }
        if !(2..=64).contains(&self.calibration.len()) || !are_knots(&self.calibration, 1.0) {
            return wrong("calibration is not 2 to 64 strictly rising knots", 0);
        }
        let in_range =
            |&(share, threshold): &(f32, f32)| (0.0..=1.0).contains(&share) && (0.0..=1.0).contains(&threshold);
        if self.presets.len() > 64 || !self.presets.iter().all(in_range) || !are_knots(&self.presets, -1.0) {
            return wrong("presets are not up to 64 rows of rising shares and falling thresholds in 0..1", 0);
        }
        if !is_scale(&self.head.scale) {
            return wrong("scale of the reason head is not a number from 0 to a million", 0);
        }
        Ok(self)
    }

    /// The model as bytes of the current version.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(MAGIC);
        let (knots, presets) = (self.calibration.len() as u8, self.presets.len() as u8);
        out.extend([VERSION, self.depth as u8, FEATURE_COUNT as u8, knots, presets, 0, 0, 0]);
        out.extend((self.scales.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out.extend(TABLE_HASH.to_le_bytes());
        out.extend(self.base.to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.counts);
        planes(&self.edges, &mut out);
        out.extend(&self.features);
        out.extend(&self.bins);
        out.extend(self.leaves.iter().map(|leaf| leaf.to_le_bytes()[0]));
        planes(&self.scales, &mut out);
        let pairs = |pairs: &[(f32, f32)], out: &mut Vec<u8>| {
            out.extend(pairs.iter().flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()]).flatten());
        };
        pairs(&self.calibration, &mut out);
        out.extend(self.head.scale.to_le_bytes());
        out.extend(self.head.weights.iter().flatten().map(|weight| weight.to_le_bytes()[0]));
        pairs(&self.presets, &mut out);
        let checksum = crc32([&out[..CHECKSUM_AT], &out[HEADER..]]);
        out[CHECKSUM_AT..HEADER].copy_from_slice(&checksum.to_le_bytes());
        out
    }

    /// The model in these bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole, unchanged model of this version, trained on this feature table, within its bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, FormatError> {
        let Some(header) = bytes.get(..HEADER) else { return wrong("the file is cut short", bytes.len()) };
        let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
        if header[..4] != MAGIC {
            return wrong("not a falter model", 0);
        }
        if header[4] != VERSION {
            return wrong("model of another format version", 4);
        }
        if word(CHECKSUM_AT) != crc32([&header[..CHECKSUM_AT], &bytes[HEADER..]]) {
            return wrong("checksum does not match: the file is cut short or changed", CHECKSUM_AT);
        }
        if usize::from(header[6]) != FEATURE_COUNT || word(16) != TABLE_HASH {
            return wrong("model was trained on another feature table", 16);
        }
        if header[9..12] != [0; 3] || header[14..16] != [0; 2] {
            return wrong("reserved bytes are not 0", 9);
        }
        let (depth, trees) = (usize::from(header[5]), usize::from(u16::from_le_bytes([header[12], header[13]])));
        if !(1..=MAX_DEPTH).contains(&depth) || trees > MAX_TREES {
            return wrong("more than 8 levels or 2000 trees", 5);
        }
        let mut reader = Reader { bytes, at: HEADER };
        let mut counts = [0; FEATURE_COUNT];
        counts.copy_from_slice(reader.take(FEATURE_COUNT)?);
        let edges = reader.planes(counts.iter().map(|&count| usize::from(count)).sum())?;
        let features = reader.take(trees * depth)?.to_vec();
        let bins = reader.take(trees * depth)?.to_vec();
        let leaves = reader.take(trees << depth)?.iter().map(|&leaf| leaf as i8).collect();
        let scales = reader.planes(trees)?;
        let calibration = reader.pairs(header[7])?;
        let mut head = ReasonHead { scale: reader.number()?, weights: [[0; INPUTS + 1]; REASONS] };
        for row in &mut head.weights {
            for (weight, &byte) in row.iter_mut().zip(reader.take(INPUTS + 1)?) {
                *weight = byte as i8;
            }
        }
        let presets = reader.pairs(header[8])?;
        if reader.at != bytes.len() {
            return wrong("bytes after the model's end", reader.at);
        }
        Model {
            base: f32::from_bits(word(20)),
            depth,
            counts,
            edges,
            features,
            bins,
            leaves,
            scales,
            calibration,
            head,
            presets,
        }
        .validated()
    }
}

/// Appends bf16 numbers, high bytes first, then low bytes.
fn planes(values: &[f32], out: &mut Vec<u8>) {
    out.extend(values.iter().map(|&value| (to_bf16(value) >> 8) as u8));
    out.extend(values.iter().map(|&value| to_bf16(value) as u8));
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], FormatError> {
        let Some(taken) = self.bytes.get(self.at..self.at + count) else {
            return wrong("the file is cut short", self.bytes.len());
        };
        self.at += count;
        Ok(taken)
    }

    fn number(&mut self) -> Result<f32, FormatError> {
        let raw = self.take(4)?;
        Ok(f32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]))
    }

    fn planes(&mut self, count: usize) -> Result<Vec<f32>, FormatError> {
        let (high, low) = (self.take(count)?, self.take(count)?);
        Ok(high.iter().zip(low).map(|(&high, &low)| from_bf16(u16::from_be_bytes([high, low]))).collect())
    }

    fn pairs(&mut self, count: u8) -> Result<Vec<(f32, f32)>, FormatError> {
        let mut pairs = Vec::with_capacity(count.into());
        for _ in 0..count {
            pairs.push((self.number()?, self.number()?));
        }
        Ok(pairs)
    }
}
