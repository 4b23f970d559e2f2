import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  FreshnessShape,
  ItemShape,
  ProgressShape,
  RunningShape,
} from '../../../api/shapes.ts';
import { redraw, type Scene, screenLines } from './screen.ts';

const item = (name: string, more: Partial<ItemShape> = {}): ItemShape =>
  ({
    ...{ partnership: { id: name, name }, item: 'all', name, enabled: true },
    ...{ last: 'succeeded', openConflicts: 0 },
    ...more,
  }) as ItemShape;
const fresh = (name: string, more: Partial<FreshnessShape>): FreshnessShape =>
  ({ partnership: { id: name, name }, ...more }) as FreshnessShape;
const runs = (name: string, more: Partial<RunningShape> = {}): RunningShape =>
  ({
    session: `s-${name}`,
    partnership: { id: name, name },
    phase: 'synchronizing',
    ...more,
  }) as RunningShape;
const progress = (more: Partial<ProgressShape>): ProgressShape =>
  ({ text: '', value: 0, max: 0, bytes: 0, bytesMax: 0, ...more }) as ProgressShape;

const scene = (more: Partial<Scene> = {}): Scene => ({
  items: [],
  running: [],
  freshness: [],
  progress: new Map(),
  chosen: 0,
  note: '',
  ago: (instant) => `${instant} ago`,
  moment: (instant) => `at ${instant}`,
  ...more,
});
const size = { columns: 100, rows: 20 };
const painted = (style: string, text: string) => (text === '' ? '' : `<${style}>${text}`);
const plain = (_: string, text: string) => text;
const keys = '↑↓ choose   s skip   x stop   p pause or resume   r run   q quit';

/** The lines of the items alone, without what marks the chosen one. */
const rows = (one: Scene, columns = 200) =>
  screenLines(one, { ...size, columns }, plain)
    .slice(1, 1 + one.items.length)
    .map((line) => line.slice(2));

test('a screen has a head, the items, a note and the keys', () => {
  const two = scene({ items: [item('mail'), item('photos')], chosen: 1, note: 'Skipped.\n' });
  assert.deepEqual(screenLines({ ...two, running: [runs('x')] }, size, painted), [
    '<bold>syncmgr  2 items, 1 session running',
    `  ${'mail'.padEnd(24)}  done`,
    `<cyan>▸ ${'photos'.padEnd(24)}  done`,
    '',
    '<yellow>Skipped.\\n',
    `<dim>${keys}`,
  ]);
});

test('where nothing is kept it says how to begin', () => {
  const [, line] = screenLines(scene(), size, plain);
  assert.equal(line, '  Nothing is kept yet: syncmgr add NAME LEFT RIGHT');
});

test('of more items than there are rows those around the chosen one are shown, the others counted', () => {
  const items = Array.from({ length: 10 }, (_, at) => item(`i${at}`));
  const shown = (chosen: number, rowCount: number) =>
    screenLines(scene({ items, chosen }), { columns: 100, rows: rowCount }, plain);
  const names = (chosen: number, rowCount: number) =>
    shown(chosen, rowCount).flatMap((line) => /^(▸| ) i(\d)/.exec(line)?.slice(1).join('') ?? []);
  assert.deepEqual(names(0, 8), ['▸0', ' 1', ' 2', ' 3']);
  assert.deepEqual(names(5, 8), [' 3', ' 4', '▸5', ' 6']);
  assert.deepEqual(names(9, 8), [' 6', ' 7', ' 8', '▸9']);
  assert.deepEqual(names(5, 2), ['▸5']);
  assert.equal(names(5, 14).length, 10);
  assert.equal(shown(0, 8).at(-3), '  … 6 more items');
  assert.equal(shown(0, 13).at(-3), '  … 1 more item');
  assert.equal(shown(0, 14).at(-3), '');
});

test('an item is told by its partnership and its own name, and hostile names stay one line', () => {
  const kept = { id: 'p', name: 'work' };
  const named = [
    item('mail', { partnership: kept }),
    item('', { partnership: kept, item: 'drafts' }),
    item('work', { partnership: kept }),
    item('a\nb', { partnership: kept }),
    item('x'.repeat(40), { partnership: kept }),
  ];
  const shown = rows(scene({ items: named })).map((line) => line.replace(/ +done$/, ''));
  assert.deepEqual(shown, [
    'work/mail',
    'work/drafts',
    'work',
    'work/a\\nb',
    `work/${'x'.repeat(18)}…`,
  ]);
});

test('an item that rests tells how it stands, as far as anything is known', () => {
  const said = (more: Partial<ItemShape>, standing: Partial<FreshnessShape> = {}) =>
    rows(
      scene({
        items: [item('a', more)],
        freshness: [fresh('b', { heldBy: 'No.' }), fresh('a', standing)],
      }),
    )[0]?.slice(26);
  assert.equal(said({}), 'done');
  assert.equal(said({ last: null }), 'never ran');
  assert.equal(said({ enabled: false }), 'disabled');
  assert.equal(
    said(
      { last: 'partial', openConflicts: 2 },
      { lastSuccessAt: '1 h', staleSince: '2 h', nextRunAt: '9:00', heldBy: 'on battery' },
    ),
    'done with problems, succeeded 1 h ago, STALE, next at 9:00, 2 conflicts, on battery',
  );
  assert.equal(said({ openConflicts: 1 }), 'done, 1 conflict');
  assert.equal(said({ last: 'preparing' }, { heldBy: 'on battery' }), 'looking');
  assert.equal(said({ last: null }, { heldBy: 'on battery' }), 'never ran, on battery');
  assert.equal(rows(scene({ items: [item('a')] }))[0]?.slice(26), 'done');
});

test('an item that runs shows its bar, or the phase while nothing is known', () => {
  const said = (more: Partial<ProgressShape> | null, phase: RunningShape['phase'] = 'preparing') =>
    rows(
      scene({
        items: [item('a')],
        running: [runs('b'), runs('a', { phase })],
        progress: new Map(more === null ? [] : [['s-a all', progress(more)]]),
      }),
    )[0]?.slice(26);
  assert.equal(said(null), 'looking');
  assert.equal(said({ value: 5, max: 0 }), 'looking');
  assert.equal(said({ value: 1, max: 4, text: 'a\tb' }), `█████${'░'.repeat(15)}  25 %  a\\tb`);
  assert.equal(
    said({ value: 4, max: 4, bytes: 2048, bytesMax: 2048 }),
    `${'█'.repeat(20)} 100 %  2.0 KiB of 2.0 KiB  `,
  );
});

test('no line of a screen is wider than its terminal, down to a few columns', () => {
  const items = [item('a', { last: 'partial', openConflicts: 3 })];
  for (const columns of [30, 40, 64]) {
    const note = 'n'.repeat(100);
    for (const line of screenLines(scene({ items, note }), { columns, rows: 9 }, plain)) {
      assert.ok(line.length <= columns, `${columns} ${line}`);
    }
  }
  const [head, line] = screenLines(scene({ items }), { columns: 5, rows: 9 }, plain);
  assert.equal(head, 'syncmgr  1 item, 0…');
  assert.equal(line, '▸ a        …');
});

test('only lines that differ are written, and those that are gone are emptied', () => {
  assert.equal(redraw([], ['a', 'b']), '\x1b[1;1Ha\x1b[K\x1b[2;1Hb\x1b[K');
  assert.equal(redraw(['a', 'b', 'c'], ['a', 'B']), '\x1b[2;1HB\x1b[K\x1b[3;1H\x1b[K');
  assert.equal(redraw(['a'], ['a']), '');
});
