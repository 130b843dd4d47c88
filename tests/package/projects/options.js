/** What the shop of every project says to falter. */

/** A card comes as soon as one may: the tests wait for one in each project. */
export const options = {
  shop: 'none',
  facts: { returnsDays: 30 },
  plays: [{ name: 'soon', when: 'session_s > 1', reason: 'returns' }],
};
