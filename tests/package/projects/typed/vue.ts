import { falter, useFalter, useFalterEvent, useRisk, type Falter, type Options } from 'falter/vue';
import { computed, createApp, reactive, ref, type Ref } from 'vue';

const options: Options = { consent: 'granted' };
createApp({}).use(falter).mount('#a');
createApp({}).use(falter, options);
createApp({}).use(falter, ref(options));
createApp({}).use(falter, reactive(options));
createApp({}).use(falter, computed(() => options));
createApp({}).use(falter, () => options);
// @ts-expect-error no such layout
createApp({}).use(falter, { layout: 'round' });

export function setup() {
  const handle: Falter = useFalter();
  const risk: Readonly<Ref<number>> = useRisk();
  useFalterEvent('show', (event) => event.preventDefault());
  useFalterEvent('falter:leave', ({ detail }) => detail.cart, handle);
  // @ts-expect-error no such event
  useFalterEvent('hide', () => {});
  // @ts-expect-error is only read
  risk.value = 1;
  return { own: useFalter(() => ({ consent: 'memory' })), risk };
}
