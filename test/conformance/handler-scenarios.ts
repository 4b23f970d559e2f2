// Handlers to try a host with, each for one side of the contract. They are self-contained and tell
// what they saw through their own callback, so that a host may run them in another process.

import { SyncError } from '../../src/model/error.ts';
import type { PlanChange } from '../../src/model/plan.ts';
import type { Callback, Handler, HandlerSession, Opening } from '../../src/ports/handler.ts';

export type ScenarioName =
  | 'declining'
  | 'plain'
  | 'pending'
  | 'asking'
  | 'obedient'
  | 'rejecting'
  | 'rude'
  | 'planning'
  | 'gifted';

export const hostilePath = 'a/\u202ename\n"\\\u0000\u{1F4BE}';
export const plannedChange: PlanChange = {
  item: 'a',
  side: 'right',
  kind: 'move',
  path: hostilePath,
  from: 'old',
  bytes: 2 ** 40,
  detail: { expected: [null, true, 'x'] },
};

const item = (id: string) => ({
  id,
  name: `Item ${id}`,
  checked: true,
  hasProperties: false,
  temporary: false,
  lastUpdate: 1_700_000_000_000,
});
const done = { outcome: 'done', error: null, counts: { 'right.create': 2 }, bytes: 7 } as const;
const line = (text: string) =>
  ({
    item: null,
    level: 'information',
    text,
    errorId: null,
    jump: false,
    subject: null,
    code: null,
  }) as const;

type Special = (tell: () => Callback, opening: Opening) => Partial<HandlerSession>;

const plain = (opening: Opening, special: Special = () => ({})): HandlerSession => {
  let callback: Callback | null = null;
  const tell = (): Callback => {
    if (callback === null) throw new Error('not attached');
    return callback;
  };
  return {
    describe: async () => ({ name: 'Plain', hasProperties: false, alwaysListed: true }),
    items: async () => ({ complete: false, items: [item('a'), item('b')] }),
    attach: async (given) => {
      callback = given;
    },
    prepare: async ({ items }) => {
      const cookie = opening.cookie && [...opening.cookie];
      tell().log(line(JSON.stringify({ ...opening, cookie, items })));
      return { ended: { outcome: 'ready', plan: null } };
    },
    synchronize: async () => ({ ended: done }),
    setItemStatus: (id, status) => void tell().log(line(`${id} ${status}`)),
    close: async () => {},
    ...special(tell, opening),
  };
};

const specials: Record<Exclude<ScenarioName, 'declining' | 'plain'>, Special> = {
  pending: (tell) => ({
    prepare: async () => {
      const signal = tell().signal('a');
      return { pending: aborted(signal).then(() => ({ outcome: 'ready', plan: null })) };
    },
    synchronize: async () => ({ pending: aborted(tell().signal(null)).then(() => done) }),
  }),
  asking: (tell) => ({
    prepare: async () => {
      const { ask, connect, log, withdraw, conflict, conflictsSeen } = tell();
      const answers: unknown[] = [await ask({ title: 'T', schema: {}, values: {} })];
      log({ ...line('wrong'), errorId: 'x' });
      answers.push(await connect(null), await connect('down'), withdraw('x'), withdraw('y'));
      conflict({ item: 'a', subject: hostilePath, kind: 'edit-edit', versions: [] });
      conflictsSeen('a', true);
      tell().log(line(JSON.stringify(answers)));
      return { ended: { outcome: 'refused', error: null } };
    },
  }),
  obedient: (tell) => ({
    synchronize: async () => {
      const { progress } = tell();
      let value = 0;
      while (progress('a', { value, max: 1_000, text: hostilePath }) === 'continue') {
        value += 1;
        await breath();
      }
      return { ended: { outcome: 'failed', error: null, counts: {}, bytes: value } };
    },
  }),
  rejecting: () => ({
    describe: () => Promise.reject(new SyncError('quota-full', 'No room.', 'quota')),
    items: () => {
      throw new Error('at once');
    },
    prepare: async () => ({ pending: Promise.reject(new Error('later')) }),
    synchronize: () => Promise.reject(new Error('called')),
    close: () => Promise.reject(new Error('closing')),
  }),
  rude: (_, opening) => ({
    prepare: async ({ items }) => {
      Object.assign(opening.settings, { planted: true });
      (items as string[]).push('planted');
      opening.cookie?.fill(9);
      return { ended: { outcome: 'ready', plan: null } };
    },
  }),
  planning: () => ({
    prepare: async ({ approved }) => {
      const changes = [...(approved?.changes() ?? [plannedChange])];
      return { ended: { outcome: 'ready', plan: { changes, facts: [] } } };
    },
  }),
  gifted: (tell) => ({
    pause: (paused) => void tell().log(line(`pause ${paused}`)),
    setBandwidth: (rate) => void tell().log(line(`bandwidth ${rate}`)),
    showError: async (errorId) => ({ ended: { next: 'retry', items: [errorId] } }),
    properties: async (id) => ({
      pending: Promise.resolve({ next: id === null ? 'list-again' : 'item-deleted' }),
    }),
    resolve: async ({ subject }, { choice }) => ({ subject, choice }),
    undo: async (_, past) => void tell().log(line(JSON.stringify(past))),
  }),
};

export function scenario(name: ScenarioName): Handler {
  return {
    name,
    open: async (opening) => {
      if (name === 'declining') return null;
      return plain(opening, name === 'plain' ? undefined : specials[name]);
    },
  };
}

const breath = () => new Promise<void>((resolve) => setImmediate(() => resolve()));

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
