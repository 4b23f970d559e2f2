// The configuration is broken, changed or meant otherwise. What was loaded before stays in force, and
// no setting is ever taken for a deletion.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { assertHalted, assertHolds, ended, makeRig, type Rig, told } from './rig.ts';

/** A partnership `work` that ran once. */
async function kept(t: TestContext): Promise<{ rig: Rig; file: string }> {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a', 'b.log': 'b' });
  ended(await rig.run(['add', 'work', rig.left, rig.right]), 0);
  ended(await rig.run(['run', 'work']), 0);
  return { rig, file: join(rig.configuration, 'items.d', 'work.yaml') };
}

const broken = {
  'a syntax error': (text: string) => `${text}\n  - : [`,
  'an unknown key': (text: string) => `${text}\nconflit: left\n`,
  'a wrong unit': (text: string) => `${text}\nbandwidth: 10 parsecs\n`,
  'an unknown rule': (text: string) => `${text}\nconflict: whatever\n`,
  'half of itself': (text: string) => text.slice(0, text.indexOf('right') + 3),
};

test('CF-01 CF-04 a broken file is named with its line, and what was loaded last stays in force', async (t) => {
  const { rig, file } = await kept(t);
  const good = readFileSync(file, 'utf8');
  for (const [name, spoil] of Object.entries(broken)) {
    writeFileSync(file, spoil(good));
    const check = await rig.run(['config', 'check', '--json']);
    ended(check, 2);
    assert.match(check.out, /work\.yaml/, name);
    assert.match(check.out, /"line":\d+/, name);
    rig.write(rig.left, { [`after ${name}.txt`]: name });
    const run = await rig.run(['run', 'work']);
    assert.match(run.out, /work\.yaml:\d+: .+/, name);
    assert.match(run.out, /The configuration is broken; what was loaded last stays in force/);
    assert.ok(readdirSync(rig.right).includes(`after ${name}.txt`), told(run));
  }
  writeFileSync(file, good);
  ended(await rig.run(['config', 'check']), 0);
  ended(await rig.run(['run', 'work', '--error-on-no-change']), 9);
});

test('CF-01 a configuration that is broken from the start runs nothing under defaults', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  mkdirSync(join(rig.configuration, 'items.d'), { recursive: true });
  writeFileSync(join(rig.configuration, 'items.d', 'work.yaml'), 'left: [\n');
  const run = await rig.run(['run', 'work', '--json']);
  ended(run, 2);
  assertHolds(rig.right, []);
});

test('CF-02 what a new filter takes out of view is no longer watched, and deleted nowhere', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a', 'b.log': 'b', 'logs/c.log': 'c' });
  ended(await rig.sync(), 0);
  ended(await rig.sync(['--ignore', '*.log']), 0);
  assertHolds(rig.right, ['a.txt', 'b.log', 'logs', 'logs/c.log']);
  // Deleted while nobody looked: with the filter gone again it comes back.
  rmSync(join(rig.right, 'b.log'));
  ended(await rig.sync(['--ignore', '*.log']), 0);
  assertHolds(rig.left, ['a.txt', 'b.log', 'logs', 'logs/c.log']);
  ended(await rig.sync(), 0);
  assertHolds(rig.left, ['a.txt', 'b.log', 'logs', 'logs/c.log']);
  rig.assertSame();
});

test('CF-03 sides exchanged, and a root moved, halt or begin anew, and delete nothing', async (t) => {
  const { rig, file } = await kept(t);
  const text = readFileSync(file, 'utf8');
  const swapped = text
    .replace(rig.left, '/somewhere/else')
    .replace(rig.right, rig.left)
    .replace('/somewhere/else', rig.right);
  assert.notEqual(swapped, text);
  writeFileSync(file, swapped);
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.run(['run', 'work', '--json']);
  assertHalted(run, /is not the one that was synchronized before/);
  assertHolds(rig.right, ['a.txt', 'b.log']);
  ended(await rig.run(['run', 'work', '--approve']), 0);
  rig.assertSame();
  assertHolds(rig.left, ['a.txt', 'b.log']);
});

test('CF-03 a folder that moved and is named anew unites with its partner', async (t) => {
  const { rig, file } = await kept(t);
  const moved = join(rig.home, 'moved');
  renameSync(rig.right, moved);
  writeFileSync(file, readFileSync(file, 'utf8').replace(rig.right, moved));
  rmSync(join(rig.left, 'a.txt'));
  const run = await rig.run(['run', 'work', '--json']);
  // It is the same folder by its marker, so the deletion is one.
  assert.ok([0, 4].includes(run.code ?? -1), told(run));
  assertHolds(rig.left, ['b.log']);
  assertHolds(moved, run.code === 0 ? ['b.log'] : ['a.txt', 'b.log']);
});

test('CF-04 limits that make no sense are refused before anything is looked at', async (t) => {
  const rig = makeRig(t);
  rig.write(rig.left, { 'a.txt': 'a' });
  for (const limit of ['-1', '101%', 'many', '', '1.5']) {
    const run = await rig.sync([`--max-delete=${limit}`]);
    ended(run, 2);
    assert.match(run.error?.text ?? '', /max-delete/);
  }
  for (const words of [
    ['--conflict', 'whatever'],
    ['--mode', 'both'],
    ['--bwlimit', 'fast'],
  ]) {
    ended(await rig.sync(words), 2);
  }
  assertHolds(rig.right, []);
});

test('CF-05 a mass deletion halts with its numbers; approving does it, once, into the trash', async (t) => {
  const rig = makeRig(t);
  const names = Array.from({ length: 60 }, (_, number) => `file-${number}.txt`);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, name])));
  ended(await rig.sync(), 0);
  for (const name of names.slice(0, 30)) rmSync(join(rig.left, name));
  const run = await rig.sync();
  assertHalted(run, /30 of 60 entries would be deleted on the right\./);
  assert.equal(readdirSync(rig.right).filter((name) => name.startsWith('file')).length, 60);
  ended(await rig.sync(['--approve']), 0);
  rig.assertSame();
  for (const name of names.slice(31)) rmSync(join(rig.left, name));
  assertHalted(await rig.sync(), /29 of 30 entries would be deleted/);
});

test('CF-05 a mass rename is no mass deletion', async (t) => {
  const rig = makeRig(t);
  const names = Array.from({ length: 60 }, (_, number) => `old/file-${number}.txt`);
  rig.write(rig.left, Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
  ended(await rig.sync(), 0);
  mkdirSync(join(rig.left, 'new'));
  for (const name of names) {
    renameSync(join(rig.left, name), join(rig.left, name.replace('old/file', 'new/renamed')));
  }
  ended(await rig.sync(), 0);
  rig.assertSame();
});

test('CF-07 what a person wrote into a file by hand survives what commands write into it', async (t) => {
  const { rig, file } = await kept(t);
  const text = `# a line of a person\n${readFileSync(file, 'utf8')}`;
  writeFileSync(file, text);
  ended(await rig.run(['disable', 'work']), 0);
  const after = readFileSync(file, 'utf8');
  assert.ok(after.startsWith('# a line of a person\n'), after);
  assert.match(after, /enabled: false/);
  writeFileSync(file, `${after}\nconflit: left\n`);
  const run = await rig.run(['enable', 'work', '--json']);
  assert.match(run.out, /"configuration-problem".+Did you mean conflict\?/, told(run));
  const last = readFileSync(file, 'utf8');
  assert.ok(last.startsWith('# a line of a person\n') && last.endsWith('conflit: left\n'), last);
});
