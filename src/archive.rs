//! State to bytes and back, described once: the same walk over the fields saves and loads.
//!
//! Numbers are little endian and exact, so a session that was cut into page loads goes on with the same bits.

/// The bytes ended before the state did, or a value in them is out of its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

/// One direction of the walk.
#[derive(Debug)]
pub(crate) enum Archive<'a> {
    Save(Vec<u8>),
    Load(&'a [u8]),
}

impl Archive<'_> {
    fn raw(&mut self, raw: &mut [u8]) -> Result<(), Broken> {
        match self {
            Archive::Save(out) => out.extend_from_slice(raw),
            Archive::Load(left) => {
                let (now, later) = left.split_at_checked(raw.len()).ok_or(Broken)?;
                raw.copy_from_slice(now);
                *left = later;
            }
        }
        Ok(())
    }
}

/// State that can be walked.
pub(crate) trait Archived {
    /// Saves or loads every field, in order.
    fn archive(&mut self, io: &mut Archive) -> Result<(), Broken>;
}

macro_rules! numbers {
    ($($Number:ty),+) => { $(
        impl Archived for $Number {
            fn archive(&mut self, io: &mut Archive) -> Result<(), Broken> {
                let mut raw = self.to_le_bytes();
                io.raw(&mut raw)?;
                *self = <$Number>::from_le_bytes(raw);
                Ok(())
            }
        }
    )+ };
}
numbers!(u8, i8, u16, i16, u32, f32, f64);

impl Archived for bool {
    fn archive(&mut self, io: &mut Archive) -> Result<(), Broken> {
        let mut byte = u8::from(*self);
        byte.archive(io)?;
        *self = byte != 0;
        Ok(())
    }
}

impl<T: Archived, const N: usize> Archived for [T; N] {
    fn archive(&mut self, io: &mut Archive) -> Result<(), Broken> {
        self.iter_mut().try_for_each(|item| item.archive(io))
    }
}

/// Implements [`Archived`] for a struct from the list of its fields.
macro_rules! archived {
    ($Struct:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::archive::Archived for $Struct {
            fn archive(&mut self, io: &mut $crate::archive::Archive) -> Result<(), $crate::archive::Broken> {
                $($crate::archive::Archived::archive(&mut self.$field, io)?;)+
                Ok(())
            }
        }
    };
}
pub(crate) use archived;
