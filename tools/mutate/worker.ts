// One thread that tries mutants: the source of a core is read with all of them in it, the tests are
// collected once, and each mutant is met by the tests that come past it.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { instrument, type Mutant, switchName } from './instrument.ts';
import type { Collected } from './shim.ts';
import * as shim from './shim.ts';

export interface Job {
  /** Files of the core, in an order that stays. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  readonly mutants: readonly number[] | null;
}

/** `ready`: the mutants there are. `outcome`: of one; `by` is the test that noticed it. */
export type Told =
  | { readonly kind: 'ready'; readonly mutants: readonly Mutant[] }
  | { readonly kind: 'begin'; readonly id: number }
  | {
      readonly kind: 'outcome';
      readonly id: number;
      readonly by: string | null;
      readonly met: number;
    }
  | { readonly kind: 'broken'; readonly text: string };

const job = workerData as Job;
const port = parentPort;
if (port === null) throw new Error('This is a thread.');
const tell = (told: Told) => port.postMessage(told);

const texts = new Map<string, string>();
const mutants: Mutant[] = [];
for (const file of job.files) {
  const made = instrument(file, readFileSync(file, 'utf8'), mutants.length);
  mutants.push(...made.mutants);
  texts.set(pathToFileURL(file).href, made.text);
}

let active = -1;
const hit = new Set<number>();
Object.assign(globalThis, {
  [switchName]: (id: number) => {
    hit.add(id);
    return id === active;
  },
});

/** What is read while a module is, and not while a test runs, needs the modules anew for each mutant. */
let generation = 0;
const own = new URL('shim.ts', import.meta.url).href;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'node:test') return { url: own, shortCircuit: true };
    const found = next(specifier, context);
    const isOurs = found.url.startsWith('file:') && !found.url.includes('/node_modules/');
    if (!isOurs || found.url.startsWith(own)) return found;
    return { ...found, url: `${found.url.replace(/\?.*/, '')}?${generation}` };
  },
  load(url, context, next) {
    const text = texts.get(url.replace(/\?.*/, ''));
    if (text === undefined) return next(url, context);
    return { format: 'module-typescript', source: text, shortCircuit: true };
  },
});

async function collect(): Promise<readonly Collected[]> {
  const all: Collected[] = [];
  for (const file of job.tests) {
    await import(`${pathToFileURL(file).href}?${generation}`);
    all.push(...shim.take());
  }
  return all;
}

interface Sighted {
  readonly test: Collected;
  readonly hit: ReadonlySet<number>;
  readonly ms: number;
}

async function fails({ run }: Collected): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}

async function main(): Promise<void> {
  const tests = await collect();
  const atImport = new Set(hit);
  const sighted: Sighted[] = [];
  for (const test of tests) {
    hit.clear();
    const began = performance.now();
    try {
      await test.run();
    } catch (thrown) {
      tell({ kind: 'broken', text: `${test.name}: ${String(thrown)}` });
      return;
    }
    sighted.push({ test, hit: new Set(hit), ms: performance.now() - began });
  }
  sighted.sort((one, other) => one.ms - other.ms);
  tell({ kind: 'ready', mutants });
  for (const id of job.mutants ?? []) {
    tell({ kind: 'begin', id });
    const isStatic = atImport.has(id);
    const meeting = isStatic ? sighted : sighted.filter((one) => one.hit.has(id));
    active = id;
    const by = await (isStatic ? noticedAnew() : noticed(meeting.map(({ test }) => test)));
    active = -1;
    tell({ kind: 'outcome', id, by, met: meeting.length });
  }
}

async function noticed(tests: readonly Collected[]): Promise<string | null> {
  for (const test of tests) if (await fails(test)) return test.name;
  return null;
}

async function noticedAnew(): Promise<string | null> {
  generation += 1;
  try {
    return await noticed(await collect());
  } catch (thrown) {
    shim.take();
    return String(thrown);
  }
}

process.on('unhandledRejection', () => undefined);
await main();
