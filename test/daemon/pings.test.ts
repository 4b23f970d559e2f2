// Signs of life of single runs, as a service on the web gets them.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { type DaemonRig, daemonRig, until } from '../support/daemon-rig.ts';
import { WebSink } from '../support/web-sink.ts';

async function withCheck(t: TestContext): Promise<{ it: DaemonRig; sink: WebSink }> {
  const sink = await WebSink.start();
  t.after(() => sink.stop());
  const it = daemonRig(t, { CHECK: `${sink.url}/ping/1234` });
  it.write('left/a.txt', 'x');
  await it.syncmgr('add', 'docs', 'left', 'right');
  const file = 'config/syncmgr/items.d/docs.yaml';
  it.write(file, `${it.read(file)}ping: env:CHECK\n`);
  return { it, sink };
}

test('a service that waits hears the start of each run, its success and its failure', async (t) => {
  const { it, sink } = await withCheck(t);
  await it.up();
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  await until(() => sink.asked.length >= 2);
  assert.deepEqual(sink.asked, ['GET /ping/1234/start', 'GET /ping/1234']);
  assert.equal((await it.syncmgr('run', 'docs', '-n')).code, 0);
  rmSync(it.right, { recursive: true });
  assert.notEqual((await it.syncmgr('run', 'docs')).code, 0);
  await until(() => sink.asked.length >= 4);
  assert.deepEqual(sink.asked.slice(2), ['GET /ping/1234/start', 'GET /ping/1234/fail']);
});

test('a run without a manager that goes on sends its signs before it ends', async (t) => {
  const { it, sink } = await withCheck(t);
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual(sink.asked, ['GET /ping/1234/start', 'GET /ping/1234']);
  sink.given.isSilent = true;
  it.write('left/b.txt', 'y');
  // Whoever hangs there holds up nothing but the end of the program, for a moment.
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt', 'b.txt']);
});
