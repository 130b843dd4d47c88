//! Why bytes are not a model.

use core::fmt;

/// What is wrong with the bytes, or parts, of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[repr(u8)]
pub enum Fault {
    /// The bytes end before the model does.
    CutShort,
    /// They begin like nothing of falter's.
    NoModel,
    /// Another version of the format.
    Version,
    /// Changed bytes, or missing ones.
    Checksum,
    /// Trained on features that are not those of this version.
    Table,
    /// Bytes that must be 0 are not.
    Reserved,
    /// Too many trees or levels, or trees of several depths.
    Trees,
    /// Bytes follow the model.
    Longer,
    /// A feature's edges.
    Edges,
    /// A split.
    Split,
    /// A tree's scale.
    Scale,
    /// The margin before any tree.
    Base,
    /// The calibration.
    Calibration,
    /// The reason head.
    Head,
    /// The presets.
    Presets,
}

impl Fault {
    /// The fault in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Fault::CutShort => "the file is cut short",
            Fault::NoModel => "not a falter model",
            Fault::Version => "model of another format version",
            Fault::Checksum => "checksum does not match: the file is cut short or changed",
            Fault::Table => "model was trained on another feature table",
            Fault::Reserved => "reserved bytes are not 0",
            Fault::Trees => "not up to 2000 trees of one depth of up to 8 levels",
            Fault::Longer => "bytes after the model's end",
            Fault::Edges => "not up to 63 rising bf16 numbers as edges of each feature",
            Fault::Split => "split names a feature or edge that is not there",
            Fault::Scale => "leaf scale is not a bf16 number from 0 to a million",
            Fault::Base => "base is not a number up to a million",
            Fault::Calibration => "calibration is not 2 to 64 strictly rising knots",
            Fault::Head => "scale of the reason head is not a number from 0 to a million",
            Fault::Presets => "presets are not up to 64 rows of rising shares and falling thresholds in 0..1",
        }
    }
}

/// Why bytes are not a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormatError {
    /// What is wrong.
    pub fault: Fault,
    /// Byte offset of it.
    pub offset: usize,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at byte {})", self.fault.text(), self.offset)
    }
}

impl core::error::Error for FormatError {}
