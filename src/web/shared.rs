//! The memory that JavaScript writes to and reads from: some numbers for nearly everything, and bytes for the model and for
//! saved state.

use core::cell::Cell;
use core::mem::ManuallyDrop;

use crate::features::FEATURE_COUNT;
use crate::recording::json::rounded;

/// As many as anything that crosses has: the features.
pub(super) const NUMBERS: usize = FEATURE_COUNT;

thread_local! {
    static SHARED: [Cell<f64>; NUMBERS] = const { [const { Cell::new(0.0) }; NUMBERS] };
    static BYTES: Cell<ManuallyDrop<Vec<u8>>> = const { Cell::new(ManuallyDrop::new(Vec::new())) };
}

/// Where the numbers are.
pub(super) fn address() -> *const f64 {
    SHARED.with(|shared| shared.as_ptr().cast())
}

/// Takes the first numbers out.
pub(super) fn take<const N: usize>() -> [f64; N] {
    let mut numbers = [0.0; N];
    take_to(&mut numbers);
    numbers
}

/// The same, to a place. Not inlined: it would be one piece of code a number.
#[inline(never)]
pub(super) fn take_to(numbers: &mut [f64]) {
    SHARED.with(|shared| {
        for (number, cell) in numbers.iter_mut().zip(shared) {
            *number = cell.get();
        }
    });
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
    let mut bytes = BYTES.take();
    if bytes.len() != length {
        bytes = ManuallyDrop::new(vec![0; length]);
    }
    let address = bytes.as_mut_ptr();
    BYTES.set(bytes);
    address
}

/// Looks at the bytes.
pub(super) fn with_bytes<T>(use_them: impl FnOnce(&mut [u8]) -> T) -> T {
    let mut bytes = BYTES.take();
    let result = use_them(&mut bytes);
    BYTES.set(bytes);
    result
}

/// Takes the bytes out.
pub(super) fn take_bytes() -> Vec<u8> {
    ManuallyDrop::into_inner(BYTES.take())
}
