//! Model bytes ⇄ [`Model`].
//!
//! Little endian. Header: magic `FLTR`, version u8, depth u8, features u8, knots u8, presets u8, 3 bytes 0, trees u16, 2 bytes 0, feature-table
//! hash u32, base f32, CRC-32 of all else u32. Then, each contiguous, because planes of one kind compress better: edge counts
//! (u8 a feature), edges (bf16, all high bytes, then all low), split features (u8), split bins (u8), leaves (i8), leaf
//! scales (bf16, high bytes, then low), calibration knots (f32 pairs), reason head (scale f32, weights i8), presets (f32
//! pairs). Nothing follows.
//!
//! Read here, in place; [`parts`](super::parts) writes one and takes one apart.

mod fault;

pub use fault::{Fault, FormatError};

use super::{MAX_BINS, MAX_DEPTH, MAX_TREES, Model};
use crate::features::{FEATURE_COUNT, TABLE_HASH};
use crate::reason::{HeadWeights, ReasonHead};

/// First bytes of a model file.
pub const MAGIC: [u8; 4] = *b"FLTR";
/// Version of the format.
pub const VERSION: u8 = 1;
pub(super) const HEADER: usize = 28;
pub(super) const CHECKSUM_AT: usize = 24;
const DEPTH_AT: usize = 5;
const BASE_AT: usize = 20;
const TABLE_AT: usize = 16;
/// A pair of f32.
const PAIR: usize = 8;
/// Base, scales and knots are within ± this, so that no sum of them can become infinite or NaN.
const LARGEST: f32 = 1e6;
/// Rows a table of pairs may have.
const MAX_KNOTS: usize = 64;

/// CRC-32 (ISO-HDLC, as in PNG and gzip), bit by bit: a table would cost the page more bytes than it saves time.
pub(crate) fn crc32(parts: [&[u8]; 2]) -> u32 {
    let mut crc = !0u32;
    for part in &parts {
        for &byte in *part {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
            }
        }
    }
    !crc
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

/// What a model holds and at which byte each plane of it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) depth: usize,
    pub(super) trees: usize,
    /// Number of calibration knots, and of presets.
    pub(super) knots: usize,
    pub(super) rows: usize,
    pub(super) edge_count: usize,
    /// Edges of all features, one after the other: high bytes, then low bytes.
    pub(super) edges: usize,
    /// The split's feature, level by level, tree by tree, and its edge, alike.
    pub(super) features: usize,
    pub(super) bins: usize,
    /// The leaves of all trees.
    pub(super) leaves: usize,
    /// High bytes, then low bytes.
    pub(super) scales: usize,
    pub(super) calibration: usize,
    pub(super) head: usize,
    pub(super) presets: usize,
    pub(super) end: usize,
}

impl Layout {
    /// The layout that the header, and the edge counts behind it, tell.
    fn new(bytes: &[u8]) -> Layout {
        let (depth, trees) = (depth(bytes), trees(bytes));
        let (knots, rows) = (usize::from(bytes[7]), usize::from(bytes[8]));
        let edges = HEADER + FEATURE_COUNT;
        let mut edge_count = 0;
        for &count in &bytes[HEADER..edges] {
            edge_count += usize::from(count);
        }
        let features = edges + 2 * edge_count;
        let bins = features + trees * depth;
        let leaves = bins + trees * depth;
        let scales = leaves + (trees << depth);
        let calibration = scales + 2 * trees;
        let head = calibration + PAIR * knots;
        let presets = head + 4 + size_of::<HeadWeights>();
        let end = presets + PAIR * rows;
        Layout {
            depth,
            trees,
            knots,
            rows,
            edge_count,
            edges,
            features,
            bins,
            leaves,
            scales,
            calibration,
            head,
            presets,
            end,
        }
    }
}

fn depth(bytes: &[u8]) -> usize {
    usize::from(bytes[DEPTH_AT])
}

fn trees(bytes: &[u8]) -> usize {
    usize::from(u16::from_le_bytes([bytes[12], bytes[13]]))
}

fn fault(fault: Fault, offset: usize) -> Option<FormatError> {
    Some(FormatError { fault, offset })
}

/// What is wrong with the bytes as a file; none of its planes was looked into.
fn fault_of_file(bytes: &[u8]) -> Option<FormatError> {
    let Some((header, rest)) = bytes.split_first_chunk::<HEADER>() else {
        return fault(Fault::CutShort, bytes.len());
    };
    if header[..4] != MAGIC {
        return fault(Fault::NoModel, 0);
    }
    if header[4] != VERSION {
        return fault(Fault::Version, 4);
    }
    if word(header, CHECKSUM_AT) != crc32([&header[..CHECKSUM_AT], rest]) {
        return fault(Fault::Checksum, CHECKSUM_AT);
    }
    if usize::from(header[6]) != FEATURE_COUNT || word(header, TABLE_AT) != TABLE_HASH {
        return fault(Fault::Table, TABLE_AT);
    }
    if header[9..12] != [0; 3] || header[14..16] != [0; 2] {
        return fault(Fault::Reserved, 9);
    }
    if !(1..=MAX_DEPTH).contains(&depth(header)) || trees(header) > MAX_TREES {
        return fault(Fault::Trees, DEPTH_AT);
    }
    if rest.len() < FEATURE_COUNT {
        return fault(Fault::CutShort, bytes.len());
    }
    let end = Layout::new(bytes).end;
    if bytes.len() < end {
        return fault(Fault::CutShort, bytes.len());
    }
    if bytes.len() > end {
        return fault(Fault::Longer, end);
    }
    None
}

impl Model {
    /// The model in these bytes.
    ///
    /// # Errors
    /// When the bytes are not a whole, unchanged model of this version, trained on this feature table, within the bounds
    /// named at [`Parts`](super::Parts).
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, FormatError> {
        Model::from_vec(bytes.to_vec())
    }

    /// The same without a copy.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn from_vec(bytes: Vec<u8>) -> Result<Model, FormatError> {
        if let Some(error) = fault_of_file(&bytes) {
            return Err(error);
        }
        let layout = Layout::new(&bytes);
        let weights = bytemuck::pod_read_unaligned(&bytes[layout.head + 4..layout.presets]);
        let head = ReasonHead { scale: number(&bytes, layout.head), weights };
        let model = Model { bytes, layout, head };
        match model.fault() {
            None => Ok(model),
            Some(error) => Err(error),
        }
    }

    /// The first plane, if any, that is not within the bounds named at [`Parts`](super::Parts).
    fn fault(&self) -> Option<FormatError> {
        let layout = &self.layout;
        let mut place = 0;
        for feature in 0..FEATURE_COUNT {
            let count = self.counts()[feature];
            if usize::from(count) >= MAX_BINS {
                return fault(Fault::Edges, HEADER + feature);
            }
            let mut before = f32::NEG_INFINITY;
            for _ in 0..count {
                let edge = self.edge(place);
                if !(before < edge && edge < f32::INFINITY) {
                    return fault(Fault::Edges, layout.edges + place);
                }
                before = edge;
                place += 1;
            }
        }
        for split in layout.features..layout.bins {
            let (feature, bin) = (self.bytes[split], self.bytes[split + layout.bins - layout.features]);
            if self.counts().get(usize::from(feature)).is_none_or(|&count| bin >= count) {
                return fault(Fault::Split, split);
            }
        }
        for tree in 0..layout.trees {
            if !is_scale(self.scale(tree)) {
                return fault(Fault::Scale, layout.scales + tree);
            }
        }
        if !is_scale(self.base().abs()) {
            return fault(Fault::Base, BASE_AT);
        }
        if layout.knots < 2 || !self.are_knots(layout.calibration, layout.knots, (-LARGEST, LARGEST), 1.0) {
            return fault(Fault::Calibration, layout.calibration);
        }
        if !is_scale(self.head.scale) {
            return fault(Fault::Head, layout.head);
        }
        if !self.are_knots(layout.presets, layout.rows, (0.0, 1.0), -1.0) {
            return fault(Fault::Presets, layout.presets);
        }
        None
    }

    /// Whether up to 64 pairs of numbers from byte `at`, all from `least` to `most`, rise strictly on the left, and on the
    /// right in the direction of `sign`.
    #[inline(never)]
    fn are_knots(&self, at: usize, count: usize, (least, most): (f32, f32), sign: f32) -> bool {
        let (mut x, mut y) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for knot in 0..count {
            let pair = self.pair(at, knot);
            let is_in = pair.0 >= least && pair.0 <= most && pair.1 >= least && pair.1 <= most;
            if !is_in || pair.0 <= x || pair.1 * sign <= y {
                return false;
            }
            (x, y) = (pair.0, pair.1 * sign);
        }
        count <= MAX_KNOTS
    }

    pub(super) fn counts(&self) -> &[u8] {
        &self.bytes[HEADER..HEADER + FEATURE_COUNT]
    }

    pub(super) fn base(&self) -> f32 {
        number(&self.bytes, BASE_AT)
    }

    /// Edge number `place` of all features' edges.
    pub(super) fn edge(&self, place: usize) -> f32 {
        self.bf16(self.layout.edges, self.layout.edge_count, place)
    }

    /// What one step of a leaf of the tree is worth.
    pub(super) fn scale(&self, tree: usize) -> f32 {
        self.bf16(self.layout.scales, self.layout.trees, tree)
    }

    /// A number of the two planes of `count` bytes each from byte `at`.
    fn bf16(&self, at: usize, count: usize, place: usize) -> f32 {
        let high = at + place;
        from_bf16(u16::from_be_bytes([self.bytes[high], self.bytes[high + count]]))
    }

    /// Pair number `place` of those from byte `at`.
    pub(super) fn pair(&self, at: usize, place: usize) -> (f32, f32) {
        let at = at + PAIR * place;
        (number(&self.bytes, at), number(&self.bytes, at + 4))
    }
}

fn is_scale(value: f32) -> bool {
    (0.0..=LARGEST).contains(&value)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytemuck::pod_read_unaligned(&bytes[at..at + 4]))
}

fn number(bytes: &[u8], at: usize) -> f32 {
    f32::from_bits(word(bytes, at))
}
