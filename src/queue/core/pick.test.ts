import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pick, placeInLine } from './pick.ts';

const seed = Number(process.env.SEED ?? 1);
const name = fc.constantFrom('disk', 'mail', 'photos', 'interactive');
const ticket = fc.record({
  names: fc.uniqueArray(name, { maxLength: 3 }),
  seats: fc.uniqueArray(fc.constantFrom('sessions', 'imap'), { maxLength: 2 }),
  priority: fc.constant(0),
});
const tickets = fc.array(ticket, { maxLength: 8 });
const needs = (...names: string[]) => ({ names, seats: [], priority: 0 });
const plenty = () => 99;

test('S8 nobody is picked who needs a name that is held or picked already', () => {
  fc.assert(
    fc.property(tickets, fc.uniqueArray(name), (waiting, held) => {
      const taken = new Set<string>(held);
      for (const ticket of pick(waiting, new Set(held), plenty)) {
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
      const picked = new Set(pick(waiting, new Set(held), plenty));
      for (const [index, ticket] of waiting.entries()) {
        if (!picked.has(ticket)) continue;
        const before = waiting.slice(0, index).flatMap((one): string[] => one.names);
        assert.ok(ticket.names.every((one) => !before.includes(one)));
      }
    }),
    { seed },
  );
});

test('who needs nothing that another needs begins at once', () => {
  const waiting = [needs('mail'), needs('mail', 'disk'), needs('photos')];
  assert.deepEqual(pick(waiting, new Set(['mail']), plenty), [waiting[2]]);
  assert.deepEqual(pick(waiting, new Set(), plenty), [waiting[0], waiting[2]]);
});

test('never more sit than there are seats, and in order of the line', () => {
  fc.assert(
    fc.property(tickets, fc.nat({ max: 3 }), (waiting, count) => {
      const picked = pick(waiting, new Set(), () => count);
      for (const seat of ['sessions', 'imap'] as const) {
        assert.ok(picked.filter(({ seats }) => seats.includes(seat)).length <= count);
      }
    }),
    { seed },
  );
});

test('who waits for a name keeps no seat, and who waits for a seat is not overtaken', () => {
  const seat = ['sessions'];
  const waiting = [
    { names: ['mail'], seats: seat, priority: 0 },
    { names: ['photos'], seats: seat, priority: 0 },
    { names: ['disk'], seats: seat, priority: 0 },
    needs('other'),
  ];
  const picked = pick(waiting, new Set(['mail']), () => 1);
  assert.deepEqual(picked, [waiting[1], waiting[3]]);
  // One handler is full: its next keeps no place from those of another.
  const full = { ...needs('mail'), seats: ['sessions', 'imap'] };
  const other = { ...needs('photos'), seats: ['sessions', 'folder'] };
  const free = (seat: string) => (seat === 'imap' ? 0 : 1);
  assert.deepEqual(pick([full, other], new Set(), free), [other]);
});

test('a newcomer stands behind all of its own priority, and before lower ones', () => {
  const line = [5, 5, 0, 0, -1].map((priority) => ({ ...needs('a'), priority }));
  assert.deepEqual(
    [9, 5, 1, 0, -1, -9].map((priority) => placeInLine(line, priority)),
    [0, 2, 2, 4, 5, 5],
  );
});
