//! Model bytes ⇄ [`Model`].
//!
//! Little endian. Header: magic `FLTR`, version u8, depth u8, features u8, knots u8, presets u8, 3 bytes 0, trees u16, 2 bytes 0, feature-table
//! hash u32, base f32, CRC-32 of all else u32. Then, each contiguous, because planes of one kind compress better: edge counts
//! (u8 a feature), edges (bf16, all high bytes, then all low), split features (u8), split bins (u8), leaves (i8), leaf
//! scales (bf16, high bytes, then low), calibration knots (f32 pairs), reason head (scale f32, weights i8), presets (f32
//! pairs). Nothing follows.

use core::fmt;

use super::{MAX_BINS, MAX_DEPTH, MAX_TREES, Model, Parts, Split, Tree};
use crate::features::{FEATURE_COUNT, table_hash};
use crate::reason::{INPUTS, REASONS, ReasonHead};

/// First bytes of a model file.
pub const MAGIC: [u8; 4] = *b"FLTR";
/// Version of the format.
pub const VERSION: u8 = 1;
const HEADER: usize = 28;
const CHECKSUM_AT: usize = 24;

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
pub fn from_bf16(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

fn is_bf16(value: f32) -> bool {
    value.to_bits() & 0xffff == 0
}

fn rises<T: PartialOrd>(mut values: impl Iterator<Item = T>) -> bool {
    let Some(mut last) = values.next() else { return true };
    values.all(|value| {
        let is_over = value > last;
        last = value;
        is_over
    })
}

/// Checks the bounds named at [`Parts`].
pub(super) fn validate(parts: &Parts) -> Result<(), FormatError> {
    let depth = parts.trees.first().map_or(1, |tree| tree.splits.len());
    if !parts.base.is_finite() {
        return wrong("base is not a number", 0);
    }
    if parts.edges.len() != FEATURE_COUNT {
        return wrong("not one list of edges a feature", 0);
    }
    for edges in &parts.edges {
        let are_numbers = edges.iter().all(|&edge| edge.is_finite() && is_bf16(edge));
        if edges.len() >= MAX_BINS || !are_numbers || !rises(edges.iter()) {
            return wrong("edges are not up to 63 rising bf16 numbers", 0);
        }
    }
    if !(1..=MAX_DEPTH).contains(&depth) || parts.trees.len() > MAX_TREES {
        return wrong("more than 8 levels or 2000 trees", 0);
    }
    for tree in &parts.trees {
        if tree.splits.len() != depth || tree.leaves.len() != 1 << depth {
            return wrong("trees are not of one depth", 0);
        }
        if !(tree.scale.is_finite() && tree.scale >= 0.0 && is_bf16(tree.scale)) {
            return wrong("leaf scale is not a bf16 number of 0 or more", 0);
        }
        for split in &tree.splits {
            let edges = parts.edges.get(usize::from(split.feature)).map_or(0, Vec::len);
            if usize::from(split.bin) >= edges {
                return wrong("split names a feature or edge that is not there", 0);
            }
        }
    }
    let finite = |knots: &[(f32, f32)]| knots.iter().all(|(x, y)| x.is_finite() && y.is_finite());
    let calibration = &parts.calibration;
    let is_rising = rises(calibration.iter().map(|knot| knot.0)) && rises(calibration.iter().map(|knot| knot.1));
    if !(2..=64).contains(&calibration.len()) || !finite(calibration) || !is_rising {
        return wrong("calibration is not 2 to 64 strictly rising knots", 0);
    }
    let presets = &parts.presets;
    let in_range =
        presets.iter().all(|(share, threshold)| (0.0..=1.0).contains(share) && (0.0..=1.0).contains(threshold));
    let is_falling = rises(presets.iter().map(|row| row.0)) && rises(presets.iter().map(|row| -row.1));
    if presets.len() > 64 || !in_range || !is_falling {
        return wrong("presets are not up to 64 rows of rising shares and falling thresholds in 0..1", 0);
    }
    if !(parts.head.scale.is_finite() && parts.head.scale >= 0.0) {
        return wrong("scale of the reason head is not a number of 0 or more", 0);
    }
    Ok(())
}

impl Model {
    /// The model as bytes of the current version.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let parts = self.parts();
        let mut out = Vec::new();
        out.extend(MAGIC);
        let (knots, presets) = (parts.calibration.len() as u8, parts.presets.len() as u8);
        out.extend([VERSION, self.depth() as u8, FEATURE_COUNT as u8, knots, presets, 0, 0, 0]);
        out.extend((parts.trees.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out.extend(table_hash().to_le_bytes());
        out.extend(parts.base.to_le_bytes());
        out.extend([0; 4]);
        out.extend(parts.edges.iter().map(|edges| edges.len() as u8));
        planes(parts.edges.iter().flatten().copied(), &mut out);
        out.extend(parts.trees.iter().flat_map(|tree| &tree.splits).map(|split| split.feature));
        out.extend(parts.trees.iter().flat_map(|tree| &tree.splits).map(|split| split.bin));
        out.extend(parts.trees.iter().flat_map(|tree| &tree.leaves).map(|leaf| leaf.to_le_bytes()[0]));
        planes(parts.trees.iter().map(|tree| tree.scale), &mut out);
        let pairs = |pairs: &[(f32, f32)], out: &mut Vec<u8>| {
            out.extend(pairs.iter().flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()]).flatten());
        };
        pairs(&parts.calibration, &mut out);
        out.extend(parts.head.scale.to_le_bytes());
        out.extend(parts.head.weights.iter().flatten().map(|weight| weight.to_le_bytes()[0]));
        pairs(&parts.presets, &mut out);
        let checksum = crc32([&out[..CHECKSUM_AT], &out[HEADER..]]);
        out[CHECKSUM_AT..HEADER].copy_from_slice(&checksum.to_le_bytes());
        out
    }

    /// The model in these bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole, unchanged model of this version, trained on this feature table, within its bounds.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, FormatError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(4)? != MAGIC {
            return wrong("not a falter model", 0);
        }
        let [version, depth, features, knots, presets, reserved @ ..] = reader.array::<8>()?;
        if version != VERSION {
            return wrong("model of another format version", 4);
        }
        let trees = u16::from_le_bytes(reader.array()?);
        let padding: [u8; 2] = reader.array()?;
        let table = u32::from_le_bytes(reader.array()?);
        let base = reader.number()?;
        let checksum = u32::from_le_bytes(reader.array()?);
        let (head, body) = (bytes.get(..CHECKSUM_AT).unwrap_or(&[]), bytes.get(HEADER..).unwrap_or(&[]));
        if checksum != crc32([head, body]) {
            return wrong("checksum does not match: the file is cut short or changed", CHECKSUM_AT);
        }
        if usize::from(features) != FEATURE_COUNT || table != table_hash() {
            return wrong("model was trained on another feature table", 16);
        }
        if reserved != [0; 3] || padding != [0; 2] {
            return wrong("reserved bytes are not 0", 9);
        }
        let (depth, trees) = (usize::from(depth), usize::from(trees));
        if !(1..=MAX_DEPTH).contains(&depth) || trees > MAX_TREES {
            return wrong("more than 8 levels or 2000 trees", 5);
        }
        let counts = reader.take(FEATURE_COUNT)?;
        let mut all = reader.planes(counts.iter().map(|&count| usize::from(count)).sum())?;
        let edges = counts.iter().map(|&count| all.by_ref().take(usize::from(count)).collect()).collect();
        let mut split_features = reader.take(trees * depth)?.chunks_exact(depth);
        let mut split_bins = reader.take(trees * depth)?.chunks_exact(depth);
        let mut leaves = reader.take(trees << depth)?.chunks_exact(1 << depth);
        let mut scales = reader.planes(trees)?;
        let mut forest = Vec::with_capacity(trees);
        while let (Some(features), Some(bins), Some(leaves), Some(scale)) =
            (split_features.next(), split_bins.next(), leaves.next(), scales.next())
        {
            let splits = features.iter().zip(bins).map(|(&feature, &bin)| Split { feature, bin }).collect();
            forest.push(Tree { splits, leaves: leaves.iter().map(|&leaf| i8::from_le_bytes([leaf])).collect(), scale });
        }
        let calibration = reader.pairs(knots)?;
        let mut head = ReasonHead { scale: reader.number()?, weights: [[0; INPUTS + 1]; REASONS] };
        for row in &mut head.weights {
            for (weight, &byte) in row.iter_mut().zip(reader.take(INPUTS + 1)?) {
                *weight = i8::from_le_bytes([byte]);
            }
        }
        let presets = reader.pairs(presets)?;
        if reader.at != bytes.len() {
            return wrong("bytes after the model's end", reader.at);
        }
        Model::new(Parts { base, edges, trees: forest, calibration, head, presets })
    }
}

/// Appends bf16 numbers, high bytes first, then low bytes.
fn planes(values: impl Iterator<Item = f32> + Clone, out: &mut Vec<u8>) {
    out.extend(values.clone().map(|value| (to_bf16(value) >> 8) as u8));
    out.extend(values.map(|value| to_bf16(value) as u8));
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

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FormatError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn number(&mut self) -> Result<f32, FormatError> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    fn planes(&mut self, count: usize) -> Result<impl Iterator<Item = f32> + use<'a>, FormatError> {
        let (high, low) = (self.take(count)?, self.take(count)?);
        Ok(high.iter().zip(low).map(|(&high, &low)| from_bf16(u16::from_be_bytes([high, low]))))
    }

    fn pairs(&mut self, count: u8) -> Result<Vec<(f32, f32)>, FormatError> {
        (0..count).map(|_| Ok((self.number()?, self.number()?))).collect()
    }
}
