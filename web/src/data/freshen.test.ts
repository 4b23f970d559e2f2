import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshener } from './freshen.ts';

function bed() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  let scheduled: (() => void)[] = [];
  const it = freshener(
    (key) => {
      asked.push(key);
      const { promise, resolve } = Promise.withResolvers<void>();
      answers.push(resolve);
      return promise;
    },
    (work) => scheduled.push(work),
  );
  const pass = () => {
    const due = scheduled;
    scheduled = [];
    for (const work of due) work();
  };
  return { it, asked, answers, pass, waits: () => scheduled.length };
}

test('a burst of events asks once for each thing that they touch', () => {
  const { it, asked, pass } = bed();
  for (let at = 0; at < 1000; at += 1) it.soon(at % 2 === 0 ? 'items' : 'log');
  assert.deepEqual(asked, []);
  pass();
  assert.deepEqual(asked, ['items', 'log']);
});

test('what is being asked is asked again only after its answer, and then once', async () => {
  const { it, asked, answers, pass, waits } = bed();
  it.soon('items');
  pass();
  for (let at = 0; at < 10; at += 1) {
    it.soon('items');
    pass();
  }
  assert.deepEqual(asked, ['items']);
  answers[0]?.();
  await new Promise(setImmediate);
  assert.equal(waits(), 1);
  pass();
  assert.deepEqual(asked, ['items', 'items']);
});

test('what could not be asked may be asked again', async () => {
  let scheduled: (() => void) | undefined;
  let count = 0;
  const it = freshener(
    async () => {
      count += 1;
      throw new Error('nobody answers');
    },
    (work) => {
      scheduled = work;
    },
  );
  it.soon('items');
  scheduled?.();
  await new Promise(setImmediate);
  it.soon('items');
  scheduled?.();
  assert.equal(count, 2);
});
