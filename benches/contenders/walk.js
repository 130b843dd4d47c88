/** The same trees, walked in plain JavaScript: the least that a page needs to get the same margin. */

/** @param {Record<string, Uint8Array>} files */
export async function load(files) {
  /** @type {{ base: number, trees: { splits: [number, number][], leaves: number[] }[] }} */
  const { base, trees } = JSON.parse(new TextDecoder().decode(files['trees.json']));
  const depth = trees[0].splits.length;
  const features = Uint8Array.from(trees.flatMap(({ splits }) => splits.map(([feature]) => feature)));
  const edges = Float32Array.from(trees.flatMap(({ splits }) => splits.map(([, edge]) => edge)));
  const leaves = Float32Array.from(trees.flatMap((tree) => tree.leaves));
  return (/** @type {Float32Array} */ row) => {
    let margin = base;
    for (let tree = 0, at = 0; tree < trees.length; tree++) {
      let leaf = 0;
      for (let level = 0; level < depth; level++, at++) leaf |= Number(row[features[at]] > edges[at]) << level;
      margin += leaves[(tree << depth) + leaf];
    }
    return margin;
  };
}
