import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  folding,
  link,
  posix,
  row,
  same,
} from '../../../test/support/rows.ts';
import {
  type Change,
  changeOf,
  contentOf,
  entryOn,
  foldsNames,
  isContentOf,
  isRestamped,
  sameContent,
  within,
} from './change.ts';
import type { Content, Entry, Observation, Signature } from './entry.ts';
import type { Abilities } from './plan.ts';

const B = file('b', { digest: 'b' });

function change(
  was: Entry,
  now: Entry,
  abilities: Partial<Abilities> = {},
  signature: Partial<Signature> = {},
): Change {
  const known = row('p', was, { ...now, signature: { ...now.signature, ...signature } }, same);
  return changeOf(known, 'left', { left: { ...posix, ...abilities }, right: posix });
}

test('a change is told by the kind, the size, the target and the bytes', () => {
  assert.equal(change(B, B), 'none');
  assert.equal(change(B, file('bb')), 'edited');
  assert.equal(change(B, folder()), 'edited');
  assert.equal(change(B, link('b')), 'edited');
  assert.equal(change(link('b'), link('b')), 'none');
  assert.equal(change(link('b'), link('c')), 'edited');
  assert.equal(change(link('b'), B), 'edited');
  assert.equal(change(folder(), folder(1, 0o700)), 'mode');
  assert.equal(change(folder(), folder()), 'none');
});

test('another time is an edit until the bytes say that it is none', () => {
  const later = { timeMs: 9_000_000 };
  assert.equal(change(B, file('b', later)), 'edited');
  assert.equal(change(B, file('b', { ...later, digest: 'b' })), 'touched');
  assert.equal(change(B, file('b', { ...later, digest: 'c' })), 'edited');
  assert.equal(change(B, file('b', { ...later, digest: 'b', mode: 0o600 })), 'mode');
  assert.equal(change(file(''), file('', later)), 'touched');
});

test('another file with the size and the time of the former is an edit until it was read', () => {
  assert.equal(change(B, file('b', { inode: 7 })), 'edited');
  assert.equal(change(B, file('b', { inode: 7, digest: 'b' })), 'none');
});

test('I24 what a disk cannot hold or tell is no change', () => {
  const mode = file('b', { mode: 0o600, digest: 'b' });
  assert.equal(change(B, mode), 'mode');
  assert.equal(change(B, mode, { modes: false }), 'none');
  assert.equal(change(folder(), folder(1, 0o700), { modes: false }), 'none');
  const rounded = file('b', { timeMs: 98_000 + 1_999, digest: 'b' });
  assert.equal(change(B, rounded, { timeStepMs: 2_000 }), 'none');
  assert.equal(change(B, rounded, { timeStepMs: 1_999 }), 'touched');
});

test('a change time that moved alone is an edit until the bytes are known', () => {
  const restamped = { ctimeMs: 99_000_000 };
  assert.equal(change(B, { ...B, digest: null } as Entry, {}, restamped), 'edited');
  assert.equal(change(B, B, {}, restamped), 'none');
  assert.equal(change(file(''), file(''), {}, restamped), 'none');
  // That other permissions were given explains it.
  const mode = { ...B, digest: null, mode: 0o600 } as Entry;
  assert.equal(change(B, mode, {}, restamped), 'mode');
});

test('two times are one within a step of the disk, and not at a whole one', () => {
  assert.equal(within(1_000, 1_000, 0), true);
  assert.equal(within(1_000, 1_999, 1_000), true);
  assert.equal(within(2_000, 1_000, 1_000), false);
});

test('a disk takes two names for one if it ignores case or form', () => {
  assert.equal(foldsNames(posix), false);
  assert.equal(foldsNames(folding), true);
  assert.equal(foldsNames({ ...posix, caseSensitive: false }), true);
  assert.equal(foldsNames({ ...posix, normalizationSensitive: false }), true);
});

const contents: readonly Content[] = [
  ...['b', 'c'].map((digest) => contentOf(file('b', { digest }))),
  contentOf(file('bb', { digest: 'b' })),
  contentOf(file('')),
  contentOf(folder()),
  ...['b', 'c'].map((target) => contentOf(link(target))),
];

test('two contents are one only if they are of one kind and surely of one text', () => {
  for (const one of contents) {
    for (const other of contents) {
      assert.equal(sameContent(one, other), one === other, JSON.stringify([one, other]));
    }
  }
  const unread = contentOf(file('b'));
  assert.equal(sameContent(unread, unread), false);
  const folders = [contentOf(folder()), contentOf(folder(2, 0o700))] as const;
  assert.equal(sameContent(...folders), true);
});

test('a content is that of an entry only to the last of its marks', () => {
  const entries: readonly Entry[] = [
    B,
    file('b', { digest: 'c' }),
    file('b', { digest: 'b', mode: 0o600 }),
    file('b', { digest: 'b', timeMs: 7 }),
    file('b', { digest: 'b', size: 7 }),
    folder(),
    folder(1, 0o700),
    link('b'),
    link('c'),
  ];
  for (const entry of entries) {
    for (const other of entries) {
      const answer = isContentOf(contentOf(other), entry);
      assert.equal(answer, entry === other, JSON.stringify([entry, other]));
    }
  }
});

test('what was not agreed on is new where it is, and nothing where it is not', () => {
  const both = { left: posix, right: posix };
  assert.equal(changeOf(row('p', null, B, absent), 'left', both), 'new');
  assert.equal(changeOf(row('p', null, B, absent), 'right', both), 'none');
  assert.equal(entryOn(row('p', null, same, absent), 'left'), null);
  assert.deepEqual(entryOn(row('p', B, same, absent), 'left'), B);
  assert.equal(entryOn(row('p', B, same, absent), 'right'), null);
});

test('bytes are compared with those of the other side only while nothing says that it changed', () => {
  const unread = file('b');
  const signed = (words: Partial<Signature>): Entry => {
    return { ...B, signature: { ...B.signature, ...words } } as Entry;
  };
  const others: readonly (readonly [Observation | Entry, Change])[] = [
    [B, 'touched'],
    [file('b', { digest: 'c' }), 'edited'],
    [file('b', { digest: 'b', size: 2 }), 'edited'],
    [signed({ mtimeMs: 7 }), 'edited'],
    [signed({ inode: 7 }), 'edited'],
    [signed({ ctimeMs: 7 }), 'edited'],
    [unread, 'edited'],
    [folder(), 'edited'],
    [same, 'edited'],
    [absent, 'edited'],
  ];
  const now = file('b', { timeMs: 9, digest: 'b' });
  for (const [other, answer] of others) {
    const both = { left: posix, right: posix };
    assert.equal(changeOf(row('p', unread, now, other), 'left', both), answer);
    assert.equal(changeOf(row('p', unread, other, now), 'right', both), answer);
  }
});

/** Whether the left is restamped, of a baseline and what is there now. */
function restamped(
  was: Entry | null,
  now: Entry | Observation,
  abilities: Partial<Abilities> = {},
  basePath?: string,
): boolean {
  const known = row('p', was, now, same);
  const placed = basePath === undefined ? known : { ...known, basePath };
  return isRestamped(placed, 'left', { ...posix, ...abilities });
}

function stamped(entry: Entry, words: Partial<Signature>): Entry {
  return { ...entry, signature: { ...entry.signature, ...words } };
}

test('a file is restamped if its change time moved and nothing explains it', () => {
  const now = stamped(B, { ctimeMs: 7 });
  const executable = stamped(file('b', { mode: 0o755 }), { ctimeMs: 7 });
  assert.equal(restamped(B, now), true);
  assert.equal(restamped(B, B), false);
  assert.equal(restamped(B, executable), false);
  assert.equal(restamped(B, executable, { modes: false }), true);
  assert.equal(restamped(file(''), stamped(file(''), { ctimeMs: 7 })), false);
  assert.equal(restamped(folder(), now), false);
  assert.equal(restamped(B, stamped(folder(), { ctimeMs: 7 })), false);
  assert.equal(restamped(null, now), false);
  assert.equal(restamped(B, absent), false);
  // Moving it explains it too.
  assert.equal(restamped(B, now, {}, 'q'), false);
  assert.equal(restamped(B, now, {}, 'p'), true);
});

test('what was seen too soon is restamped only where the step of the clock hides an edit', () => {
  const racy = stamped(B, { racy: true });
  const answers = [0.001, 20, 20.5, 2000].map((timeStepMs) => restamped(racy, B, { timeStepMs }));
  assert.deepEqual(answers, [false, false, true, true]);
  assert.equal(restamped(B, B, { timeStepMs: 2000 }), false);
  assert.equal(restamped(racy, B, { timeStepMs: 2000 }, 'q'), true);
});
