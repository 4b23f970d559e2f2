import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pick } from './pick.ts';

const seed = Number(process.env.SEED ?? 1);
const name = fc.constantFrom('disk', 'mail', 'photos', 'interactive');
const tickets = fc.array(fc.record({ names: fc.uniqueArray(name, { maxLength: 3 }) }), {
  maxLength: 8,
});

test('S8 nobody is picked who needs a name that is held or picked already', () => {
  fc.assert(
    fc.property(tickets, fc.uniqueArray(name), (waiting, held) => {
      const taken = new Set(held);
      for (const ticket of pick(waiting, new Set(held))) {
        assert.ok(ticket.names.every((one) => !taken.has(one)));
        for (const one of ticket.names) taken.add(one);
      }
    }),
    { seed },
  );
});

test('who has waited longer is not overtaken over a name', () => {
  fc.assert(
    fc.property(tickets, fc.uniqueArray(name), (waiting, held) => {
      const picked = new Set(pick(waiting, new Set(held)));
      for (const [index, ticket] of waiting.entries()) {
        if (!picked.has(ticket)) continue;
        const before = waiting.slice(0, index).flatMap((one) => one.names);
        assert.ok(ticket.names.every((one) => !before.includes(one)));
      }
    }),
    { seed },
  );
});

test('who needs nothing that another needs begins at once', () => {
  const waiting = [{ names: ['mail'] }, { names: ['mail', 'disk'] }, { names: ['photos'] }];
  assert.deepEqual(pick(waiting, new Set(['mail'])), [waiting[2]]);
  assert.deepEqual(pick(waiting, new Set()), [waiting[0], waiting[2]]);
});
