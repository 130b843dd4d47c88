//! A model's file once more, the slow way: every number is looked up in the bytes when it is asked for, each level of a tree asks its
//! question of the value itself, and nothing is binned.
//!
//! Written from what the documentation of `model::format` says.

const HEADER: usize = 28;

pub(crate) struct NaiveModel<'a> {
    bytes: &'a [u8],
    /// Edges of the features before each, and of all.
    edges_before: Vec<usize>,
    /// Where each plane begins: edges, features of splits, their bins, leaves, scales, knots.
    planes: [usize; 6],
}

impl<'a> NaiveModel<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> NaiveModel<'a> {
        let mut model = NaiveModel { bytes, edges_before: vec![], planes: [0; 6] };
        let edges_of = |feature| usize::from(bytes[HEADER + feature]);
        model.edges_before = (0..=model.features()).map(|feature| (0..feature).map(edges_of).sum()).collect();
        let splits = model.trees() * model.depth();
        let edges = HEADER + model.features();
        let features = edges + 2 * model.edges_before[model.features()];
        let leaves = features + 2 * splits;
        let scales = leaves + model.trees() * (1 << model.depth());
        model.planes = [edges, features, features + splits, leaves, scales, scales + 2 * model.trees()];
        model
    }

    fn byte(&self, at: usize) -> usize {
        self.bytes[at].into()
    }

    fn f32(&self, at: usize) -> f32 {
        f32::from_le_bytes(self.bytes[at..at + 4].try_into().expect("four bytes"))
    }

    /// The number that has its upper half in one plane and its lower in the next.
    fn bf16(&self, plane: usize, length: usize, place: usize) -> f32 {
        f32::from_be_bytes([self.bytes[plane + place], self.bytes[plane + length + place], 0, 0])
    }

    fn depth(&self) -> usize {
        self.byte(5)
    }

    fn features(&self) -> usize {
        self.byte(6)
    }

    fn trees(&self) -> usize {
        self.byte(12) + 256 * self.byte(13)
    }

    /// The edge that a split of a feature compares with.
    fn edge(&self, feature: usize, bin: usize) -> f32 {
        self.bf16(self.planes[0], self.edges_before[self.features()], self.edges_before[feature] + bin)
    }

    /// The number of the leaf that a row falls in: the answer of level i is its bit i.
    pub(crate) fn leaf(&self, tree: usize, row: &[f32]) -> usize {
        let [_, features, bins, ..] = self.planes;
        let answers = (0..self.depth()).map(|level| {
            let split = tree * self.depth() + level;
            let feature = self.byte(features + split);
            usize::from(row[feature] > self.edge(feature, self.byte(bins + split))) << level
        });
        answers.sum()
    }

    /// The base and what the trees add, one after the other.
    pub(crate) fn margin(&self, row: &[f32]) -> f32 {
        let [.., leaves, scales, _] = self.planes;
        (0..self.trees()).fold(self.f32(20), |sum, tree| {
            let leaf = self.bytes[leaves + tree * (1 << self.depth()) + self.leaf(tree, row)] as i8;
            sum + f32::from(leaf) * self.bf16(scales, self.trees(), tree)
        })
    }

    /// The margin through the knots, and as a probability.
    pub(crate) fn risk(&self, row: &[f32]) -> f64 {
        let (at, count) = (self.planes[5], self.byte(7));
        let knot = |place: usize| (f64::from(self.f32(at + 8 * place)), f64::from(self.f32(at + 8 * place + 4)));
        let margin = f64::from(self.margin(row));
        let right = (1..count - 1).find(|&place| margin <= knot(place).0).unwrap_or(count - 1);
        let ((x0, y0), (x1, y1)) = (knot(right - 1), knot(right));
        let logit = y0 + (y1 - y0) * (margin - x0) / (x1 - x0);
        1.0 / (1.0 + libm::exp(-logit))
    }
}
