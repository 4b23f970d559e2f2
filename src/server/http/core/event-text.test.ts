import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../api/shapes.ts';
import { eventText, sinceOf } from './event-text.ts';

test('an event carries its number as the id, any other notice has none', () => {
  const event = { type: 'event', event: { sequence: 7, text: 'a\nb' } } as unknown as Notice;
  assert.equal(eventText(event), `id: 7\nevent: event\ndata: ${JSON.stringify(event)}\n\n`);
  const gap: Notice = { type: 'gap', after: 1, before: 5 };
  assert.equal(eventText(gap), `event: gap\ndata: ${JSON.stringify(gap)}\n\n`);
});

test('a stream goes on after the last event that was seen, else where the query says', () => {
  assert.equal(sinceOf('12', 3), 12);
  for (const unusable of [undefined, '', '-1', '1.5', '1'.repeat(16)]) {
    assert.equal(sinceOf(unusable, 3), 3);
  }
  assert.equal(sinceOf(undefined, undefined), null);
});
