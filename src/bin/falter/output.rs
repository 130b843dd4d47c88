//! Files that are written, and standard output.

use std::fmt::Arguments;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process;

use anyhow::{Context, Result};

/// `println!` that survives a reader who has gone: what else was to be done is done.
macro_rules! say {
    () => { say!("") };
    ($($text:tt)*) => { $crate::output::say(format_args!($($text)*)) };
}

pub(crate) fn say(text: Arguments<'_>) {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("falter: cannot write: {error}");
            process::exit(1);
        }
        _ => {}
    }
}

/// Opens a file to write a stream to; none or `-` is standard output.
pub(crate) fn create(path: Option<&Path>) -> Result<Box<dyn Write>> {
    match path {
        Some(path) if path != Path::new("-") => {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
        }
        _ => Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout()))),
    }
}

/// A stream to a file that takes its name only when it is whole. Devices, pipes and standard output (`-`) get it as it comes.
pub(crate) struct Whole {
    out: BufWriter<Box<dyn Write + Send>>,
    name: Option<Name>,
}

/// The name a file has while it is written, and its own.
struct Name {
    part: PathBuf,
    path: PathBuf,
}

impl Whole {
    pub(crate) fn create(path: &Path) -> Result<Whole> {
        let context = || format!("cannot write {}", path.display());
        let is_stdout = path == Path::new("-");
        if is_stdout || fs::metadata(path).is_ok_and(|there| !there.is_file()) {
            let out: Box<dyn Write + Send> =
                if is_stdout { Box::new(io::stdout()) } else { Box::new(File::create(path).with_context(context)?) };
            return Ok(Whole { out: BufWriter::with_capacity(1 << 16, out), name: None });
        }
        let mut part = path.file_name().unwrap_or_default().to_owned();
        part.push(".part");
        let part = path.with_file_name(part);
        let out: Box<dyn Write + Send> = Box::new(File::create(&part).with_context(context)?);
        let name = Some(Name { part, path: path.to_owned() });
        Ok(Whole { out: BufWriter::with_capacity(1 << 16, out), name })
    }

    /// The stream is over.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.flush().context("cannot write")?;
        let Some(Name { part, path }) = self.name.take() else { return Ok(()) };
        fs::rename(part, &path).with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Write for Whole {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        // something failed before the end: that is what is told, not that this could not be cleared away
        if let Some(Name { part, .. }) = &self.name {
            let _ = fs::remove_file(part);
        }
    }
}

/// Writes a whole file so that it is there in full or not at all.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut out = Whole::create(path)?;
    out.write_all(bytes).with_context(|| format!("cannot write {}", path.display()))?;
    out.finish()
}

/// Whether an error is a reader of ours that has gone, as `falter replay … | head` makes one.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe))
}
