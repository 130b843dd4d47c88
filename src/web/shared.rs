//! The memory that JavaScript writes to and reads from: some numbers for nearly everything, and bytes for the model and for
//! saved state.

use core::cell::{Cell, RefCell};
use core::mem::ManuallyDrop;

use crate::features::FEATURE_COUNT;
use crate::recording::json::rounded;

/// As many as anything that crosses has: the features.
pub(super) const NUMBERS: usize = FEATURE_COUNT;

thread_local! {
    static SHARED: [Cell<f64>; NUMBERS] = const { [const { Cell::new(0.0) }; NUMBERS] };
    static BYTES: RefCell<ManuallyDrop<Vec<u8>>> = const { RefCell::new(ManuallyDrop::new(Vec::new())) };
}

/// Where the numbers are.
pub(super) fn address() -> *const f64 {
    SHARED.with(|shared| shared.as_ptr().cast())
}

/// Takes the first numbers out.
pub(super) fn take<const N: usize>() -> [f64; N] {
    SHARED.with(|shared| core::array::from_fn(|place| shared.get(place).map_or(f64::NAN, Cell::get)))
}

/// Puts a number at a place.
pub(super) fn put(place: usize, number: f64) {
    SHARED.with(|shared| {
        if let Some(slot) = shared.get(place) {
            slot.set(number);
        }
    });
}

/// Puts numbers from a place on, rounded as recordings hold them.
pub(super) fn put_all(first: usize, numbers: &[f64]) {
    for (next, &number) in numbers.iter().enumerate() {
        put(first + next, rounded(number));
    }
}

/// Room for `length` bytes; what was there stays if it has that length.
pub(super) fn room(length: usize) -> *mut u8 {
    BYTES.with_borrow_mut(|bytes| {
        if bytes.len() != length {
            **bytes = vec![0; length];
        }
        bytes.as_mut_ptr()
    })
}

/// Looks at the bytes.
pub(super) fn with_bytes<T>(look: impl FnOnce(&[u8]) -> T) -> T {
    BYTES.with_borrow(|bytes| look(bytes))
}

/// Takes the bytes out.
pub(super) fn take_bytes() -> Vec<u8> {
    BYTES.with_borrow_mut(|bytes| core::mem::take(&mut **bytes))
}

/// Leaves bytes for JavaScript; returns how many.
pub(super) fn leave_bytes(left: Vec<u8>) -> usize {
    let length = left.len();
    BYTES.with_borrow_mut(|bytes| **bytes = left);
    length
}
