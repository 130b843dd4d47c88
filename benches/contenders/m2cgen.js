/** The same trees as m2cgen writes them: nested ifs. */

import { score } from 'trees.m2cgen.js';

export async function load() {
  return score;
}
