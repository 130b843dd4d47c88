//! The fuzzer's visits as recordings, for those who don't read its bytes (tests/support/properties/visit.rs):
//! `cargo run --features train --example visits`.

#[path = "../support/properties/mod.rs"]
#[allow(dead_code, unused_imports, reason = "one of them is asked for")]
mod properties;

use std::{fs, io};

fn main() -> io::Result<()> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fuzz/corpus/signals");
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        print!("{}", properties::recorded(&name, &fs::read(file.path())?));
    }
    Ok(())
}
