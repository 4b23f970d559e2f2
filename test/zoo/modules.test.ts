// The vices that only a handler in this process can have, and what becomes of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { hosted } from '../../src/handler/module-host.ts';
import type { Callback, Handler, HandlerSession } from '../../src/ports/handler.ts';
import { done, item, ready } from '../support/scripted-handler.ts';
import { codeOf, statuses, texts, Zoo } from './rig.ts';

/** Behaves but for what is given. */
function module(vice: (callback: () => Callback) => Partial<HandlerSession>): Handler {
  let callback: Callback | null = null;
  const attached = () => {
    assert.ok(callback !== null);
    return callback;
  };
  return hosted({
    name: 'vice',
    open: async () => ({
      describe: async () => ({ name: 'Vice', hasProperties: false, alwaysListed: false }),
      items: async () => ({ complete: true, items: [item('a'), item('b')] }),
      attach: async (given) => {
        callback = given;
      },
      prepare: async () => ({ ended: ready }),
      synchronize: async () => ({ ended: done }),
      setItemStatus: () => {},
      close: async () => {},
      ...vice(attached),
    }),
  });
}

for (const [what, thrown] of Object.entries({
  nothing: undefined,
  'a text': 'so there',
  'a number': 7,
  'an object of its own': { message: 7, toString: undefined },
})) {
  test(`HN-17 a module that throws ${what} fails its own session`, async (t) => {
    const zoo = new Zoo(t);
    const came = await zoo.run(
      module(() => ({ prepare: () => Promise.reject(thrown as unknown) })),
    );
    assert.equal(came.session.phase, 'failed');
    assert.equal(codeOf(came), 'handler-failed');
  });
}

test('HN-17 a module that goes on to report after it is done changes nothing any more', async (t) => {
  const zoo = new Zoo(t);
  const late: unknown[] = [];
  const came = await zoo.run(
    module((callback) => ({
      synchronize: async () => {
        void pause(300).then(async () => {
          const form = { title: 'T', schema: {}, values: {} };
          late.push(callback().progress('a', { status: 'failed' }));
          late.push(callback().log({ ...line, text: 'late' }));
          late.push(await callback().ask(form));
        });
        return { ended: done };
      },
    })),
  );
  assert.deepEqual(statuses(came), { a: 'succeeded', b: 'succeeded' });
  for (let turn = 0; turn < 200 && late.length < 3; turn++) await pause(10);
  assert.deepEqual(late, ['detached', null, null]);
  assert.ok(!texts(came).includes('late'));
});

test('HN-17 a module that rejects after it has resolved has resolved', async (t) => {
  const zoo = new Zoo(t);
  const came = await zoo.run(
    module(() => ({
      synchronize: async () => ({
        pending: new Promise((resolve, reject) => {
          resolve(done);
          reject(new Error('too late'));
        }),
      }),
    })),
  );
  assert.equal(came.session.phase, 'succeeded');
});

test('HN-03 a module for which the configuration sets limits is given up like a program', async (t) => {
  const zoo = new Zoo(t);
  const hangs: Handler = module(() => ({
    prepare: async () => ({ pending: new Promise(() => {}) }),
  }));
  const patience = { warnMs: 5_000, stuckMs: 10_000 };
  const came = await zoo.run(
    hosted(hangs, { clock: zoo.bed.ports.clock, handler: 'vice', patience }),
  );
  assert.equal(codeOf(came), 'handler-stuck');
});

const line = {
  item: null,
  level: 'information',
  text: '',
  errorId: null,
  jump: false,
  subject: null,
  code: null,
} as const;
