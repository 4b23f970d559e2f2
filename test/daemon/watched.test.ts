// A pair that a manager watches, with the true watch and true folders: what a run spares itself must
// never be a change that was made before it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../src/api/client.ts';
import { connect } from '../../src/client.ts';
import { daemonRig, until } from '../support/daemon-rig.ts';
import { Chance } from '../support/random.ts';
import { harvest } from '../support/tree.ts';

async function watchedPair(t: TestContext, settle: string) {
  const it = daemonRig(t);
  it.write(
    'config/syncmgr/items.d/pair.yaml',
    [
      `left: ${it.left}`,
      `right: ${it.right}`,
      'max-delete: 1000000',
      `triggers: {change: {settle: ${settle}, scan: 1d}}`,
      '',
    ].join('\n'),
  );
  await it.up();
  const client = connect({ socket: it.socket() });
  t.after(() => client.close());
  return { ...it, client };
}

async function run(client: Client): Promise<string | undefined> {
  const { id } = await client.invoke({
    trigger: 'manual',
    partnerships: ['pair'],
    startNow: true,
    waits: true,
  });
  const [session] = await client.whenEnded(id);
  return session?.phase;
}

test('FS-24 what was changed before a run of a watched pair is synchronized by that run', async (t) => {
  // Nothing starts by itself for as long as the test takes.
  const { client, left, right } = await watchedPair(t, '1d');
  const chance = new Chance(20_261_126);
  for (let at = 0; at < 40; at += 1) {
    mkdirSync(join(left, `d${at}`, 'deep'), { recursive: true });
    writeFileSync(join(left, `d${at}`, 'deep', 'file'), `${at}`);
  }
  for (let first = 0; first < 3; first += 1) assert.equal(await run(client), 'succeeded');
  const root = () => (chance.often(0.5) ? left : right);
  for (let turn = 0; turn < 60; turn += 1) {
    const folder = `d${chance.below(40)}`;
    const at = join(root(), folder);
    mkdirSync(at, { recursive: true });
    const acts = [
      () => appendFileSync(join(at, 'grows'), '+'),
      () => writeFileSync(join(at, `new-${turn}`), `${turn}`),
      () => {
        mkdirSync(join(at, `sub-${turn}`, 'below'), { recursive: true });
        writeFileSync(join(at, `sub-${turn}`, 'below', 'file'), `${turn}`);
      },
      () => renameSync(at, `${at}-moved-${turn}`),
      () => rmSync(at, { recursive: true }),
    ];
    chance.pick(acts)();
    assert.equal(await run(client), 'succeeded');
    assert.deepEqual(harvest(left), harvest(right), `turn ${turn}`);
  }
});

test('FS-24 of thousands of files in new folders that fill at once while it runs, all arrive', async (t) => {
  const it = await watchedPair(t, '100ms');
  const { client, left, right } = it;
  await run(client);
  // Other processes write, as fast as they can.
  const script = `
    const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
    const [root, name] = process.argv.slice(1);
    for (let top = 0; top < 12; top++) {
      for (let sub = 0; sub < 25; sub++) {
        const at = root + '/' + name + top + '/s' + sub + '/deep';
        mkdirSync(at, { recursive: true });
        for (let file = 0; file < 8; file++) writeFileSync(at + '/f' + file, '' + file);
      }
      renameSync(root + '/' + name + top, root + '/moved-' + name + top);
    }`;
  const write = (root: string, name: string) => spawn(process.execPath, ['-e', script, root, name]);
  const writers = [write(left, 'l'), write(right, 'r')];
  await Promise.all(writers.map((one) => new Promise((resolve) => one.once('exit', resolve))));
  const files = (path: string) => it.files(path).length;
  await until(
    async () => {
      await pause(500);
      return files('left') === 4_800 && files('right') === 4_800;
    },
    () => `${files('left')} ${files('right')}`,
  );
  assert.deepEqual(harvest(left), harvest(right));
});
