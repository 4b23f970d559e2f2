// The example does what it says: copies by a cookie and by a choice, skips in the middle, logs. And
// the same handler against today's interface brings the same files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { FileCopyHandler } from '../../examples/mobsync/file-copy.ts';
import { fileCopyHandler } from '../../examples/mobsync/file-copy-today.ts';
import type { FolderPair } from '../../examples/mobsync/folders.ts';
import { CLSID_FileCopy, handler } from '../../examples/mobsync/module.ts';
import { mobsyncHandler } from '../../src/mobsync/mobsync.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { plainTerms } from '../../src/model/terms.ts';
import type { Opening } from '../../src/ports/handler.ts';
import { World } from '../support/world.ts';
import { guid } from './items.ts';
import { oldWorld, outcomes } from './old-world.ts';

const program = join(import.meta.dirname, '..', '..', 'examples', 'mobsync', 'program.ts');

/** Two folders with files, and where they are to be copied to. */
function folders(t: TestContext): { top: string; pairs: FolderPair[] } {
  const top = mkdtempSync(join(tmpdir(), 'syncmgr-example-'));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const pairs = ['letters', 'photos'].map((name, index) => {
    const from = join(top, name);
    mkdirSync(join(from, 'sub'), { recursive: true });
    for (const file of ['a', 'b', 'sub/c']) writeFileSync(join(from, file), `${name} ${file}`);
    return { id: guid(index + 1), name, from, to: join(top, `${name} copy`) };
  });
  return { top, pairs };
}

const opening = (settings: JsonObject): Opening => ({
  partnership: { id: CLSID_FileCopy, name: 'File copy' },
  trigger: 'manual',
  interactive: true,
  settingsOnly: true,
  cookie: null,
  settings,
});

const copied = (to: string) =>
  existsSync(to)
    ? readdirSync(to, { recursive: true, encoding: 'utf8' })
        .filter((path) => path !== 'sub')
        .toSorted((one, other) => one.localeCompare(other))
        .map((path) => [path, readFileSync(join(to, path), 'utf8')])
    : [];

const whole = (name: string) =>
  ['a', 'b', join('sub', 'c')].map((file) => [file, `${name} ${file}`]);

function run(top: string, ...words: string[]): string {
  const environment = {
    ...process.env,
    XDG_STATE_HOME: join(top, 'state'),
    XDG_CONFIG_HOME: join(top, 'configuration'),
    XDG_RUNTIME_DIR: join(top, 'runtime'),
  };
  return execFileSync(process.execPath, [program, ...words], {
    env: environment,
    encoding: 'utf8',
  });
}

test('the example copies one pair by a cookie and then all by a choice', (t) => {
  const { top, pairs } = folders(t);
  const said = run(top, ...pairs.flatMap(({ from, to }) => [from, to]));
  assert.match(
    said,
    /Asking for letters alone\.\n(?: {4}letters: .*\n)*? {2}succeeded\n {4}letters: succeeded\n/,
  );
  assert.match(said, /File copy\n {4}\[x\] letters\n {4}\[x\] photos\n/);
  for (const { name, to } of pairs) assert.deepEqual(copied(to), whole(name));
});

test('the example skips an item in the middle of its work', (t) => {
  const { top, pairs } = folders(t);
  const said = run(top, '--skip', 'photos', ...pairs.flatMap(({ from, to }) => [from, to]));
  assert.match(said, / {4}photos: skipped\n/);
  assert.ok(copied(pairs[1]?.to ?? '').length < 3);
});

test('the module for the terminal has the class of the program and no other', async () => {
  await assert.rejects(handler.open(opening({ class: guid(7) })), {
    code: 'mobsync-class-missing',
  });
});

test('neither braces and capitals nor leaving out the only class there is make a difference', async (t) => {
  const { pairs } = folders(t);
  const same = mobsyncHandler({ [CLSID_FileCopy]: () => new FileCopyHandler(pairs) });
  for (const settings of [{ class: `{${CLSID_FileCopy.toUpperCase()}}` }, {}]) {
    const session = await same.open(opening(settings));
    assert.equal((await session?.describe())?.name, 'File copy');
    await session?.close();
  }
  const two = {
    [guid(1)]: () => new FileCopyHandler([]),
    [guid(2)]: () => new FileCopyHandler([]),
  };
  await assert.rejects(mobsyncHandler(two).open(opening({})), { code: 'mobsync-class-missing' });
});

test('the handler in the old style does its work inside the call and reports each item', async (t) => {
  const { pairs } = folders(t);
  const world = oldWorld(t);
  const clsid = await world.addFactory(1, () => new FileCopyHandler(pairs));
  const request = await world.manager.invoke({
    trigger: 'invoke',
    partnerships: [clsid],
    startNow: true,
  });
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.deepEqual(outcomes(session), { [guid(1)]: 'succeeded', [guid(2)]: 'succeeded' });
  assert.deepEqual(
    (await world.lines()).map(({ text, item }) => [text, item]),
    [
      ['letters: 3 files copied.', guid(1)],
      ['photos: 3 files copied.', guid(2)],
    ],
  );
});

test('the handler in the old style reports a folder that is gone as failed', async (t) => {
  const { pairs } = folders(t);
  rmSync(pairs[0]?.from ?? '', { recursive: true });
  const world = oldWorld(t);
  const clsid = await world.addFactory(1, () => new FileCopyHandler(pairs));
  const request = await world.manager.invoke({
    trigger: 'invoke',
    partnerships: [clsid],
    startNow: true,
  });
  const [session] = await world.ended(request);
  assert.ok(session);
  assert.deepEqual(outcomes(session), { [guid(1)]: 'failed', [guid(2)]: 'succeeded' });
  assert.equal((await world.lines())[0]?.level, 'error');
});

test('the same handler against today’s interface brings the same files', async (t) => {
  const { pairs } = folders(t);
  const world = new World();
  const handler = fileCopyHandler(pairs);
  world.registry.register(handler.name, async () => handler);
  await world.manager.put({
    id: 'copy',
    name: 'copy',
    handler: handler.name,
    settings: {},
    enabled: true,
    triggers: [],
    terms: plainTerms,
    resources: [],
    approve: 'guarded',
    createdAt: 0,
    adHoc: false,
  });
  const session = await world.runOne('copy');
  assert.deepEqual(outcomes(session), { [guid(1)]: 'succeeded', [guid(2)]: 'succeeded' });
  for (const { name, to } of pairs) assert.deepEqual(copied(to), whole(name));
  await world.manager.close();
});
