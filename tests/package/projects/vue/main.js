import { falter } from 'falter/vue';
import { createApp, reactive } from 'vue';
import { options } from '../options.js';
import Alone from './Alone.vue';
import App from './App.vue';

if (location.hash === '#alone') {
  const app = createApp(Alone);
  window.unmount = () => app.unmount();
  app.mount('#app');
} else {
  const given = reactive({ ...options, consent: 'required' });
  const app = createApp(App, { accept: () => (given.consent = 'memory'), end: () => app.unmount() });
  window.given = given;
  app.use(falter, given);
  app.mount('#app');
}
