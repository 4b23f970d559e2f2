import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Boxes, type BoxesVice, boxesHandler } from '../../test/support/boxes.ts';
import { hosted } from '../handler/module-host.ts';
import type { Handler } from '../ports/handler.ts';
import { defineHandler } from '../sdk/handler.ts';
import { checkHandler, handlerChecks } from './check-handler.ts';
import type { CheckResult } from './verdict.ts';

const limits = { callMs: 5_000, stopMs: 1_000, skipMs: 1_000 };

async function results(
  handler: Handler,
  boxes = new Boxes(),
  only?: readonly string[],
): Promise<readonly CheckResult[]> {
  const subject = {
    handler: hosted(handler),
    settings: {},
    layOut: async () => boxes.layOut(),
    fingerprint: async () => boxes.fingerprint(),
  };
  const all: CheckResult[] = [];
  for await (const one of checkHandler(subject, { limits, ...(only && { only }) })) all.push(one);
  return all;
}

const fails = (all: readonly CheckResult[]) =>
  all.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);

test('a handler that is right passes every check, and each is proven', async () => {
  const boxes = new Boxes();
  const all = await results(boxesHandler(boxes), boxes);
  assert.deepEqual(
    all.filter(({ outcome }) => outcome !== 'passed'),
    [],
  );
  assert.equal(all.length, handlerChecks.length);
});

test('the smallest handler passes; what it does not offer is unproven, with the reason', async () => {
  const all = await results(
    defineHandler({
      name: 'hello',
      items: async () => [{ id: 'world' }],
      synchronizeItem: async () => undefined,
    }),
  );
  assert.deepEqual(fails(all), []);
  const plan = all.find(({ name }) => name === 'plan-kept');
  assert.equal(plan?.outcome, 'unproven');
  assert.match(plan?.advice ?? '', /offers no plan/);
});

let unstable = 0;

/** Check → a vice that it has to notice. */
const vices: Readonly<Record<string, BoxesVice>> = {
  opens: () => ({ open: async () => null }),
  'every-trigger': () => ({
    open: async ({ trigger }) => {
      if (trigger !== 'manual') throw new Error(`I do not know ${trigger}`);
      return { changes: [] };
    },
  }),
  'items-sound': () => ({ items: async () => [{ id: 'first' }, { id: 'first' }] }),
  'items-stable': () => ({
    items: async () => {
      unstable += 1;
      return [{ id: `item ${unstable}` }];
    },
  }),
  'settings-only': (good, boxes) => ({
    items: async (context) => {
      boxes.carryOut({ item: 'first', side: 'right', kind: 'create', path: 'new 1', bytes: 1 });
      return good.items(context);
    },
  }),
  'prepare-unattended': (good) => ({
    prepare: async (context, call) =>
      context.trigger === 'schedule' ? new Promise(() => {}) : good.prepare(context, call),
  }),
  'prepare-changes-nothing': (good, boxes) => ({
    prepare: async (context, call) => {
      const plan = await good.prepare(context, call);
      boxes.carryOut({ item: 'first', side: 'right', kind: 'create', path: 'new 1', bytes: 1 });
      return plan;
    },
  }),
  'prepare-chosen-only': (_, boxes) => ({
    prepare: async ({ state }) => {
      state.changes = boxes.ids.flatMap((id) => boxes.changes(id));
      return { changes: state.changes, facts: [] };
    },
  }),
  completes: () => ({ synchronize: () => new Promise(() => {}) }),
  'asks-before-each': () => ({ synchronize: async () => undefined }),
  'progress-sound': (good) => ({
    synchronizeItem: async (context, item, signal) => {
      context.progress(item, { value: 5, max: 3 });
      return good.synchronizeItem(context, item, signal);
    },
  }),
  'ends-once': (good) => ({
    synchronizeItem: async (context, item, signal) => {
      void pause(200).then(() => context.progress(item, { text: 'late' }));
      return good.synchronizeItem(context, item, signal);
    },
  }),
  'log-sound': () => ({
    synchronizeItem: async (context, item) => {
      context.log('warning', 'Open me.', { item, jump: true });
      return undefined;
    },
  }),
  closes: () => ({ close: () => Promise.reject(new Error('not now')) }),
  'plan-kept': (good) => ({
    synchronizeItem: async (context, item, signal) => {
      const report = await good.synchronizeItem(context, item, signal);
      return { ...report, counts: { ...report?.counts, 'left.delete': 1 } };
    },
  }),
  'plan-done': () => ({
    synchronizeItem: async (context, item) => {
      const { length } = context.state.changes.filter((one) => one.item === item);
      return { counts: { 'right.create': length - 1, 'right.delete': 1 } };
    },
  }),
  'plan-adopted': (good) => ({
    prepare: async (context, { items }) => good.prepare(context, { items, approved: null }),
    synchronizeItem: async () => ({ counts: { 'right.create': 1 } }),
  }),
  'skip-before': (good) => ({ synchronize: blind(good) }),
  'skip-in-flight': () => ({
    synchronize: async (context) => {
      for (const item of context.items) {
        for (let value = 0; value < 20; value += 1) {
          await pause(1);
          if (context.progress(item, { value }) !== 'continue') break;
        }
        const wanted = context.progress(item) !== 'continue';
        context.progress(item, { status: wanted ? 'failed' : 'succeeded' });
      }
      return undefined;
    },
  }),
  stop: (good) => ({ synchronize: blind(good) }),
  'stop-at-once': (good) => ({ synchronize: blind(good) }),
  'stop-while-preparing': () => ({
    prepare: async () => {
      await pause(1_500);
      return null;
    },
  }),
  'conflict-sound': () => ({
    synchronizeItem: async (context, item) => {
      context.conflict({ item, subject: 'both', kind: 'edit-edit', versions: [] });
      return undefined;
    },
  }),
  'conflict-stays': (good, boxes) => ({
    close: async () => {
      for (const id of boxes.ids) boxes.box(id).agreed.both = boxes.box(id).left.both ?? '';
    },
    resolve: good.resolve,
  }),
  'conflict-resolved': () => ({ resolve: async () => null }),
  pause: (good) => {
    const stopped = new AbortController();
    return {
      pause: () => stopped.abort(),
      synchronizeItem: async (context, item, signal) => {
        if (stopped.signal.aborted) context.progress(item, { status: 'stopped' });
        return good.synchronizeItem(context, item, signal);
      },
    };
  },
  properties: () => ({ properties: () => Promise.reject(new Error('no dialog here')) }),
  'show-error': () => ({ showError: () => Promise.reject(new Error('no dialog here')) }),
};

/** Works through everything, whatever is answered. */
const blind =
  (good: Parameters<BoxesVice>[0]): NonNullable<ReturnType<BoxesVice>['synchronize']> =>
  async (context) => {
    for (const item of context.items) {
      context.progress(item, { status: 'updating', text: 'working' });
      await good.synchronizeItem(context, item, new AbortController().signal);
      context.progress(item, { status: 'succeeded' });
    }
    return { counts: { 'right.create': 1 } };
  };

/** Check → another vice, that was not seen by it before. */
const furtherVices: Readonly<Record<string, BoxesVice>> = {
  'skip-in-flight': () => ({
    synchronize: async (context) => {
      for (const item of context.items) {
        context.progress(item, { status: 'updating' });
        await pause(limits.skipMs + 200);
        context.progress(item, { status: 'succeeded' });
      }
      return undefined;
    },
  }),
  'conflict-stays': () => ({
    synchronizeItem: async (context, item) => {
      const version = { present: true, kind: 'text', size: 1, modifiedAt: null };
      const versions = ['left', 'right'].map((side) => {
        return { side, ...version, digest: side, location: null };
      });
      context.conflict({ item, subject: 'both', kind: 'edit-edit', versions });
      return undefined;
    },
  }),
  pause: (good) => ({
    pause: () => {},
    synchronizeItem: async (context, item, signal) => {
      for (let value = 0; value < 40; value += 1) {
        context.progress(item, { value });
        await pause(15);
      }
      return good.synchronizeItem(context, item, signal);
    },
  }),
};

const expectations: Readonly<Record<string, RegExp>> = {
  'skip-in-flight': /an end within 1 s of the skip/,
  'conflict-stays': /conflictsSeen/,
  pause: /no step while it is paused/,
};

/** These vices show in a call that fails or never answers; the others in what was done. */
const showsInTheCall: readonly string[] = [
  'every-trigger',
  'prepare-unattended',
  'completes',
  'closes',
  'properties',
  'show-error',
];

for (const { name } of handlerChecks) {
  test(`the check ${name} notices a handler that does otherwise`, async () => {
    const vice = vices[name];
    assert.ok(vice, `there is no vice for ${name}`);
    const boxes = new Boxes();
    const handler = boxesHandler(boxes, vice);
    const [result] = await results(handler, boxes, [name]);
    assert.equal(result?.outcome, 'failed', JSON.stringify(result));
    assert.ok(result.expected && result.found && result.advice);
    const showsInCall = result.expected === 'an answer to every call';
    assert.equal(showsInCall, showsInTheCall.includes(name), result.found);
  });
}

for (const [name, vice] of Object.entries(furtherVices)) {
  test(`the check ${name} notices a second way to do otherwise`, async () => {
    const boxes = new Boxes();
    const [result] = await results(boxesHandler(boxes, vice), boxes, [name]);
    assert.equal(result?.outcome, 'failed', JSON.stringify(result));
    assert.match(result.expected ?? '', expectations[name] ?? /^$/);
  });
}
