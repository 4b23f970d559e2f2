// npm run planted: each bug of patches.ts is looked for, and a table says after how many seeds it was found.
// --classics: the seven alone; --only WORD: those with the word in their name.
import { parseArgs } from 'node:util';
import { classics } from './classics.ts';
import type { Patch } from './patch.ts';
import { patches } from './patches.ts';
import { isNamed, seek } from './plant.ts';

const { values } = parseArgs({
  options: {
    classics: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
  },
});

const wanted = (values.classics ? classics : patches).filter(({ name }) =>
  name.includes(values.only),
);
const width = Math.max(...wanted.map(({ name }) => name.length));
const waiting = [...wanted];
let missed = 0;

async function lane(): Promise<void> {
  for (let patch = waiting.shift(); patch !== undefined; patch = waiting.shift()) {
    const line = await tried(patch);
    process.stdout.write(`${line}\n`);
  }
}

async function tried(patch: Patch): Promise<string> {
  const began = performance.now();
  const found = await seek(patch);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const named = isNamed(patch, found);
  if (!named) missed += 1;
  const { name, world, seeds } = patch;
  const what = found.broke === null ? 'NOT FOUND' : `${named ? '' : 'AS ANOTHER: '}${found.broke}`;
  const at = `${found.seed}`.padStart(6);
  return `| ${name.padEnd(width)} | ${world.padEnd(7)} | ${at} of ${`${seeds}`.padEnd(5)} | ${what} | ${seconds} s |`;
}

process.stdout.write(
  `| ${'planted'.padEnd(width)} | world   | seed | broke | took |\n| --- | --- | --- | --- | --- |\n`,
);
await Promise.all(Array.from({ length: Number(values.jobs) }, lane));
process.stdout.write(`planted: ${wanted.length}, missed: ${missed}\n`);
process.exitCode = missed === 0 ? 0 : 1;
