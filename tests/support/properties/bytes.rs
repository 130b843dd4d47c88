//! Bytes as a well of choices and numbers, so that what mutates bytes reaches every value.

/// Takes bytes from the front; behind their end there are zeros.
#[derive(Debug, Clone)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

/// What a number may be where it is none that anybody expects.
const ODD: [f64; 16] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    -0.0,
    -1.0,
    f64::MIN_POSITIVE,
    f64::MAX,
    f64::MIN,
    4_294_967_295.0,
    4_294_967_296.0,
    2_147_483_647.5,
    -2_147_483_649.0,
    3.5e38,
    1e-45,
    9.0e11,
    0.5,
];

impl Bytes<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((&first, rest)) => {
                self.0 = rest;
                first
            }
            None => 0,
        }
    }

    pub(crate) fn take<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.byte())
    }

    /// 0..n, of at most 256.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::from(self.byte()) % n.max(1)
    }

    pub(crate) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    pub(crate) fn is_so(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    /// Any f32 there is.
    pub(crate) fn bits(&mut self) -> f32 {
        f32::from_le_bytes(self.take())
    }

    /// A number that is small and whole, has a fraction, is large, odd, or any at all.
    pub(crate) fn number(&mut self) -> f64 {
        match self.byte() {
            small @ 0..=127 => small.into(),
            sort @ 128..=175 => {
                f64::from(i16::from_le_bytes(self.take())) / [1.0, 10.0, 1_000.0][usize::from(sort % 3)]
            }
            176..=199 => u32::from_le_bytes(self.take()).into(),
            odd @ 200..=231 => ODD[usize::from(odd % 16)],
            232..=243 => self.bits().into(),
            _ => f64::from_le_bytes(self.take()),
        }
    }
}
