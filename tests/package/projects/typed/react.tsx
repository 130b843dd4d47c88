import { FalterProvider, useFalter, useFalterEvent, useRisk, type Falter, type Options } from 'falter/react';

const options: Options = { consent: 'granted' };

function Shop() {
  const falter: Falter = useFalter();
  const risk: number = useRisk();
  useFalterEvent('show', (event) => event.detail.message === 'chat' && event.preventDefault());
  useFalterEvent('falter:leave', ({ detail }) => detail.cart, falter);
  // @ts-expect-error no such event
  useFalterEvent('hide', () => {});
  // @ts-expect-error no such detail
  useFalterEvent('risk', ({ detail }) => detail.reason);
  // @ts-expect-error no such option
  useFalter({ sensitivty: 'calm' });
  // @ts-expect-error cannot be written
  useRisk() = 1;
  return <button onClick={() => falter.signal({ s: 'purchase', value: risk })}>Buy</button>;
}

export const app = (
  <FalterProvider options={options}>
    <Shop />
    <Shop />
  </FalterProvider>
);
// @ts-expect-error no such layout
export const wrong = <FalterProvider options={{ layout: 'round' }} />;
