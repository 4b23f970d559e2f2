import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesGzip } from './encoding.ts';

test('an answer is packed only for whoever says that he takes it so', () => {
  for (const yes of ['gzip', 'br, gzip', 'gzip;q=0.5', 'deflate,gzip ; q=1, br']) {
    assert.equal(takesGzip(yes), true, yes);
  }
  for (const no of [undefined, '', 'br', 'gzip;q=0', 'gzip; q=0.00, br', 'x-gzip', 'gzipped']) {
    assert.equal(takesGzip(no), false, no);
  }
});
