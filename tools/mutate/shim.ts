// Stands in for node:test while mutants are tried: tests are collected, and run again and again for each
// mutant in one process.

type Body = (context: Context) => unknown;

export interface Context {
  readonly name: string;
  diagnostic(text: string): void;
  test(name: string, ...given: readonly unknown[]): Promise<void>;
  after(work: () => unknown): void;
  skip(): void;
}

export interface Collected {
  readonly name: string;
  readonly run: () => Promise<void>;
}

interface Hooks {
  readonly before: (() => unknown)[];
  readonly after: (() => unknown)[];
}

let collected: Collected[] = [];
let hooks: Hooks = { before: [], after: [] };

/** What was collected since the last time. Hooks hold for the file they stand in. */
export function take(): readonly Collected[] {
  const all = collected;
  collected = [];
  hooks = { before: [], after: [] };
  return all;
}

export function test(name: string, ...given: readonly unknown[]): Promise<void> {
  const body = bodyOf(given);
  const own = hooks;
  if (body !== null) collected.push({ name, run: () => runWith(own, name, body) });
  return Promise.resolve();
}

function bodyOf(given: readonly unknown[]): Body | null {
  const last = given.at(-1);
  const options = given.length > 1 ? (given[0] as { skip?: unknown }) : {};
  return typeof last === 'function' && !options.skip ? (last as Body) : null;
}

async function runWith(own: Hooks, name: string, body: Body): Promise<void> {
  const after: (() => unknown)[] = [];
  const context: Context = {
    name,
    diagnostic: () => undefined,
    test: async (inner, ...given) => {
      const part = bodyOf(given);
      if (part !== null) await runWith({ before: [], after: [] }, inner, part);
    },
    after: (work) => after.push(work),
    skip: () => undefined,
  };
  try {
    for (const work of own.before) await work();
    await body(context);
  } finally {
    for (const work of [...after, ...own.after]) await work();
  }
}

export const it = test;
export const suite = (_name: string, body: () => void): void => body();
export const describe = suite;
export const beforeEach = (work: () => unknown): void => void hooks.before.push(work);
export const afterEach = (work: () => unknown): void => void hooks.after.push(work);
export const before = (work: () => unknown): void => void hooks.before.push(work);
export const after = (work: () => unknown): void => void hooks.after.push(work);
