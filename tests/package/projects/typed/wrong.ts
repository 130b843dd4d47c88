/** Slips that the compiler is to find, each where it is. */

import { createFalter } from 'falter';
import { provide } from 'falter/slim';

const falter = createFalter();
// @ts-expect-error no such option
createFalter({ sensitivty: 'calm' });
// @ts-expect-error no such fact
createFalter({ facts: { returnDays: 30 } });
// @ts-expect-error a number
createFalter({ facts: { deliveryDays: '3' } });
// @ts-expect-error no such layout
createFalter({ layout: 'round' });
// @ts-expect-error no such consent
falter.consent('yes');
// @ts-expect-error no arguments
falter.start(1);
// @ts-expect-error no such event
falter.on('hide', () => {});
// @ts-expect-error no such detail
falter.on('risk', ({ detail }) => detail.reason);
// @ts-expect-error of another event
falter.on('leave', (event: CustomEvent<{ code: string }>) => event);
// @ts-expect-error no such event among the options' listeners
createFalter({ on: { hide: () => {} } });
// @ts-expect-error no such signal
falter.signal({ s: 'basket', op: 'add' });
// @ts-expect-error no such operation
falter.signal({ s: 'cart', op: 'fill' });
// @ts-expect-error lacks the reason
falter.signal({ s: 'answer' });
// @ts-expect-error no such reason
createFalter({ plays: [{ name: 'a', when: 'risk > 0.5', reason: 'boredom' }] });
// @ts-expect-error lacks its bounds
createFalter({ offers: { discount: { percent: 10 } } });
// @ts-expect-error may be null
falter.on('decision', ({ detail }) => detail.show.message);
// @ts-expect-error only while it runs
falter.snapshot().threshold.toFixed();
// @ts-expect-error cannot be set
falter.version = '1';
// @ts-expect-error neither bytes nor an address
provide({ wasm: 1, model: '/exit.falter' });
// @ts-expect-error lacks the model
provide({ wasm: '/falter.wasm' });
// @ts-expect-error no such sink
createFalter({ sinks: { pigeon: true } });
