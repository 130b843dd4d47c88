/** An amount as a shop shows it, in whichever way its currency is written. */

/**
 * @param {string | null | undefined} text such as €1.234,50 or 1 234,50 kr
 * @returns {number | undefined} undefined: there is none in it
 */
export function readMoney(text) {
  // a space groups thousands; after it anything else, as on another line, is another number
  const [digits] = /\d(?:[\d.,'’]|[^\S\r\n](?=\d{3}(?!\d)))*/.exec(text ?? '') ?? [];
  if (!digits) return;
  // the last sign is the decimal one where one to two digits follow it: thousands are three
  const [, whole, part = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits) ?? [];
  const amount = Number(`${whole.replace(/\D/g, '')}.${part || 0}`);
  return Number.isFinite(amount) ? amount : undefined;
}
