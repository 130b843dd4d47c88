/** Engine and model as the package brings them: a module of its own, which is loaded when falter starts. */

export { default as model } from 'exit.falter';
export { default as wasm } from 'falter.wasm';
