// What a face may change in the files, on a real disk.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { JsonObject } from '../model/json.ts';
import { Malformed } from '../model/malformed.ts';
import { disk } from '../platform/disk.ts';
import { editableItem, editableMain } from './editables.ts';
import { FileEditor } from './file-editor.ts';

function bed(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-editor-'));
  context.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'items.d'));
  const places = {
    folder,
    home: '/h',
    shippedHandlers: ['folder'],
    handlerSettings: { schema: async () => null, jsonSchemas: async () => ({}) },
  };
  const docs = join(folder, 'items.d', 'docs.yaml');
  return {
    editor: new FileEditor(disk),
    item: editableItem(places, 'item-docs'),
    main: editableMain(places),
    write: (text: string) => writeFileSync(docs, text),
    read: () => readFileSync(docs, 'utf8'),
    readMain: () => readFileSync(join(folder, 'config.yaml'), 'utf8'),
  };
}

const commented = `# Mine.
left: /a # here
right: /b
triggers:
  # every night
  schedule:
    - "0 3 * * *" # at three
    - every: 2h
  connect: true
conditions:
  metered: false # it is dear
  command: [/bin/may]
`;

function pointersOf(act: () => void): readonly string[] {
  try {
    act();
    return [];
  } catch (thrown) {
    assert.ok(thrown instanceof Malformed, String(thrown));
    return thrown.faults.map(({ pointer }) => pointer);
  }
}

test('CF-07 a change of one key leaves every comment and every other key as it was written', (t) => {
  const { editor, item, write, read } = bed(t);
  write(commented);
  const triggers: JsonObject = {
    schedule: ['30 4 * * *', { every: '2h' }],
    connect: true,
    idle: { after: '10m' },
  };
  editor.edit(item, { triggers }, editor.view(item).version);
  const wanted = commented
    .replace('"0 3 * * *" # at three', '"30 4 * * *" # at three')
    .replace('  connect: true\n', '  connect: true\n  idle: {after: 10m}\n');
  assert.equal(read(), wanted);
});

test('a change is taken back byte for byte, and that is taken back as well', (t) => {
  const { editor, item, write, read } = bed(t);
  write(commented);
  assert.equal(editor.view(item).undoable, false);
  editor.edit(item, { triggers: null, mode: 'one-way-safe' }, null);
  const changed = read();
  assert.doesNotMatch(changed, /schedule/);
  assert.equal(editor.view(item).undoable, true);
  editor.undo(item);
  assert.equal(read(), commented);
  editor.undo(item);
  assert.equal(read(), changed);
});

test('CF-07 an edit by hand is neither overwritten by a change nor by its undo', (t) => {
  const { editor, item, write, read } = bed(t);
  write(commented);
  const { version } = editor.view(item);
  write(`${commented}priority: 5\n`);
  assert.throws(() => editor.edit(item, { mode: 'contribute' }, version), {
    code: 'version-stale',
  });
  editor.edit(item, { mode: 'contribute' }, null);
  write('left: /a\nright: /c\n');
  assert.equal(editor.view(item).undoable, false);
  assert.throws(() => editor.undo(item), { code: 'configuration-changed' });
  assert.equal(read(), 'left: /a\nright: /c\n');
});

test('HT-07 what is wrong is named by its key, and the file stays as it was', (t) => {
  const { editor, item, write, read } = bed(t);
  write(commented);
  const edit = (keys: JsonObject) => pointersOf(() => editor.edit(item, keys, null));
  assert.deepEqual(edit({ triggers: { schedule: ['61 * * * *'] } }), ['/keys/triggers/schedule/0']);
  assert.deepEqual(edit({ mode: 'sideways' }), ['/keys/mode']);
  assert.deepEqual(edit({ 'max-delete': '100%' }), ['/keys/max-delete']);
  assert.equal(read(), commented);
});

test('HT-13 HT-14 what runs a program, reads a secret or names a folder cannot be set', (t) => {
  const { editor, item, main, write, read } = bed(t);
  write(commented);
  const edit = (keys: JsonObject) => pointersOf(() => editor.edit(item, keys, null));
  for (const key of [
    'left',
    'right',
    'handler',
    'settings',
    'hooks',
    'after',
    'name',
    'nonsense',
  ]) {
    assert.deepEqual(edit({ [key]: 'x' }), [`/keys/${key}`]);
  }
  assert.deepEqual(edit({ 'allow-all-deletions': true }), ['/keys/allow-all-deletions']);
  assert.deepEqual(edit({ conditions: { command: ['/bin/sh'] } }), ['/keys/conditions/command']);
  const mainEdit = (keys: JsonObject) => pointersOf(() => editor.edit(main, keys, null));
  for (const key of ['api', 'handlers', 'notifications']) {
    assert.deepEqual(mainEdit({ [key]: {} }), [`/keys/${key}`]);
  }
  const all = { 'allow-all-deletions': true };
  assert.deepEqual(mainEdit({ defaults: all }), ['/keys/defaults/allow-all-deletions']);
  assert.equal(read(), commented);
});

test('a command that stands in the conditions stays there, whatever is set beside it', (t) => {
  const { editor, item, write, read } = bed(t);
  write(commented);
  const { keys, fixed } = editor.view(item);
  assert.deepEqual(keys.conditions, { metered: false });
  assert.deepEqual(fixed['conditions.command'], ['/bin/may']);
  editor.edit(item, { conditions: { metered: false, battery: '30%' } }, null);
  assert.match(
    read(),
    /metered: false # it is dear\n {2}command: \[\/bin\/may\]\n {2}battery: 30%/,
  );
  editor.edit(item, { conditions: null }, null);
  assert.match(read(), /command: \[\/bin\/may\]/);
  assert.doesNotMatch(read(), /battery/);
});

test('a main file that is not there is made, and is gone again when that is taken back', (t) => {
  const { editor, main, readMain } = bed(t);
  editor.edit(main, { defaults: { bandwidth: '5M' }, limits: { sessions: 2 } }, null);
  assert.match(readMain(), /^# The configuration.*\n/);
  assert.match(readMain(), /defaults: \{bandwidth: 5M\}\nlimits: \{sessions: 2\}\n/);
  editor.undo(main);
  assert.throws(readMain);
});

test('lines that say the same are left as they were written, whatever their taste', (t) => {
  const { editor, item, write, read } = bed(t);
  const odd = `left:   /a   # here
right: '/b'
ignore: [ "a [ b",  'c' ]
retry: { first: 10s,max: 1h }
hooks:
    after:   [ sync ]
`;
  write(odd);
  editor.edit(item, { mode: 'contribute' }, null);
  assert.equal(read(), `${odd}mode: contribute\n`);
  editor.edit(item, { ignore: ['a[ b', 'c'] }, null);
  assert.deepEqual(editor.view(item).keys.ignore, ['a[ b', 'c']);
});
