import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Texts } from './column.ts';
import { decodeTransition, encodeTransition } from './draft.ts';
import type { Content, Entry } from './entry.ts';
import type { Outcome } from './outcome.ts';
import { Outcomes } from './outcomes.ts';
import { bytesOf, isOfFolder, type Transition } from './plan.ts';
import { Transitions } from './transitions.ts';

const signature = { mtimeMs: 1.25, ctimeMs: 2e12 + 0.75, inode: 2 ** 52 + 1 };
const racy = { ...signature, racy: true } as const;
const file = { kind: 'file', size: 2 ** 40, mtimeMs: 1.25, mode: 0o640, digest: null } as const;
const folder = { kind: 'folder', mode: 0o755 } as const;
const link = { kind: 'link', target: '../ü' } as const;

const contents: readonly Content[] = [
  file,
  folder,
  link,
  { ...file, size: 0 },
  { ...file, mtimeMs: 7 },
  { ...file, digest: 'ab'.repeat(32) },
  { ...file, mode: -1 },
  { ...folder, mode: 2 ** 20 },
];

/** Every kind, with all sorts of content on either side. */
function everything(): Transition[] {
  const entries = contents.flatMap((content) => [
    { ...content, signature } as Entry,
    { ...content, signature: racy } as Entry,
  ]);
  const all: Transition[] = [];
  entries.forEach((source, at) => {
    const expected = entries[(at + 3) % entries.length] as Entry;
    const content = contents[(at + 1) % contents.length] as Content;
    const { signature: _, ...own } = source;
    const on = { side: at % 2 === 0 ? 'left' : 'right', path: `a/${'é'.repeat(at)}` } as const;
    const moved = at % 3 === 0 ? ({ moved: true } as const) : {};
    const read = { ...on, ...moved, source, from: on.path };
    all.push(
      { kind: 'create', ...read, content: own },
      { kind: 'create', ...read, content },
      { kind: 'create', ...read, content: own, from: 'elsewhere' },
      { kind: 'update', ...read, content: own, expected },
      { kind: 'update', ...read, content, expected },
      { kind: 'delete', ...on, ...moved, expected },
      { kind: 'metadata', ...on, ...moved, source, content: own, expected },
      { kind: 'metadata', ...on, ...moved, source, content, expected },
      { kind: 'move', ...on, ...moved, from: 'b', expected, via: 'c', carries: [] },
    );
  });
  return all;
}

const outcomes: readonly Outcome[] = [
  { state: 'left' },
  { state: 'returned', restored: racy },
  { state: 'failed', code: 'folder-busy', reason: 'why' },
  { state: 'failed', code: 'folder-busy', reason: 'why', restored: signature },
  { state: 'done', signature, bytes: 5 },
  { state: 'done', signature: racy, bytes: 2 ** 40 },
  { state: 'done', signature: null, bytes: 0 },
  { state: 'done', signature, bytes: 1, trashed: 'somewhere' },
  { state: 'done', signature, bytes: 1, read: { content: file, signature } },
];

describe('columns', () => {
  test('give every transition back as it was, here and after a journey', () => {
    const all = everything();
    const columns = Transitions.of(all);
    assert.deepEqual([...columns], all);
    const there = new Transitions(structuredClone(columns.pack()));
    assert.deepEqual([...there], all);
    const places = Uint32Array.from(all.keys()).reverse();
    assert.deepEqual([...new Transitions(there.pick(places).pack())], all.toReversed());
    there.arrange(places);
    assert.deepEqual([...there], all.toReversed());
    assert.deepEqual([...there.pick(places)], all);
  });

  test('say what a transition is without making one', () => {
    const all = everything();
    const columns = Transitions.of(all.toReversed());
    columns.arrange(Uint32Array.from(all.keys()).reverse());
    for (const [at, each] of all.entries()) {
      const said = [columns.kindAt(at), columns.sideAt(at), columns.pathAt(at)];
      assert.deepEqual(said, [each.kind, each.side, each.path]);
      assert.deepEqual(
        [columns.bytesAt(at), columns.isFolderAt(at)],
        [bytesOf(each), isOfFolder(each)],
      );
    }
    assert.equal(
      columns.bytes(),
      all.reduce((sum, each) => sum + bytesOf(each), 0),
    );
  });

  test('change nothing about a plan as it is stored', () => {
    const stored = (all: Iterable<Transition>) =>
      JSON.stringify(Array.from(all, (each) => encodeTransition('item', each)));
    const all = everything();
    const text = stored(all);
    assert.equal(stored(Transitions.of(all)), text);
    assert.equal(stored(Transitions.of(JSON.parse(text).map(decodeTransition))), text);
  });

  test('give every outcome back, also where another stood before', () => {
    const columns = Outcomes.of(outcomes);
    const there = Outcomes.open(structuredClone(columns.pack()));
    assert.deepEqual([...there], outcomes);
    for (const from of outcomes.keys()) {
      for (const [at, outcome] of outcomes.entries()) {
        const one = Outcomes.of([outcomes[from] as Outcome]);
        one.set(0, outcome);
        assert.deepEqual([...one], [outcome]);
        one.copy(0, columns, from);
        assert.deepEqual([...one], [outcomes[from]]);
        assert.equal(columns.isDone(at), outcome.state === 'done');
      }
    }
    assert.equal(columns.areAllDone(), false);
    assert.deepEqual([...new Outcomes(2)], [{ state: 'left' }, { state: 'left' }]);
  });

  test('hold thousands of texts of any length', () => {
    const wanted = Array.from({ length: 5000 }, (_, at) => 'ä'.repeat(at % 7) + at);
    const texts = new Texts();
    for (const text of wanted) texts.push(text);
    const there = new Texts(structuredClone(texts.pack()));
    for (const [at, text] of wanted.entries()) {
      assert.equal(texts.at(at), text);
      assert.equal(there.at(at), text);
    }
    assert.equal(there.at(wanted.length), '');
  });
});
