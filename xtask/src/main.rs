//! Makes the JavaScript side of the wasm module: `xtask IN.wasm OUT_DIR [NAME]`.

use std::{env, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [input, out_dir, name @ ..] = args.as_slice() else {
        eprintln!("usage: xtask IN.wasm OUT_DIR [NAME]");
        return ExitCode::from(2);
    };
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(name.first().map_or("falter", String::as_str)).omit_default_module_path(true);
    let done = bindgen.web(true).and_then(|bindgen| bindgen.typescript(true).generate(out_dir));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("wasm-bindgen: {error:?}");
            ExitCode::FAILURE
        }
    }
}
