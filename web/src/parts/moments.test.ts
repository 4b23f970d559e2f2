import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relative } from './moments.ts';

const now = Date.parse('2026-01-31T12:00:00Z');

test('how long ago it was is said in the language of the page, and a date as the viewer writes it', () => {
  assert.equal(relative('2026-01-31T11:57:00Z', now, 'de-DE'), '3 minutes ago');
  assert.equal(relative('2026-01-31T14:00:00Z', now, 'de-DE'), 'in 2 hours');
  assert.equal(relative('2025-11-05T12:00:00Z', now, 'de-DE'), '5.11.2025');
  assert.equal(relative('no moment', now, 'de-DE'), 'no moment');
});
