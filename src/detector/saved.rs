//! The detector's state between two page loads of a session.

use core::fmt;

use super::Detector;
use crate::archive::{Archive, Archived};
use crate::features::TABLE_HASH;
use crate::model::crc32;

/// Version of the saved state; raised whenever a field of it changes.
const VERSION: u8 = 1;
/// Version, feature table, checksum.
const HEADER: usize = 9;

/// Saved state that is not one, was cut short or changed, or is of another version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RestoreError;

impl fmt::Display for RestoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a saved state of this version")
    }
}

impl core::error::Error for RestoreError {}

impl Detector {
    /// The session's state, about 3.5 kB: window, sums, what was shown. Not the model nor the settings.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut io = Archive::Save(Vec::with_capacity(4096));
        let (mut observer, mut memory) = (self.observer, self.memory);
        // saving cannot fail: there are no bytes to run out of
        let _ = observer.archive(&mut io).and_then(|()| memory.archive(&mut io));
        let Archive::Save(body) = io else { return Vec::new() };
        let mut out = Vec::with_capacity(HEADER + body.len());
        out.push(VERSION);
        out.extend(TABLE_HASH.to_le_bytes());
        out.extend(crc32([&[], &body]).to_le_bytes());
        out.extend(body);
        out
    }

    /// Goes on with a saved session, bit for bit as if it had never been cut.
    ///
    /// # Errors
    /// When the bytes are not a whole saved state of this version; the detector is unchanged then.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), RestoreError> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(RestoreError)?;
        let is_ours = header.first() == Some(&VERSION)
            && header.get(1..5) == Some(&TABLE_HASH.to_le_bytes())
            && header.get(5..) == Some(&crc32([&[], body]).to_le_bytes());
        if !is_ours {
            return Err(RestoreError);
        }
        let (mut observer, mut memory) = (self.observer, self.memory);
        let mut io = Archive::Load(body);
        observer.archive(&mut io).and_then(|()| memory.archive(&mut io)).map_err(|_| RestoreError)?;
        if !matches!(io, Archive::Load([])) {
            return Err(RestoreError);
        }
        (self.observer, self.memory) = (observer, memory);
        Ok(())
    }
}
