import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RetryClass, retryClasses } from '../../../model/retry.ts';
import { retryAfterOf, statusOf } from './status.ts';

const record = (code: string, retry: RetryClass = 'fatal') => ({ code, text: 'No.', retry });

/** Clients decide by them: what stands here is kept. */
const promised: Readonly<Record<number, readonly string[]>> = {
  400: ['usage', 'request-malformed'],
  401: ['token-missing'],
  403: ['scope-missing', 'origin-refused', 'only-by-socket'],
  404: ['handler-unknown', 'partnership-unknown', 'plan-unknown', 'conflict-unknown', 'not-found'],
  409: [
    'partnership-exists',
    'conflict-stale',
    'plan-outdated',
    'already-running',
    'configuration-changed',
  ],
  412: ['version-stale'],
  413: ['request-too-large'],
  415: ['request-unreadable'],
  421: ['host-refused'],
  429: ['token-guessed', 'too-many-requests'],
};

test('errors of a request have the status that says so, whatever their class', () => {
  for (const [status, codes] of Object.entries(promised)) {
    for (const code of codes) assert.equal(statusOf(record(code)), Number(status), code);
  }
});

test('every other error has the status of its class', () => {
  const statuses = retryClasses.map((retry) => [retry, statusOf(record('disk-full', retry))]);
  assert.deepEqual(Object.fromEntries(statuses), {
    temporary: 503,
    'needs-person': 422,
    auth: 422,
    quota: 507,
    fatal: 500,
  });
});

test('who asked too often is told when to come back, and nobody else is', () => {
  assert.equal(retryAfterOf(record('token-guessed')), 60);
  assert.equal(retryAfterOf(record('too-many-requests')), 1);
  assert.equal(retryAfterOf(record('usage')), null);
});
