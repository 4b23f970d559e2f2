// What every handler of the zoo has around its vice: it reads requests line by line and answers what it
// was not told to answer otherwise. Written from the protocol alone; nothing of src is imported, so that
// a fault of ours is not made twice.
import process from 'node:process';

interface Params {
  readonly item: string | null;
  readonly items: readonly string[];
  readonly settings: { readonly accept?: boolean };
  readonly secrets: object;
  readonly cookie: string | null;
}
export type Answers = Readonly<Record<string, (params: Params, id: unknown) => unknown>>;

/** Answered by not answering. */
export const never = Symbol('never');

export const say = (message: object) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
export const tell = (method: string, params: object) => say({ method, params });
export const log = (text: string) => tell('log', { level: 'information', text });

const item = (id: string) => ({ id, name: `Item ${id}` });
export const done = { outcome: 'done', counts: { 'right.create': 1 }, bytes: 1 };

const usual: Answers = {
  initialize: () => ({ protocol: 1, features: [], handler: { name: 'zoo', version: '1' } }),
  open: () => ({ accepted: true, abilities: [] }),
  describe: () => ({ name: 'Zoo' }),
  items: () => ({ items: [item('a'), item('b')], complete: true, next: null }),
  prepare: () => ({ outcome: 'ready', plan: null }),
  synchronize: () => done,
  close: () => null,
};

/** The requests of a handler that have not been answered, by their id. */
const asked = new Map<unknown, (result: unknown) => void>();
let ids = 0;

export function ask(method: string, params: object): Promise<unknown> {
  ids += 1;
  const id = `zoo-${ids}`;
  return new Promise((resolve) => {
    asked.set(id, resolve);
    say({ id, method, params });
  });
}

/** Serves until its input ends. Answers may be promises. */
export function serve(own: Answers = {}): void {
  const answers: Answers = { ...usual, ...own };
  let held = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text: string) => {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) void hear(answers, JSON.parse(line));
  });
}

interface Heard {
  readonly id?: unknown;
  readonly method?: string;
  readonly params: Params;
  readonly result?: unknown;
}

async function hear(answers: Answers, { id, method, params, result }: Heard): Promise<void> {
  if (method === undefined) {
    asked.get(id)?.(result);
    return;
  }
  const answer = await answers[method]?.(params, id);
  if (id !== undefined && answer !== never) say({ id, result: answer ?? null });
}
