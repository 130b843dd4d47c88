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
        let (observer, memory) = (bytemuck::bytes_of(&self.observer), bytemuck::bytes_of(&self.memory));
        let mut bytes = vec![0; HEADER + observer.len() + memory.len()];
        bytes[..HEADER].copy_from_slice(&header([observer, memory]));
        bytes[HEADER..HEADER + observer.len()].copy_from_slice(observer);
        bytes[HEADER + observer.len()..].copy_from_slice(memory);
        bytes
    }

    /// Goes on with a saved session, bit for bit as if it had never been cut.
    ///
    /// # Errors
    /// When the bytes are not a whole saved state of this version; the detector is unchanged then.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), RestoreError> {
        let (told, body) = bytes.split_at_checked(HEADER).ok_or(RestoreError)?;
        let (observer, memory) = body.split_at_checked(size_of::<Observer>()).ok_or(RestoreError)?;
        if memory.len() != size_of::<Memory>() || told != header([observer, memory]) {
            return Err(RestoreError);
        }
        bytemuck::bytes_of_mut(&mut self.observer).copy_from_slice(observer);
        bytemuck::bytes_of_mut(&mut self.memory).copy_from_slice(memory);
        Ok(())
    }
}

fn header(body: [&[u8]; 2]) -> [u8; HEADER] {
    let mut header = [VERSION; HEADER];
    header[1..5].copy_from_slice(&TABLE_HASH.to_le_bytes());
    header[5..].copy_from_slice(&crc32(body).to_le_bytes());
    header
}
