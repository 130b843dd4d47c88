//! The detector's state between two page loads of a session.

use core::fmt;

use super::{Detector, State};
use crate::features::TABLE_HASH;
use crate::model::crc32;

/// Version of the saved state; raised whenever a field of it changes.
const VERSION: u8 = 4;
/// Version, feature table, checksum.
const HEADER: usize = 9;
/// Bytes of a saved session, about 3.5 kB.
pub const SAVED_BYTES: usize = HEADER + size_of::<State>();

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
    /// The session's state: window, sums, what was shown. Not the model nor the settings.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        let mut bytes = vec![0; SAVED_BYTES];
        self.save_to(&mut bytes);
        bytes
    }

    /// The same, to [`SAVED_BYTES`] bytes; fewer are left as they are.
    pub fn save_to(&self, bytes: &mut [u8]) {
        let state = bytemuck::bytes_of(&self.state);
        if let Some((told, body)) = bytes.split_at_mut_checked(HEADER)
            && body.len() == state.len()
        {
            told.copy_from_slice(&header(state));
            body.copy_from_slice(state);
        }
    }

    /// Goes on with a saved session, bit for bit as if it had never been cut.
    ///
    /// # Errors
    /// When the bytes are not a whole saved state of this version; the detector is unchanged then.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), RestoreError> {
        let (told, body) = bytes.split_at_checked(HEADER).ok_or(RestoreError)?;
        if body.len() != size_of::<State>() || told != header(body) {
            return Err(RestoreError);
        }
        bytemuck::bytes_of_mut(&mut self.state).copy_from_slice(body);
        Ok(())
    }
}

fn header(body: &[u8]) -> [u8; HEADER] {
    let mut header = [VERSION; HEADER];
    header[1..5].copy_from_slice(&TABLE_HASH.to_le_bytes());
    header[5..].copy_from_slice(&crc32([body, &[]]).to_le_bytes());
    header
}
