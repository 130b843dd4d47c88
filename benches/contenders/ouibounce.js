/** ouibounce as its own read-me has it. */

import ouibounce from 'ouibounce';

export async function load() {
  ouibounce(null, { timer: 0, callback() {} });
}
