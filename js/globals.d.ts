/** Set by the bundler, from Cargo.toml. */
declare const FALTER_VERSION: string;
