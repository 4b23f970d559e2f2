// The way of a request through the terminal, with a manager that follows a script.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Client } from '../api/client.ts';
import type { Notice, PlanPage, SessionShape } from '../api/shapes.ts';
import type { Ending, SessionResult } from '../model/session.ts';
import type { Cli } from './cli.ts';
import { type RunOptions, runRequest } from './run-request.ts';

interface Scene {
  readonly cli: Cli;
  readonly client: Client;
  readonly said: string[];
  readonly called: string[];
}

interface Script {
  /** How the sessions end, one after another. */
  readonly endings: readonly Ending[];
  readonly answers?: readonly string[];
  readonly approvable?: boolean;
  readonly json?: boolean;
  readonly notices?: readonly Notice[];
}

const result = (ending: Ending): SessionResult => ({
  ending,
  items: [],
  counts: ending === 'succeeded' ? { 'right.delete': 2 } : {},
  bytes: 0,
  problems: 0,
  conflicts: 0,
  error: null,
});

const session = (ending: Ending): SessionShape => ({
  id: 's',
  request: 'r',
  partnership: { id: 'p', name: 'docs' },
  trigger: 'manual',
  phase: ending,
  plan: 'abcdef0123456789',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:00:02.000Z',
  durationMs: 2000,
  result: result(ending),
});

function page(approvable: boolean): PlanPage {
  const text = '2 of 2 entries would be deleted on the right.';
  const halt = { guard: 'mass-delete', side: 'right', text, approvable, item: 'i' };
  const change = {
    item: 'i',
    side: 'right',
    kind: 'delete',
    path: 'a\u001b[2J',
    bytes: 0,
  } as const;
  return {
    plan: {
      hash: 'abcdef0123456789',
      partnership: { id: 'p', name: 'docs' },
      session: 's',
      createdAt: '2026-01-01T00:00:00.000Z',
      state: 'open',
      counts: { 'right.delete': 2 },
      bytes: 0,
      halts: [halt],
    },
    changes: [change],
    total: 2,
  };
}

function scene({ endings, answers, approvable = true, json = false, notices = [] }: Script): Scene {
  const said: string[] = [];
  const called: string[] = [];
  const left = [...endings];
  const typed = [...(answers ?? [])];
  const request = { id: 'r', trigger: 'manual', createdAt: '2026-01-01T00:00:00.000Z' } as const;
  const client: Partial<Client> = {
    invoke: async () => request,
    approve: async (hash) => {
      called.push(`approve ${hash}`);
      return request;
    },
    reject: async (hash) => {
      called.push(`reject ${hash}`);
      return page(approvable).plan;
    },
    plan: async () => page(approvable),
    log: async () => [],
    partnerships: async () => [],
    whenEnded: async () => [session(left.shift() ?? 'succeeded')],
    watch: () => stream(notices),
  };
  const cli: Cli = {
    terminal: {
      out: (line) => void said.push(line),
      err: (line) => void said.push(line),
      draw: () => {},
      paint: (_, text) => text,
      canDraw: false,
      canAsk: answers !== undefined,
      columns: () => 80,
      rows: () => 24,
      keys: () => () => {},
      ask: async () => typed.shift() ?? '',
      elapsed: () => 0,
      now: () => 0,
      every: () => () => {},
    },
    client: async () => client as Client,
    storedClient: async () => client as Client,
    commandNames: [],
    commandCalled: async () => null,
    manager: async () => null,
    runManager: async () => {},
    services: () => Promise.reject(new Error('none')),
    testHandler: async function* () {},
    json,
    quiet: false,
    verbosity: 0,
    interrupted: () => new Promise(() => {}),
    end: () => {},
  };
  return { cli, client: client as Client, said, called };
}

async function* stream(notices: readonly Notice[]): AsyncIterable<Notice> {
  yield* notices;
}

const options: RunOptions = {
  approve: false,
  errorOnNoChange: false,
  timeMs: null,
  bytes: null,
  mergeCommand: 'syncmgr sync l r --merge',
};
const run = ({ cli, client }: Scene, more: Partial<RunOptions> = {}) =>
  runRequest(
    cli,
    client,
    { trigger: 'manual', partnerships: ['p'], startNow: true },
    { ...options, ...more },
  );

test('without anybody to ask a plan that was held back waits, and the three ways are named', async () => {
  const it = scene({ endings: ['halted'] });
  assert.equal(await run(it), 'needs-person');
  const text = it.said.join('\n');
  assert.match(text, /2 of 2 entries would be deleted on the right/);
  assert.match(
    text,
    /syncmgr approve abcdef01\n +Carries out exactly this plan: deletes 2 entries/,
  );
  assert.match(text, /syncmgr reject abcdef01/);
  assert.match(text, /syncmgr sync l r --merge/);
  assert.ok(!text.includes('\u001b'));
  assert.deepEqual(it.called, []);
});

test('a person who says a carries it out, and the outcome is that of what followed', async () => {
  const it = scene({ endings: ['halted', 'succeeded'], answers: ['what?', 'a'] });
  assert.equal(await run(it), 'ok');
  assert.deepEqual(it.called, ['approve abcdef0123456789']);
});

test('a person who says r rejects it, and one who only presses Enter leaves it waiting', async () => {
  const rejected = scene({ endings: ['halted'], answers: ['r'] });
  assert.equal(await run(rejected), 'needs-person');
  assert.deepEqual(rejected.called, ['reject abcdef0123456789']);
  const later = scene({ endings: ['halted'], answers: [''] });
  assert.equal(await run(later), 'needs-person');
  assert.deepEqual(later.called, []);
});

test('--approve asks nobody, but lifts nothing that cannot be approved', async () => {
  const lifted = scene({ endings: ['halted', 'succeeded'] });
  assert.equal(await run(lifted, { approve: true }), 'ok');
  assert.deepEqual(lifted.called, ['approve abcdef0123456789']);
  const fixed = scene({ endings: ['halted'], approvable: false });
  assert.equal(await run(fixed, { approve: true }), 'needs-person');
  assert.deepEqual(fixed.called, []);
  assert.match(fixed.said.join('\n'), /This cannot be approved/);
});

test('with --json the halt, its changes and the result are objects, the result last', async () => {
  const it = scene({ endings: ['halted'], json: true });
  await run(it);
  const types = it.said.map((line) => (JSON.parse(line) as { type: string }).type);
  assert.deepEqual(types, ['change', 'halt', 'result']);
});

test('with --json progress of one item comes at most ten times a second', async () => {
  const progress = {
    session: 's',
    partnership: 'p',
    item: 'i',
    name: 'docs',
    status: 'updating',
    text: '',
    value: 1,
    max: 100,
    bytes: 0,
    bytesMax: 0,
  } as const;
  const notices = Array.from({ length: 50 }, () => ({ type: 'progress', progress }) as const);
  const it = scene({ endings: ['succeeded'], json: true, notices });
  await run(it);
  assert.equal(it.said.filter((line) => line.includes('"progress"')).length, 1);
});
