// Handlers that are programs of their own, as a person has them: named in config.yaml, run, failing,
// switched off and on again.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import { cliRig, objects, type Rig } from '../support/cli-rig.ts';
import { until } from '../support/daemon-rig.ts';

const vices = join(import.meta.dirname, '..', 'zoo', 'vices');

function configure(it: Rig, name: string, lines: string): void {
  it.write('config/syncmgr/config.yaml', `handlers:\n  ${name}:\n${lines}`);
  it.write(`config/syncmgr/items.d/mine.yaml`, `handler: ${name}\n`);
}

const command = (...words: readonly string[]) => `    command: ${JSON.stringify(words)}\n`;

test('a program named in config.yaml is listed, run, and heard in the log', async (t) => {
  const it = cliRig(t);
  configure(it, 'notes', command(process.execPath, join(vices, 'none.ts')));
  const items = await it.syncmgr('items');
  assert.match(items.out, /Item a/, items.out + items.err);
  const run = await it.syncmgr('run', 'mine');
  assert.equal(run.code, 0, run.out + run.err);
  const log = await it.syncmgr('log', 'mine');
  assert.match(log.out, /"settings":/);
});

test('HN-08 what a program says that it did is shown as its word, in the result, the log and its JSON', async (t) => {
  const it = cliRig(t);
  configure(it, 'notes', command(process.execPath, join(vices, 'hn-08-lies.ts')));
  const run = await it.syncmgr('run', 'mine');
  assert.match(run.out, /1,000 changes made.*reported by notes/s, run.out + run.err);
  it.write(
    'config/syncmgr/items.d/loud.yaml',
    'handler: command\nsettings:\n  synchronize: { command: [echo, hello] }\n',
  );
  assert.equal((await it.syncmgr('run', 'loud')).code, 0);
  assert.match((await it.syncmgr('log', 'loud')).out, /loud \(reported by command\) {2}hello/);
  const [line] = objects((await it.syncmgr('log', 'loud', '--json')).out);
  assert.equal(line?.reportedBy, 'command');
});

test('HN-18 a program is given the variables on its list, secrets by the pipe, and a folder of its own', async (t) => {
  const it = cliRig(t, { OTHER_PASSWORD: 'hunter2', MAIL_PASSWORD: 'swordfish', WANTED: 'yes' });
  configure(
    it,
    'notes',
    `${command(process.execPath, join(vices, 'hn-18-looks-around.ts'))}    environment: [WANTED, MODE=fast]\n    secrets: { password: "env:MAIL_PASSWORD" }\n`,
  );
  const run = await it.syncmgr('run', 'mine');
  assert.equal(run.code, 0, run.out + run.err);
  const { out } = await it.syncmgr('log', 'mine');
  assert.match(out, /"WANTED":"yes"/);
  assert.match(out, /"MODE":"fast"/);
  assert.doesNotMatch(out, /hunter2|swordfish|PASSWORD/);
});

test('HN-14 a program that crashes five times is off, which is shown, until it is enabled', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}\n`);
  configure(it, 'broken', command('sh', join(vices, 'hn-14-crashes.sh')));
  for (let turn = 0; turn < 5; turn++) {
    const { code, out } = await it.syncmgr('run', 'mine');
    assert.equal(code, 5, out);
    assert.match(out, /broken ended without having completed its work: it was ended by SIGSEGV/);
  }
  assert.match((await it.syncmgr('run', 'mine')).out, /syncmgr handler enable broken/);
  assert.match((await it.syncmgr('handlers')).out, /broken .*failed too often, off since/);
  const shown = objects((await it.syncmgr('handlers', '--json')).out);
  assert.equal(typeof shown.find(({ name }) => name === 'broken')?.disabledSince, 'string');
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt']);
  assert.equal((await it.syncmgr('handler', 'enable', 'broken')).code, 0);
  assert.match((await it.syncmgr('run', 'mine')).out, /ended by SIGSEGV/);
  assert.notEqual((await it.syncmgr('handler', 'enable', 'none')).code, 0);
});

test('MT-9 a tool that an item runs is ended by the next manager when its own was killed', async (t) => {
  const it = cliRig(t);
  it.write(
    'config/syncmgr/items.d/slow.yaml',
    `handler: command\nsettings:\n  synchronize: { command: [sh, -c, "echo $$ > ${it.folder}/pid; exec sleep 300"] }\n`,
  );
  const { child, ended } = it.start('run', 'slow');
  await until(() => existsSync(`${it.folder}/pid`) && it.read('pid') !== '');
  const pid = Number(it.read('pid'));
  await until(() => it.files('state').includes(`syncmgr/programs/running-${pid}.json`));
  child.kill('SIGKILL');
  await ended;
  assert.equal(isThere(pid), true);
  assert.equal((await it.syncmgr('items')).code, 0);
  await until(() => !isThere(pid));
});

test('CF-01 an entry of handlers: that is neither module nor command is an error with its line', async (t) => {
  const it = cliRig(t);
  const wrong: Readonly<Record<string, RegExp>> = {
    '    comand: [x]\n': /handlers\.notes/,
    '    command: x\n': /handlers\.notes/,
    '    command: [x]\n    environment: ["a b"]\n': /handlers\.notes/,
    '    command: [x]\n    timeouts: { stuck: soon }\n': /handlers\.notes/,
    '    command: [x]\n    secrets: { word: hunter2 }\n': /handlers\.notes/,
  };
  for (const [lines, place] of Object.entries(wrong)) {
    configure(it, 'notes', lines);
    const { code, out, err } = await it.syncmgr('config', 'check');
    assert.equal(code, 2, lines + out + err);
    assert.match(out + err, place, lines);
  }
});

test('HN-16 a module that blocks its thread is noticed after two seconds, with the place where it is, and runs apart the next time', async (t) => {
  const it = cliRig(t);
  it.write('left/a.txt', 'x');
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}\n`);
  it.write('config/syncmgr/items.d/mine.yaml', 'handler: slow\n');
  it.write(
    'config/syncmgr/config.yaml',
    `handlers:\n  slow:\n    module: ./slow.mjs\n    timeouts: { blocked: 3s }\n`,
  );
  it.write('config/syncmgr/slow.mjs', blocking);
  const { code, out, err } = await it.syncmgr('run', '--all');
  assert.equal(code, 0, out + err);
  assert.match(
    err,
    /Nothing has been answered for \d+\.\d s: .*holdsUpAll \(file:.*slow\.mjs:\d+\)/,
  );
  assert.match(it.read('state/syncmgr/blocked.log'), /holdsUpAll/);
  assert.deepEqual(it.files('right'), ['a.txt']);
  assert.match((await it.syncmgr('handlers')).out, /slow .*in a process of its own since/);
  const again = await it.syncmgr('run', 'mine');
  assert.equal(again.code, 0, again.out);
  assert.doesNotMatch(again.err, /Nothing has been answered/);
  assert.equal((await it.syncmgr('handler', 'enable', 'slow')).code, 0);
  assert.doesNotMatch((await it.syncmgr('handlers')).out, /of its own/);
});

/** Until somebody has noticed it, however busy the machine is. */
const blocking = `
import { existsSync } from 'node:fs';
const note = new URL('../../state/syncmgr/programs/apart-slow.json', import.meta.url);
function holdsUpAll() {
  const end = Date.now() + 120_000;
  while (!existsSync(note) && Date.now() < end) JSON.parse('[1]');
}
const session = {
  describe: async () => ({ name: 'Slow', hasProperties: false, alwaysListed: false }),
  items: async () => ({ complete: true, items: [{ id: 'a', name: 'A', checked: true }] }),
  attach: async () => {},
  prepare: async () => ({ ended: { outcome: 'ready', plan: null } }),
  synchronize: async () => {
    holdsUpAll();
    return { ended: { outcome: 'done', error: null, counts: {}, bytes: 0 } };
  },
  setItemStatus: () => {},
  close: async () => {},
};
export const handler = { name: 'slow', open: async () => session };
`;

/** Whether it still runs; whoever adopts orphans here may not take their ends. */
function isThere(pid: number): boolean {
  try {
    const [, state] = /^\d+ \(sleep\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return state !== undefined && state !== 'Z';
  } catch {
    return false;
  }
}
