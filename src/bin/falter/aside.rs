//! Bad lines of recordings, set aside in a file of their own, so that whoever made them can mend them.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use anyhow::{Context, Result};
use falter::train::visit::ReadError;
use serde_json::json;

use crate::output::Whole;

/// One file for the bad lines of all recordings, a JSON object a line.
#[derive(Clone)]
pub(crate) struct AsideFile(Rc<RefCell<Whole>>);

impl AsideFile {
    pub(crate) fn create(path: &Path) -> Result<AsideFile> {
        Ok(AsideFile(Rc::new(RefCell::new(Whole::create(path)?))))
    }

    /// What writes the bad lines of this recording.
    pub(crate) fn keeper(&self, recording: &Path) -> impl FnMut(&ReadError, &[u8]) -> io::Result<()> + use<> {
        let (out, file) = (Rc::clone(&self.0), recording.display().to_string());
        move |error, text| {
            // whatever made the line bad may have made it no text
            let text = String::from_utf8_lossy(text);
            let line = json!({ "file": file, "line": error.line(), "reason": error.reason(), "text": text });
            writeln!(out.borrow_mut(), "{line}")
        }
    }

    /// The last line is written. Without this call no file is left behind.
    pub(crate) fn finish(self) -> Result<()> {
        let out = Rc::into_inner(self.0).context("a recording is still being read")?;
        out.into_inner().finish()
    }
}
