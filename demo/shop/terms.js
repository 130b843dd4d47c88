/** The shop's terms. The script tag in every page says the same to falter. */

export const SHIPPING_PRICE = 4.9;
export const FREE_SHIPPING_FROM = 50;
export const INSTALMENTS = 3;
export const COUPON = { code: 'TARN10', off: 0.1 };
/** What the shop earns on everything it sells, as a share of the price; and what has to be left of it. */
export const MARGIN = 0.45;
export const MARGIN_FLOOR = 0.3;

const euro = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });
const whole = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 });

/** @param {number} amount EUR */
export const money = (amount) => (Number.isInteger(amount) ? whole : euro).format(amount);

/** Money is kept to the cent, or sums drift. @param {number} amount */
export const cents = (amount) => Math.round(amount * 100) / 100;

/** One part of an amount paid in instalments, rounded up. @param {number} amount */
export const instalment = (amount) => Math.ceil((amount * 100) / INSTALMENTS) / 100;

/** The day on which a parcel sent today is there. @param {number} days working days @param {Date} [today] */
export function arrival(days, today = new Date()) {
  const day = new Date(today);
  for (let left = days; left > 0; ) {
    day.setDate(day.getDate() + 1);
    if (day.getDay() % 6) left -= 1;
  }
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(day);
}
