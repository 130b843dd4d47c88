/** What users write; all of it is to compile. */

import { createFalter, type Decision, type EventOf, type Falter, type Options, type PlainSignal, type Play } from 'falter';
import { createFalter as createSlim, provide } from 'falter/slim';
import 'falter/script';

const plays: Play[] = [{ name: 'patient', when: 'session_s > 600', reason: 'indecision', message: 'chat' }];
const options: Options = {
  consent: 'granted',
  sensitivity: 0.5,
  facts: { currency: 'EUR', freeShippingFrom: 50, instalments: '3 Klarna', pricePromise: true, paymentMethods: ['Visa', 'PayPal'] },
  offers: { chat: () => {}, discount: { percent: 10, code: 'STAY10', marginFloor: 0.3 } },
  sections: { shipping: '.shipping' },
  messages: { en: { help: { title: 'Anything we can help with?' } } },
  on: { show: (event) => event.detail.variant, 'falter:error': ({ detail }) => detail.code === 'sink' },
  sinks: { datalayer: true, webhook: { url: '/events' } },
  consentFrom: 'tcf',
  plays,
  'data-returns-days': '30',
};
const falter: Falter = createFalter(options);
const running: Promise<void> = falter.start();

falter.on('show', (event) => event.preventDefault());
falter.on('falter:risk', ({ detail }) => detail.risk.toFixed(2));
falter.addEventListener('falter:decision', function ({ detail }) {
  const decision: Decision = detail;
  const evidence: string[] = decision.evidence.map(({ name, value, unit }) => `${name} ${value} ${unit}`);
  if (decision.hold === 'cooldown' || !decision.show) return;
  const amount: number | null = decision.show.cart;
  this.signal({ s: 'answer', reason: decision.show.reason });
  console.log(evidence, amount);
});
const heard = ({ detail }: EventOf<'leave'>) => detail.cart?.toFixed(2);
falter.on('leave', heard);
falter.off('leave', heard);
document.addEventListener('falter:error', ({ detail: { code, where, message } }) => console.warn(code, where, message));

const signals: PlainSignal[] = [
  { s: 'cart', op: 'add', item: 'lantern', qty: 1, value: 42.6 },
  { s: 'purchase', value: 42.6 },
  { s: 'page', page: 'product', item: 4711 },
  { s: 'problem', what: 'payment_failed' },
  { s: 'see', section: 'returns' },
];
signals.forEach(falter.signal);
const { running: isRunning, threshold = 1, decision } = falter.snapshot();
const days: number | undefined = falter.options().facts.returnsDays;
const payments: number | undefined = falter.options().facts.instalments?.[0].count;

provide({ wasm: fetch('/falter.wasm'), model: () => new Uint8Array() });
provide({ wasm: '/falter.wasm', model: new URL('https://cdn.example/exit.falter') });
createSlim().init({ consent: 'memory' });
window.falter.consent('granted');

export { days, decision, isRunning, payments, running, threshold };
