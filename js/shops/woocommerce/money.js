/** An amount as a shop shows it, in whichever way its currency is written. */

/**
 * @param {string | null | undefined} text such as €1.234,50 or 1 234,50 kr
 * @returns {number | undefined} undefined: there is none in it
 */
export function readMoney(text) {
  const [digits] = /\d[\d.,\s'’]*/.exec(text?.replace(/\u00a0|\u202f/g, ' ') ?? '') ?? [];
  if (!digits) return;
  // the last sign is the decimal one where one to two digits follow it: thousands are three
  const [, whole, part = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits.trim()) ?? [];
  const amount = Number(`${whole.replace(/\D/g, '')}.${part || 0}`);
  return Number.isFinite(amount) ? amount : undefined;
}
