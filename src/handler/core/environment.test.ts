import assert from 'node:assert/strict';
import { test } from 'node:test';
import { environmentFor } from './environment.ts';

test('HN-18 a program is given what is on its list and what all need, and nothing else', () => {
  const ours = { PATH: '/bin', HOME: '/h', MAIL_PASSWORD: 'hunter2', PROXY: 'p', EMPTY: '' };
  assert.deepEqual(environmentFor(['PROXY', 'NONE', 'EMPTY', 'MODE=a=b'], ours), {
    PATH: '/bin',
    HOME: '/h',
    PROXY: 'p',
    EMPTY: '',
    MODE: 'a=b',
  });
});
