import { falter } from 'falter/vue';
import { createApp, reactive } from 'vue';
import { options } from '../options.js';
import App from './App.vue';

const given = reactive({ ...options, consent: 'required' });
const app = createApp(App, { accept: () => (given.consent = 'memory'), end: () => app.unmount() });
app.use(falter, given);
app.mount('#app');
