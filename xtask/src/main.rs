//! Makes the JavaScript side of the wasm module: `xtask IN.wasm OUT_DIR NAME`.
//!
//! Two pairs come out. `NAME.js` and `NAME_bg.wasm` are as wasm-bindgen makes them. `NAME.short.wasm` is the same module
//! with the names that both sides share cut to one or two letters, for they hold hashes, which no compression shortens;
//! `names.json` (long → short) tells the bundler to rename the same properties in `NAME.js`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Result, bail};
use wasm_bindgen_cli_support::{Bindgen, EncodeInto};

/// In the order in which they are handed out; more follow from pairs of these.
const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir, name] = args.as_slice() else {
        eprintln!("usage: xtask IN.wasm OUT_DIR NAME");
        return ExitCode::from(2);
    };
    match generate(Path::new(input), Path::new(out_dir), name) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &Path, out_dir: &Path, name: &str) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.typescript(true).omit_default_module_path(true).encode_into(EncodeInto::Always);
    let mut output = bindgen.input_path(input).out_name(name).generate_output()?;
    output.emit(out_dir)?;

    let glue = output.js().to_owned();
    let module = output.wasm_mut();
    let unused: Vec<_> = module.exports.iter().filter(|export| !glue.contains(&export.name)).map(|e| e.id()).collect();
    for export in unused {
        module.exports.delete(export);
    }
    let mut names = BTreeMap::new();
    for import in module.imports.iter_mut() {
        shorten(&mut import.name, &mut names)?;
    }
    for export in module.exports.iter_mut().filter(|export| is_private(&export.name)) {
        shorten(&mut export.name, &mut names)?;
    }
    module.emit_wasm_file(out_dir.join(format!("{name}.short.wasm")))?;

    let pairs: Vec<String> = names.iter().map(|(long, short)| format!("{long:?}:{short:?}")).collect();
    fs::write(out_dir.join("names.json"), format!("{{{}}}", pairs.join(",")))?;
    Ok(())
}

/// Names that only the glue can mean. `memory` and exported free functions could be properties of other objects, too.
fn is_private(export: &str) -> bool {
    export.contains('_')
}

fn shorten(name: &mut String, names: &mut BTreeMap<String, String>) -> Result<()> {
    let next = names.len();
    let short = names.entry(name.clone()).or_insert(match (next / LETTERS.len(), next % LETTERS.len()) {
        (0, last) => char::from(LETTERS[last]).to_string(),
        (first, last) if first <= LETTERS.len() => [LETTERS[first - 1], LETTERS[last]].map(char::from).iter().collect(),
        _ => bail!("more than {next} names"),
    });
    name.clone_from(short);
    Ok(())
}
