import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryClasses } from '../../model/retry.ts';
import { dataOf, recordIn } from './failure.ts';

const text = 'The disk is full.';

test('an error of ours comes out as it was thrown, whatever its class', () => {
  for (const retry of retryClasses) {
    for (const code of ['full', 'x'.repeat(128)]) {
      const sent = JSON.parse(JSON.stringify(dataOf({ code, retry })));
      assert.deepEqual(recordIn(text, sent), { code, text, retry });
    }
  }
});

test('HN-11 of an error that is not one of ours only the text is known', () => {
  const others: readonly unknown[] = [
    undefined,
    null,
    'full',
    {},
    { retry: 'fatal' },
    { code: 7, retry: 'fatal' },
    { code: '', retry: 'fatal' },
    { code: 'x'.repeat(129), retry: 'fatal' },
    { code: 'full' },
    { code: 'full', retry: 'later' },
  ];
  for (const data of others) assert.equal(recordIn(text, data), null, JSON.stringify(data));
});
