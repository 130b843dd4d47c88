/** `./build.sh soak [HOURS]`: prints what came of so many hours, a line an hour; fails where anything did that must not. */

import { cpus } from 'node:os';
import { judge } from './judge.js';
import { soak } from './soak.js';

const HOUR = 60;
const hours = Number(process.argv[2]);
const began = Date.now();

/** @param {unknown[]} cells */
const row = (cells) => console.log(`| ${cells.join(' | ')} |`);
const count = (/** @type {number} */ number) => number.toLocaleString('en');
const kB = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(0);

console.log(`${new Date().toISOString().slice(0, 10)}, ./build.sh soak ${hours}, ${cpus().length} × ${cpus()[0].model}\n`);
row(['hour', 'signals', 'ticks', 'module, KiB', 'heap after 15 min, kB', 'heap after 60 min, kB', 'listeners', 'timers', 'documents', 'pages loaded', 'faults']);
row(Array(11).fill('---:'));
/** @type {import('./soak.js').Measured | undefined} */
let early;
const soaked = await soak({
  minutes: hours * HOUR,
  progress: (now) => {
    if (now.minute % HOUR === 15) early = now;
    if (now.minute && now.minute % HOUR === 0)
      row([now.minute / HOUR, count(now.signals), count(now.ticks), now.kib, kB(early?.heap ?? 0), kB(now.heap), now.listeners, now.timers, now.documents, now.loads, now.faults]);
  },
});
const { visits, signals, ticks, compared, caught, told } = soaked;
const seconds = Math.round((Date.now() - began) / 1000);
console.log(`
${count(signals)} signals, ${visits} visits, ${count(ticks)} ticks told, ${count(compared)} of them compared with the command line,
${count(caught)} made up for after sleep; cards by visit: ${JSON.stringify(told)}; ${seconds} s.`);
const faults = judge(soaked);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
