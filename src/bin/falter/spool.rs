//! Digests of visits between the two passes of judging, in a file without a name: memory stays the same however many there are,
//! and nothing is left when the command ends.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use anyhow::{Context, Result, anyhow};
use falter::train::digest::Digest;

/// A digest longer than this, bytes, can't be: it is made of one visit that was held in memory.
const MAX_DIGEST: u32 = 1 << 30;

/// Takes digests, then gives them back in order.
pub(crate) struct Spool {
    file: BufWriter<File>,
    bytes: Vec<u8>,
}

impl Spool {
    pub(crate) fn new() -> Result<Spool> {
        let file = tempfile::tempfile().with_context(no_room)?;
        Ok(Spool { file: BufWriter::with_capacity(1 << 16, file), bytes: vec![] })
    }

    pub(crate) fn put(&mut self, digest: &Digest) -> Result<()> {
        self.bytes.clear();
        self.bytes = postcard::to_extend(digest, std::mem::take(&mut self.bytes)).map_err(|error| anyhow!(error))?;
        let length = u32::try_from(self.bytes.len()).ok().filter(|&length| length < MAX_DIGEST);
        let length = length.context("a visit is too long to be judged")?;
        self.file.write_all(&length.to_le_bytes()).with_context(no_room)?;
        self.file.write_all(&self.bytes).with_context(no_room)
    }

    /// What was put in, in order.
    pub(crate) fn read(self) -> Result<impl Iterator<Item = Result<Digest>>> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error).with_context(no_room)?;
        file.seek(SeekFrom::Start(0)).with_context(no_room)?;
        let (mut input, mut bytes) = (BufReader::with_capacity(1 << 16, file), vec![]);
        Ok(std::iter::from_fn(move || next(&mut input, &mut bytes).transpose()))
    }
}

fn next(input: &mut impl Read, bytes: &mut Vec<u8>) -> Result<Option<Digest>> {
    let mut length = [0; 4];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read.with_context(no_room)?,
    }
    bytes.resize(u32::from_le_bytes(length) as usize, 0);
    input.read_exact(bytes).with_context(no_room)?;
    postcard::from_bytes(bytes).map(Some).map_err(|error| anyhow!(error))
}

fn no_room() -> String {
    format!(
        "cannot use a temporary file in {}; set TMPDIR to a folder with room (2 kB a visit)",
        std::env::temp_dir().display()
    )
}
