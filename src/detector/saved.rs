//! The detector's state between two page loads of a session.

use core::fmt;

use super::{Detector, Memory};
use crate::features::TABLE_HASH;
use crate::model::crc32;
use crate::observer::Observer;

/// Version of the saved state; raised whenever a field of it changes.
const VERSION: u8 = 2;
/// Version, feature table, checksum.
const HEADER: usize = 9;
const BODY: usize = size_of::<Observer>() + size_of::<Memory>();

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
    /// The session's state, about 3.3 kB: window, sums, what was shown. Not the model nor the settings.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let parts = [bytemuck::bytes_of(&self.observer), bytemuck::bytes_of(&self.memory)];
        let mut out = Vec::with_capacity(HEADER + BODY);
        out.push(VERSION);
        out.extend_from_slice(&TABLE_HASH.to_le_bytes());
        out.extend_from_slice(&crc32(parts).to_le_bytes());
        parts.into_iter().for_each(|part| out.extend_from_slice(part));
        out
    }

    /// Goes on with a saved session, bit for bit as if it had never been cut.
    ///
    /// # Errors
    /// When the bytes are not a whole saved state of this version; the detector is unchanged then.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), RestoreError> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(RestoreError)?;
        let is_ours = body.len() == BODY
            && header[0] == VERSION
            && header[1..5] == TABLE_HASH.to_le_bytes()
            && header[5..] == crc32([body, &[]]).to_le_bytes();
        if !is_ours {
            return Err(RestoreError);
        }
        let (observer, memory) = body.split_at(size_of::<Observer>());
        bytemuck::bytes_of_mut(&mut self.observer).copy_from_slice(observer);
        bytemuck::bytes_of_mut(&mut self.memory).copy_from_slice(memory);
        Ok(())
    }
}
