//! Makes the JavaScript that a wasm-bindgen module needs beside it, as an ES module:
//!
//! ```text
//! bindgen MODULE.wasm FOLDER
//! ```
//!
//! writes `studio.js`, `studio.d.ts` and `studio_bg.wasm` there. The same as the command `wasm-bindgen`, but of the version that
//! `Cargo.lock` ties to that of the crate.

use std::error::Error;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(module), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: bindgen MODULE.wasm FOLDER");
        return ExitCode::from(2);
    };
    match bind(&module, &folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bindgen: {module}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bind(module: &str, folder: &str) -> Result<(), Box<dyn Error>> {
    Ok(Bindgen::new().input_path(module).out_name("studio").web(true)?.typescript(true).generate(folder)?)
}
