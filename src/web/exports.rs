//! Every export, and nothing but exports. Before `open` they do nothing.

use core::cell::RefCell;
use core::mem::ManuallyDrop;

use super::engine::Engine;
use super::shared;
use crate::boundary::Heard;
use crate::recording::Kind;

/// The texts that JavaScript has to know (`tests/names.rs`), as a custom section: it reads them before there is an instance.
#[allow(dead_code, reason = "JavaScript reads it")]
#[unsafe(link_section = "names")]
pub static NAMES: [u8; include_bytes!("names.txt").len()] = *include_bytes!("names.txt");

thread_local! {
    // it goes with the instance
    static ENGINE: RefCell<Option<ManuallyDrop<Engine>>> = const { RefCell::new(None) };
}

fn with<T: Default>(use_it: impl FnOnce(&mut Engine) -> T) -> T {
    ENGINE.with_borrow_mut(|engine| match engine {
        Some(engine) => use_it(engine),
        None => T::default(),
    })
}

/// Where the shared numbers are.
#[unsafe(no_mangle)]
pub extern "C" fn numbers() -> *const f64 {
    shared::address()
}

/// Where there is room for so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn bytes(length: usize) -> *mut u8 {
    shared::room(length)
}

/// Opens the engine on the model in the bytes, for a session that began at wall time `started`, on a page whose time 0 is
/// wall time `origin`, both ms. Returns -1, or the offset of what is wrong with the model.
#[unsafe(no_mangle)]
pub extern "C" fn open(started: f64, origin: f64, is_touch: u32) -> i32 {
    match Engine::new(shared::take_bytes(), started, origin, is_touch != 0) {
        Ok(engine) => {
            ENGINE.set(Some(ManuallyDrop::new(engine)));
            -1
        }
        Err(error) => error.offset as i32,
    }
}

/// Takes over the settings in the numbers.
#[unsafe(no_mangle)]
pub extern "C" fn setup() {
    with(Engine::setup);
}

/// Sets the play at a place by the program in the numbers, which NaN in a measure's place ends; place 0 drops all there were.
#[unsafe(no_mangle)]
pub extern "C" fn play(place: usize) {
    with(|engine| engine.play(place));
}

/// Goes on with the saved session in the bytes; false when they are not one. Which page this is will be told anew.
#[unsafe(no_mangle)]
pub extern "C" fn restore() -> bool {
    with(|engine| shared::with_bytes(|bytes| engine.restore(bytes)))
}

/// Tells the page that is shown, at page time `now`, and looks at it on ticks from then on.
#[unsafe(no_mangle)]
pub extern "C" fn listen(now: f64) {
    with(|engine| engine.listen(now));
}

/// Takes what was heard at page time `time`; returns what came of it, as bits.
#[unsafe(no_mangle)]
pub extern "C" fn hear(heard: usize, time: f64, x: f64, y: f64, what: f64) -> u32 {
    with(|engine| Heard::from_index(heard).map_or(0, |heard| engine.hear(heard, time, x, y, what)))
}

/// Runs the ticks due at page time `now`, wall time `wall`; returns what came of them, as bits.
#[unsafe(no_mangle)]
pub extern "C" fn tick(now: f64, wall: f64) -> u32 {
    with(|engine| engine.tick(now, wall))
}

/// Takes the signal in the numbers, which happened at session time `t`, came `late`, and is told at page time `now`, all
/// ms. Without a `t` (NaN) it happens now. Returns what came of it, as bits.
#[unsafe(no_mangle)]
pub extern "C" fn signal(kind: usize, t: f64, late: f64, now: f64) -> u32 {
    with(|engine| Kind::from_index(kind).map_or(0, |kind| engine.signal(kind, t, late, now)))
}

/// Leaves what there is to tell in the numbers.
#[unsafe(no_mangle)]
pub extern "C" fn tell() {
    with(|engine| engine.tell());
}

/// Leaves the features of the last tick in the numbers.
#[unsafe(no_mangle)]
pub extern "C" fn features() {
    with(|engine| engine.features());
}

/// Leaves the session's state in the bytes; returns how many they are.
#[unsafe(no_mangle)]
pub extern "C" fn save() -> usize {
    with(|engine| engine.save())
}

/// Hands every signal to `record` from now on.
#[unsafe(no_mangle)]
pub extern "C" fn record() {
    with(|engine| engine.record());
}
