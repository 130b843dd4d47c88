/** What Osterlo sells. Osterlo is made up, and so are its goods, prices and reviews. */

/**
 * @typedef {object} Review
 * @property {string} by
 * @property {number} stars 1–5
 * @property {string} text
 *
 * @typedef {object} Product
 * @property {string} id also the name of its picture
 * @property {string} name
 * @property {string} category
 * @property {number} price EUR
 * @property {string} line one sentence for lists
 * @property {string} about
 * @property {[string, string][]} facts
 * @property {string[]} [sizes]
 * @property {string} [fit] what to know about its size
 * @property {[number, number, number][]} closeups x, y and side of two parts of the picture, which is 800 wide and high
 * @property {Review[]} reviews
 */

/** @type {{ id: string, name: string, line: string }[]} */
export const CATEGORIES = [
  { id: 'cabin', name: 'Cabin', line: 'Light, wool and a dry place to sit.' },
  { id: 'kitchen', name: 'Kitchen', line: 'Enamel that goes from the stove to the fire and back.' },
  { id: 'wear', name: 'Wear', line: 'Layers for weather that can’t make up its mind.' },
];

/** @type {Product[]} */
export const PRODUCTS = [
  {
    id: 'lantern',
    name: 'Lykt storm lantern',
    category: 'cabin',
    price: 42.6,
    line: 'Brass, one wick, eleven hours of light.',
    about:
      'A storm lantern as it has been for a century: folded brass, a glass that lifts with one finger, and a wick that you can trim with any knife. It burns for eleven hours on a filling and stays lit in wind that takes your hat.',
    facts: [
      ['Height', '26 cm'],
      ['Weight', '640 g'],
      ['Made of', 'Brass, borosilicate glass'],
      ['Burns', 'Lamp oil, 11 h a filling'],
    ],
    closeups: [
      [250, 330, 300],
      [330, 190, 260],
    ],
    reviews: [
      { by: 'Ines', stars: 5, text: 'Hung it on the boat all summer. Not a spot of rust.' },
      { by: 'Thore', stars: 4, text: 'Lovely light. The wick wants trimming more often than I thought.' },
      { by: 'Magda', stars: 5, text: 'The glass is thick and the handle folds flat.' },
    ],
  },
  {
    id: 'blanket',
    name: 'Fell wool blanket',
    category: 'cabin',
    price: 89,
    line: 'Undyed and dyed lambswool, 140 × 200.',
    about:
      'Woven from lambswool in a mill of nine people, brushed twice, and finished with a fringe that is knotted by hand. Warm when wet, quiet in colour, big enough for two.',
    facts: [
      ['Size', '140 × 200 cm'],
      ['Weight', '1.4 kg'],
      ['Made of', '100 % lambswool'],
      ['Care', 'Air it; wool wash at 30 °C'],
    ],
    closeups: [
      [160, 260, 260],
      [430, 380, 260],
    ],
    reviews: [
      { by: 'Jonas', stars: 5, text: 'Heavier than it looks, in the best way.' },
      { by: 'Amélie', stars: 4, text: 'Sheds a little in the first week, then no more.' },
    ],
  },
  {
    id: 'stool',
    name: 'Trefot camp stool',
    category: 'cabin',
    price: 74,
    line: 'Ash and canvas; folds to the size of an umbrella.',
    about:
      'Three ash legs on one brass joint, and a seat of waxed canvas that dries while you pack the rest. Carries 120 kg, weighs less than a litre of water.',
    facts: [
      ['Seat', '42 cm high'],
      ['Folded', '62 × 9 cm'],
      ['Weight', '940 g'],
      ['Carries', '120 kg'],
    ],
    closeups: [
      [240, 280, 320],
      [300, 440, 240],
    ],
    reviews: [
      { by: 'Petter', stars: 5, text: 'Ten weekends, no wobble.' },
      { by: 'Lucía', stars: 4, text: 'Fits beside the tent in the bag.' },
    ],
  },
  {
    id: 'kettle',
    name: 'Kvist enamel kettle',
    category: 'kitchen',
    price: 46,
    line: '1.4 litres, and it whistles a fifth.',
    about:
      'Steel under three coats of enamel, a handle of steamed beech that stays cool, and a spout that pours without a drip. For gas, induction and open fire.',
    facts: [
      ['Holds', '1.4 l'],
      ['Weight', '980 g'],
      ['Made of', 'Enamelled steel, beech'],
      ['For', 'Gas, induction, fire'],
    ],
    closeups: [
      [500, 260, 240],
      [260, 150, 280],
    ],
    reviews: [
      { by: 'Rémi', stars: 5, text: 'The red is deeper than in the picture. I like it more.' },
      { by: 'Svea', stars: 4, text: 'Boils fast. The whistle wakes the whole hut.' },
    ],
  },
  {
    id: 'mugs',
    name: 'Two enamel mugs',
    category: 'kitchen',
    price: 24,
    line: 'One with firs, one without. 350 ml.',
    about: 'Two mugs in fog and spruce, fired twice and rolled at the rim, so that they don’t burn your lip. They chip before they break.',
    facts: [
      ['Holds', '350 ml each'],
      ['Weight', '150 g each'],
      ['Made of', 'Enamelled steel'],
      ['Care', 'Dishwasher, not microwave'],
    ],
    closeups: [
      [230, 400, 240],
      [460, 290, 260],
    ],
    reviews: [
      { by: 'Bo', stars: 5, text: 'Coffee stays hot long enough. Just right.' },
      { by: 'Carla', stars: 5, text: 'Bought a second pair for the office.' },
    ],
  },
  {
    id: 'pack',
    name: 'Hauk canvas pack 28',
    category: 'wear',
    price: 149,
    line: 'Waxed cotton, bridle leather, 28 litres.',
    about:
      'A day pack in waxed cotton that gets better with rain. Two straps of bridle leather, a lid that keeps the weather out, and a roll for the jacket on top. We mend it for as long as you own it.',
    facts: [
      ['Holds', '28 l'],
      ['Weight', '1.3 kg'],
      ['Made of', 'Waxed cotton, leather'],
      ['Mended', 'For life'],
    ],
    closeups: [
      [260, 320, 280],
      [220, 80, 260],
    ],
    reviews: [
      { by: 'Niko', stars: 5, text: 'Two years of trains and trails.' },
      { by: 'Hanne', stars: 4, text: 'No laptop sleeve, which I knew and still miss.' },
    ],
  },
  {
    id: 'sweater',
    name: 'Skerry sweater',
    category: 'wear',
    price: 129,
    line: 'A yoke of waves, knitted in the round.',
    about:
      'Five-ply wool knitted in the round, so that nothing rubs under the arm. The yoke is a pattern of waves and firs from an old pilot’s log. Worn by all genders.',
    facts: [
      ['Made of', '100 % new wool'],
      ['Weight', '720 g in M'],
      ['Care', 'Wool wash, dry flat'],
      ['Fit', 'Straight'],
    ],
    sizes: ['S', 'M', 'L', 'XL'],
    fit: 'Comes up a little large: between two sizes, take the smaller one.',
    closeups: [
      [240, 220, 320],
      [80, 460, 240],
    ],
    reviews: [
      { by: 'Elif', stars: 5, text: 'Between M and L; took M and it is right.' },
      { by: 'Joris', stars: 4, text: 'Scratches a bit for a day, then no more.' },
      { by: 'Ana', stars: 5, text: 'My third winter with it.' },
    ],
  },
  {
    id: 'anorak',
    name: 'Regn anorak',
    category: 'wear',
    price: 189,
    line: 'Waterproof, pull-over, loud on purpose.',
    about:
      'A pull-over anorak in two-layer cloth with every seam taped. One big pocket for a map and one hidden for a phone. Yellow, so that they see you from the boat.',
    facts: [
      ['Keeps out', '15,000 mm of water'],
      ['Weight', '410 g in M'],
      ['Made of', 'Recycled nylon'],
      ['Fit', 'Roomy'],
    ],
    sizes: ['S', 'M', 'L', 'XL'],
    fit: 'Roomy enough for a sweater: take your usual size.',
    closeups: [
      [280, 90, 260],
      [250, 420, 280],
    ],
    reviews: [
      { by: 'Marit', stars: 5, text: 'A whole week of rain. Dry.' },
      { by: 'Diogo', stars: 4, text: 'Packs into its own pocket with some force.' },
    ],
  },
  {
    id: 'socks',
    name: 'Hiking socks, two pairs',
    category: 'wear',
    price: 18,
    line: 'Terry wool at heel and toe.',
    about: 'Merino with a little nylon where boots are hard on it. Two pairs: one with a red cuff, one with a green, so that you find the pair again.',
    facts: [
      ['Made of', '78 % merino, 22 % nylon'],
      ['Height', 'Mid calf'],
      ['Care', '40 °C'],
      ['Pairs', 'Two'],
    ],
    sizes: ['36–38', '39–41', '42–44', '45–47'],
    fit: 'True to size.',
    closeups: [
      [210, 110, 240],
      [220, 440, 300],
    ],
    reviews: [
      { by: 'Yusuf', stars: 5, text: 'No blisters on the long one.' },
      { by: 'Greta', stars: 4, text: 'Warm. Order a size up for thick feet.' },
    ],
  },
];

/** @param {string | null} id */
export const productOf = (id) => PRODUCTS.find((product) => product.id === id);

/** @param {Product} product @returns {number} mean stars, 1–5 */
export const starsOf = ({ reviews }) => reviews.reduce((sum, { stars }) => sum + stars, 0) / reviews.length;

/**
 * The products that hold every word looked for.
 * @param {string} query
 */
export function findProducts(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return PRODUCTS.filter((product) => {
    const text = [product.name, product.line, product.about, product.category, ...product.facts.flat()].join(' ').toLowerCase();
    return words.length > 0 && words.every((word) => text.includes(word.replace(/s$/, '')));
  });
}
