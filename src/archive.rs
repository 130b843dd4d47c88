//! State that is saved as it lies in memory.
//!
//! All that a session remembers is plain old data (`bytemuck::Pod`): fixed size, no gaps, every pattern of bits a value.
//! So saving and restoring are one copy, numbers stay exact, and nothing restored can be invalid; what uses a number as
//! a place checks it there. The bytes are of this build on this kind of machine, which is all a page load asks.

use bytemuck::{Pod, Zeroable};

/// A truth value in saved state. Most bytes are no `bool`; here all but 0 are true.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(transparent)]
pub(crate) struct Flag(u8);

impl Flag {
    pub(crate) const NO: Flag = Flag(0);
    pub(crate) const YES: Flag = Flag(1);

    pub(crate) fn is_set(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Flag {
    fn from(value: bool) -> Flag {
        Flag(value.into())
    }
}
