import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from '../../../test/support/seeded.ts';
import { decodeTransition, encodeTransition, planChanges } from './draft.ts';
import type { Content, Entry } from './entry.ts';
import type { Transition } from './plan.ts';

/** JSON knows no objects without a prototype. */
const shape = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { noNullPrototype: true });

const mode = fc.integer({ min: 0, max: 0o7777 });
const time = fc.double({ min: 0, max: 4e12, noNaN: true, noDefaultInfinity: true });
const text = fc.string({ unit: 'binary', maxLength: 20 });
const signature = fc.record(
  { mtimeMs: time, ctimeMs: time, inode: fc.maxSafeNat(), racy: fc.constant(true as const) },
  { requiredKeys: ['mtimeMs', 'ctimeMs', 'inode'], noNullPrototype: true },
);
const content: fc.Arbitrary<Content> = fc.oneof(
  shape({
    kind: fc.constant('file' as const),
    size: fc.maxSafeNat(),
    mtimeMs: time,
    mode,
    digest: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
  }),
  shape({ kind: fc.constant('folder' as const), mode }),
  shape({ kind: fc.constant('link' as const), target: text }),
);
const entry: fc.Arbitrary<Entry> = fc
  .tuple(content, signature)
  .map(([own, signed]) => ({ ...own, signature: signed }));
const base = shape({ content, left: signature, right: signature });
const agreement = shape({ path: text, base: fc.option(base) });
const on = {
  side: fc.constantFrom('left' as const, 'right' as const),
  path: text,
};
const moved = fc.constantFrom({}, { moved: true as const });

const transition: fc.Arbitrary<Transition> = fc
  .tuple(
    fc.oneof(
      shape({
        kind: fc.constant('create' as const),
        ...on,
        content,
        source: entry,
        from: text,
      }),
      shape({ kind: fc.constant('create' as const), ...on, source: entry }).map((each) => {
        const { signature: _, ...own } = each.source;
        return { ...each, content: own, from: each.path };
      }),
      shape({
        kind: fc.constant('update' as const),
        ...on,
        content,
        source: entry,
        from: text,
        expected: entry,
      }),
      shape({ kind: fc.constant('delete' as const), ...on, expected: entry }),
      fc.record(
        {
          kind: fc.constant('move' as const),
          ...on,
          from: text,
          expected: entry,
          via: text,
          carries: fc.array(agreement, { maxLength: 3 }),
        },
        { requiredKeys: ['kind', 'side', 'path', 'from', 'expected'], noNullPrototype: true },
      ),
      shape({
        kind: fc.constant('metadata' as const),
        ...on,
        content,
        source: entry,
        expected: entry,
      }),
    ),
    moved,
  )
  .map(([each, flag]) => ({ ...each, ...flag }) as Transition);

test('I20 a stored transition is read back as it was', () => {
  fc.assert(
    fc.property(transition, (original) => {
      const stored = JSON.parse(JSON.stringify(encodeTransition('item', original)));
      assert.deepEqual(decodeTransition(stored), original);
    }),
    seeded(),
  );
});

test('a detail of another version or shape is refused as unreadable', () => {
  fc.assert(
    fc.property(transition, fc.jsonValue({ maxDepth: 3 }), (original, detail) => {
      const change = { ...encodeTransition('item', original), detail: detail as never };
      assert.throws(() => decodeTransition(change), { code: 'folder-plan-unreadable' });
    }),
    seeded(),
  );
});

test('the changes of a long plan are made one at a time', () => {
  let asked = 0;
  const endless = (function* (): Generator<Transition> {
    for (;;) {
      asked += 1;
      const signed = { mtimeMs: 1, ctimeMs: 1, inode: asked };
      const expected = { kind: 'folder', mode: 0o755, signature: signed } as const;
      yield { kind: 'delete', side: 'left', path: `d${asked}`, expected };
    }
  })();
  const changes = planChanges('item', endless);
  assert.equal(changes.next().value?.path, 'd1');
  assert.equal(asked, 1);
});
