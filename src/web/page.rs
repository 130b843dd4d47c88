//! What is read of the page when it is needed, and what is handed out as it happens: every import.

#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Width of the layout viewport without scroll bars, CSS px: what `clientX` is measured in.
    pub(super) safe fn width() -> f32;
    /// Its height, CSS px.
    pub(super) safe fn height() -> f32;
    /// The document's height, CSS px. May cost a layout.
    pub(super) safe fn depth() -> f32;
    /// Section of the element at a place of the viewport, or -1.
    pub(super) safe fn section(x: f32, y: f32) -> f64;
    /// The address's path, as an item's id.
    pub(super) safe fn path() -> u32;
    /// The page's kind, as marked or else guessed: place in `PageKind`.
    pub(super) safe fn kind() -> f64;
    /// The item that the page is marked with; NaN: none.
    pub(super) safe fn item() -> f64;
    /// Width of the dialog of the shop's that is open, CSS px; 0: none is.
    pub(super) safe fn dialog() -> u32;
    /// A signal that happened, its numbers in the shared memory: kind, the stream's time and its own, ms.
    pub(super) safe fn record(kind: u32, at: u32, t: u32);
}
