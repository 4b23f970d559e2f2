import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesOf, decisionOf, disputeOf } from './choices.ts';

const version = {
  side: 'left',
  present: true,
  kind: 'file',
  size: 1,
  modifiedAt: null,
  digest: null,
  location: null,
};

test('a dispute is told in words, a deletion among them, and the word of a handler is shown as it is', () => {
  const versions = [version, { ...version, side: 'right' }];
  assert.equal(disputeOf({ kind: 'edit-edit', versions }), 'changed on both sides');
  const [left, right] = versions;
  const gone = [...(left ? [left] : []), ...(right ? [{ ...right, present: false }] : [])];
  assert.match(disputeOf({ kind: 'edit-edit', versions: gone }), /deleted on the other/);
  assert.equal(disputeOf({ kind: 'place', versions }), 'moved to two places');
  assert.equal(disputeOf({ kind: 'type', versions }), 'of another kind on each side');
  const name = 'names that are one name on the other side';
  assert.equal(disputeOf({ kind: 'name', versions }), name);
  assert.equal(disputeOf({ kind: 'mail\u202E', versions }), 'mail⟨202E⟩');
});

const told = (...versions: readonly (typeof version)[]) => ({
  kept: choicesOf({ versions }, true).map(({ label, does }) => `${label}: ${does}`),
  lost: choicesOf({ versions }, false).map(({ label, does }) => `${label}: ${does}`),
});

test('each version can be kept, or both, and what becomes of the other is told', () => {
  const { kept, lost } = told(version, { ...version, side: 'right' });
  assert.deepEqual(kept, [
    'Keep the left: The other version goes to the trash of its side.',
    'Keep the right: The other version goes to the trash of its side.',
    'Keep both: One takes a name with its side and time in it; both sides get both.',
  ]);
  assert.equal(lost[0], 'Keep the left: The other version is replaced.');
  const resolutions = choicesOf({ versions: [version] }, true).map((one) => one.resolution);
  assert.deepEqual(resolutions, [{ choice: 'keep', side: 'left' }, { choice: 'keep-both' }]);
});

test('beside a deletion either the version or the deletion is kept, and nothing else', () => {
  const { kept, lost } = told(version, { ...version, side: 'right', present: false });
  assert.deepEqual(kept, [
    'Keep the left: The other version goes to the trash of its side.',
    'Delete, as on the right: What is left on the other side goes to its trash.',
  ]);
  assert.match(lost[1] ?? '', /: What is left on the other side is deleted\.$/);
});

test('the newest can be kept where each version has a time, and another one', () => {
  const at = (modifiedAt: string | null, side: string) =>
    ({ ...version, modifiedAt, side }) as unknown as typeof version;
  const newest = told(at('2026-01-01', 'left'), at('2026-01-02', 'right'));
  const start = 'Keep the newest: By the time of the last change; the other';
  assert.equal(newest.kept[3], `${start} goes to the trash.`);
  assert.equal(newest.lost[3], `${start} is replaced.`);
  const [, , , choice] = choicesOf({ versions: [at('1', 'l'), at('2', 'r')] }, true);
  assert.deepEqual(choice?.resolution, { choice: 'keep-newest' });
  assert.equal(told(at('2026-01-01', 'left'), at('2026-01-01', 'right')).kept.length, 3);
  assert.equal(told(at('2026-01-01', 'left'), at(null, 'right')).kept.length, 3);
});

test('what was decided is told', () => {
  const decided = (resolution: Parameters<typeof decisionOf>[0]['resolution']) =>
    decisionOf({ resolution });
  assert.equal(decided(null), 'Resolved');
  assert.equal(decided({ choice: 'keep', side: 'left\u202E' }), 'The left⟨202E⟩ was kept');
  assert.equal(decided({ choice: 'keep-both' }), 'Both were kept');
  assert.equal(decided({ choice: 'keep-newest' }), 'The newest was kept');
  assert.equal(decided({ choice: 'keep-largest' }), 'The largest was kept');
  const merged = { choice: 'merged', contentFile: 'f' } as const;
  assert.equal(decided(merged), 'A merged text was put on both sides');
});
