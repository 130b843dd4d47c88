/** The module as binaryen's wasm2js makes it of falter.wasm: an instance of its own a call, and its custom section's text. */
export function instantiate(imports: Record<string, any>): Record<string, any>;
export const NAMES: string;
