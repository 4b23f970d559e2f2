// One process that tries mutants: the source of a core is read with all of them in it, the tests are
// collected once, and each mutant is met by the tests that come past it.
import { on } from 'node:events';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { instrument, type Mutant, switchName } from './instrument.ts';
import type { Collected } from './shim.ts';
import * as shim from './shim.ts';

export interface Job {
  /** Files of the core, in an order that stays. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** As another one told them, which spares finding out again. */
  readonly sights: Sights | null;
}

/** What came past which mutants without any being at work. */
export interface Sights {
  readonly atImport: ReadonlySet<number>;
  readonly importMs: number;
  /** In the order in which tests are collected. */
  readonly tests: readonly Sight[];
}

interface Sight {
  readonly hit: ReadonlySet<number>;
  readonly ms: number;
  /** It fails here, where it is not in a process of its own: it notices nothing. */
  readonly isLeftOut: boolean;
}

export interface Outcome {
  /** The test that noticed. */
  readonly by: string | null;
  /** How many tests come past it. */
  readonly met: number;
}

/** `ready`: then an id is asked for at a time. `begin`: how long it takes if nothing is wrong. */
export type Told =
  | { readonly kind: 'ready'; readonly mutants: readonly Mutant[]; readonly sights: Sights }
  | { readonly kind: 'begin'; readonly expectedMs: number; readonly readsAnew: boolean }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'left-out'; readonly name: string }
  | { readonly kind: 'broken'; readonly text: string };

new Worker(new URL('orphan.ts', import.meta.url)).unref();

/** Job first, then one mutant after the other. */
const messages = on(process, 'message');
const heard = async <Message>() => ((await messages.next()).value as [Message])[0];
const tell = (told: Told) => process.send?.(told);

const job = await heard<Job>();

// That a property fails is all that is asked here, not by which least example.
fc.configureGlobal({ endOnFailure: true });

const texts = new Map<string, string>();
const mutants: Mutant[] = [];
for (const file of job.files) {
  const made = instrument(file, readFileSync(file, 'utf8'), mutants.length);
  mutants.push(...made.mutants);
  texts.set(pathToFileURL(file).href, made.text);
}

let active = -1;
let hit = new Set<number>();
const isActive = (id: number) => id === active;
const isSeen = (id: number) => {
  hit.add(id);
  return false;
};
function switchTo(isAtWork: (id: number) => boolean): void {
  Object.assign(globalThis, { [switchName]: isAtWork });
}

/** What is read while a module is, and not while a test runs, needs the modules anew for each mutant. */
let generation = 0;
const own = new URL('shim.ts', import.meta.url).href;
const importers = new Map<string, Set<string>>();
const withoutQuery = (url: string) => url.replace(/\?.*/, '');
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'node:test') return { url: own, shortCircuit: true };
    const found = next(specifier, context);
    const isOurs = found.url.startsWith('file:') && !found.url.includes('/node_modules/');
    if (!isOurs || found.url.startsWith(own)) return found;
    const url = withoutQuery(found.url);
    const known = importers.get(url) ?? new Set();
    importers.set(url, known.add(withoutQuery(context.parentURL ?? '')));
    return { ...found, url: `${url}?${generation}` };
  },
  load(url, context, next) {
    const text = texts.get(withoutQuery(url));
    if (text === undefined) return next(url, context);
    return { format: 'module-typescript', source: text, shortCircuit: true };
  },
});

interface Placed extends Collected {
  readonly file: string;
}

const keyOf = ({ file, name }: Placed) => `${file} ${name}`;

async function collect(files: readonly string[]): Promise<readonly Placed[]> {
  const all: Placed[] = [];
  for (const file of files) {
    await import(`${pathToFileURL(file).href}?${generation}`);
    all.push(...shim.take().map((one) => ({ ...one, file })));
  }
  return all;
}

/** The tests whose file imports the mutant's, however far around. */
function testsAbout(id: number): readonly string[] {
  const reached = new Set([pathToFileURL(mutants[id]?.file ?? '').href]);
  for (const url of reached) for (const by of importers.get(url) ?? []) reached.add(by);
  return job.tests.filter((file) => reached.has(pathToFileURL(file).href));
}

async function fails({ run }: Collected): Promise<boolean> {
  try {
    await run();
    return false;
  } catch {
    return true;
  }
}

async function noticed(tests: readonly Collected[]): Promise<string | null> {
  for (const test of tests) if (await fails(test)) return test.name;
  return null;
}

async function noticedAnew(tests: readonly Placed[]): Promise<string | null> {
  generation += 1;
  try {
    const files = new Set(tests.map(({ file }) => file));
    const anew = new Map((await collect([...files])).map((one) => [keyOf(one), one]));
    return await noticed(tests.flatMap((one) => anew.get(keyOf(one)) ?? []));
  } catch (thrown) {
    shim.take();
    return String(thrown);
  }
}

async function look(tests: readonly Placed[], importMs: number): Promise<Sights> {
  const atImport = hit;
  const seen: Sight[] = [];
  for (const test of tests) {
    hit = new Set();
    const began = performance.now();
    const isLeftOut = await fails(test);
    if (isLeftOut) tell({ kind: 'left-out', name: test.name });
    seen.push({ hit, ms: performance.now() - began, isLeftOut });
  }
  return { atImport, importMs, tests: seen };
}

async function main(): Promise<void> {
  switchTo(isSeen);
  const began = performance.now();
  const tests = await collect(job.tests);
  const sights = job.sights ?? (await look(tests, performance.now() - began));
  switchTo(isActive);
  const quickest = tests
    .map((test, at) => ({ test, ...(sights.tests[at] as Sight) }))
    .filter(({ isLeftOut }) => !isLeftOut)
    .sort((one, other) => one.ms - other.ms);
  const sum = (all: readonly Sight[]) => all.reduce((total, { ms }) => total + ms, 0);

  const tryOne = async (id: number): Promise<Outcome> => {
    const isStatic = sights.atImport.has(id);
    const files = testsAbout(id);
    const meeting = quickest.filter((one) =>
      isStatic ? files.includes(one.test.file) : one.hit.has(id),
    );
    const expectedMs = sum(meeting) + (isStatic ? sights.importMs : 0);
    tell({ kind: 'begin', expectedMs, readsAnew: isStatic });
    active = id;
    const passing = meeting.map(({ test }) => test);
    const by = await (isStatic ? noticedAnew(passing) : noticed(passing));
    active = -1;
    return { by, met: meeting.length };
  };
  tell({ kind: 'ready', mutants, sights });
  for (;;) tell({ kind: 'outcome', outcome: await tryOne(await heard<number>()) });
}

process.on('unhandledRejection', () => undefined);
await main().catch((thrown: Error) => tell({ kind: 'broken', text: thrown.message }));
