import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  absent,
  file,
  folder,
  link,
  plan,
  posix,
  row,
  said,
  unknown,
} from '../../../test/support/rows.ts';
import type { Entry, Observation } from './entry.ts';
import type { ReconcileInput } from './plan.ts';

const B = file('b', { digest: 'b' });
const touched = file('b', { timeMs: 5, digest: 'b' });
const X = file('xx');
const modeless = { ...posix, modes: false };

function planned(
  known: Entry | null,
  left: Entry | Observation,
  right: Entry | Observation,
  more: Partial<ReconcileInput> = {},
) {
  return plan([row('p', known, left, right)], more);
}

/** `left update 644 at 5`, for what changes, and the same of what is agreed on. */
function kept(...given: Parameters<typeof planned>): string[] {
  const { transitions, agreements } = planned(...given);
  const short = (content: object) => {
    const mode = 'mode' in content ? ` ${Number(content.mode).toString(8)}` : '';
    return mode + ('mtimeMs' in content ? ` at ${content.mtimeMs}` : '');
  };
  return [
    ...transitions.map((each) => {
      assert.ok('content' in each);
      return `${each.side} ${each.kind}${short(each.content)}`;
    }),
    ...agreements.map(({ base }) => `agree${short(base?.content ?? {})}`),
  ];
}

test('new bytes of one side and permissions or time of the other are both kept', () => {
  const executable = file('b', { mode: 0o755 });
  assert.deepEqual(kept(B, X, executable), [
    'right update 755 at 120000',
    'left metadata 755 at 120000',
  ]);
  assert.deepEqual(kept(B, executable, X), [
    'left update 755 at 120000',
    'right metadata 755 at 120000',
  ]);
  assert.deepEqual(kept(B, touched, X), ['left update 644 at 120000']);
  const [update] = planned(B, executable, X).transitions;
  assert.deepEqual(update?.kind === 'update' && update.content, {
    kind: 'file',
    size: 2,
    mtimeMs: 120_000,
    mode: 0o755,
    digest: null,
  });
});

test('a mere change of time is no claim to a path of which the other side makes something else', () => {
  const [left] = planned(B, link('t'), touched).transitions;
  assert.ok(left?.kind === 'update' && left.side === 'right');
  assert.deepEqual(left.content, { kind: 'link', target: 't' });
  const [right] = planned(B, touched, link('t')).transitions;
  assert.ok(right?.kind === 'update' && right.side === 'left');
  assert.deepEqual(right.content, { kind: 'link', target: 't' });
  assert.deepEqual(said(planned(B, touched, folder())), ['left update p']);
  const executable = file('b', { mode: 0o755, digest: 'b' });
  assert.deepEqual(said(planned(B, executable, link('t'))), ['conflict type p']);
  assert.deepEqual(said(planned(B, link('t'), file('yyy'))), ['conflict type p']);
});

test('a link that one side cannot hold does not replace what was only touched there', () => {
  const linkless = { ...posix, links: false };
  const abilities = { left: posix, right: linkless };
  assert.deepEqual(said(planned(B, link('t'), touched, { abilities })), ['conflict type p']);
  assert.deepEqual(said(planned(B, touched, link('t'), { abilities })), ['left update p']);
});

test('I13 a folder with something unknown inside does not replace what was only touched, and all in it waits', () => {
  const inside = [row('p/n', null, X, absent), row('p/x', X, unknown('p/x'), absent)];
  const found = plan([row('p', B, folder(), touched), ...inside]);
  assert.deepEqual(said(found), ['problem folder-unreadable p/x']);
  assert.deepEqual([found.resolved, found.waits], [[], true]);
});

test('I23 equal files keep the time each has, and the earlier one is agreed on', () => {
  const early = file('x', { timeMs: 5, digest: 'd' });
  const late = file('x', { timeMs: 9, digest: 'd' });
  assert.deepEqual(kept(null, early, late), ['agree 644 at 5']);
  assert.deepEqual(kept(null, late, early), ['agree 644 at 5']);
  const private_ = file('x', { timeMs: 9, digest: 'd', mode: 0o600 });
  assert.deepEqual(kept(null, early, private_), ['left metadata 600 at 5']);
  assert.deepEqual(kept(null, private_, early), ['right metadata 600 at 5']);
});

test('what is equal is agreed on with all that either side knows of it', () => {
  const agreed = (...given: Parameters<typeof planned>) => planned(...given).agreements[0]?.base;
  assert.deepEqual(agreed(null, link('t', 1), link('t', 2)), {
    content: { kind: 'link', target: 't' },
    left: link('t', 1).signature,
    right: link('t', 2).signature,
  });
  assert.deepEqual(agreed(null, folder(1), folder(2)), {
    content: { kind: 'folder', mode: 0o755 },
    left: folder(1).signature,
    right: folder(2).signature,
  });
  const unread = file('b', { mode: 0o600 });
  for (const digest of ['b', null]) {
    const content = { kind: 'file', size: 1, mtimeMs: 98_000, mode: 0o600, digest };
    const now = { content, left: unread.signature, right: unread.signature };
    assert.deepEqual(agreed(file('b'), unread, file('b', { mode: 0o600, digest })), now);
    assert.deepEqual(agreed(file('b'), file('b', { mode: 0o600, digest }), unread), now);
  }
});

test('what was made on both sides gets the permissions that both allow, and runs where it is read', () => {
  const modes = [
    [0o664, 0o755, 0o755],
    [0o600, 0o755, 0o700],
    [0o640, 0o604, 0o600],
    [0o711, 0o755, 0o700],
    [0o711, 0o711, 0o711],
  ] as const;
  for (const [left, right, both] of modes) {
    const each = [left, right].map((mode) => file('x', { mode, digest: 'd' })) as [Entry, Entry];
    const changes = planned(null, ...each).transitions;
    const content = { kind: 'file', size: 1, mtimeMs: 120_000, mode: both, digest: 'd' };
    for (const change of changes) assert.deepEqual('content' in change && change.content, content);
    const changed = changes.map(({ side }) => side).sort();
    const due = [left === both ? [] : ['left'], right === both ? [] : ['right']].flat();
    assert.deepEqual(changed, due, both.toString(8));
    assert.equal(planned(null, ...each).agreements.length, due.length === 0 ? 1 : 0);
  }
  const [only, ...more] = planned(null, folder(1, 0o750), folder(2)).transitions;
  assert.deepEqual(more, []);
  assert.deepEqual(only?.kind === 'metadata' && [only.side, only.content], [
    'right',
    { kind: 'folder', mode: 0o750 },
  ]);
});

test('permissions that one side changed win over those that were agreed on', () => {
  const mode = (bits: number) => file('b', { mode: bits, timeMs: 5, digest: 'b' });
  const late = file('b', { timeMs: 9, digest: 'b' });
  assert.deepEqual(kept(B, mode(0o666), late), ['right metadata 666 at 9']);
  assert.deepEqual(kept(B, late, mode(0o666)), ['left metadata 666 at 9']);
  assert.deepEqual(kept(B, mode(0o666), mode(0o664)), ['left metadata 664 at 5']);
});

test('in the one-way modes what is equal gets the permissions of the left', () => {
  const given = [file('x', { digest: 'd' }), file('x', { mode: 0o600, digest: 'd' })] as const;
  for (const mode of ['one-way-safe', 'contribute'] as const) {
    assert.deepEqual(kept(null, ...given, { mode }), ['right metadata 644 at 120000'], mode);
  }
});

test('I24 of a side that cannot hold permissions none are agreed on', () => {
  const given = [
    file('x', { mode: 0o777, digest: 'd' }),
    file('x', { mode: 0o700, digest: 'd' }),
  ] as const;
  const agreed = (left: typeof posix, right: typeof posix) =>
    kept(null, ...given, { abilities: { left, right } });
  assert.deepEqual(agreed(modeless, posix), ['agree 700 at 120000']);
  assert.deepEqual(agreed(posix, modeless), ['agree 777 at 120000']);
  assert.deepEqual(agreed(modeless, modeless), ['agree 644 at 120000']);
});
