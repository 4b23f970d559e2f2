// A module that does not come back, in a manager that goes on by itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { objects } from '../support/cli-rig.ts';
import { daemonRig, until } from '../support/daemon-rig.ts';

/** Works for ever in its first session, and only where it would hold up everything. */
const blocking = `
import { appendFileSync } from 'node:fs';
function holdsUpAll() {
  for (;;) JSON.parse('[1]');
}
const session = {
  describe: async () => ({ name: 'Slow', hasProperties: false, alwaysListed: false }),
  items: async () => ({ complete: true, items: [{ id: 'a', name: 'A', checked: true }] }),
  attach: async () => {},
  prepare: async () => ({ ended: { outcome: 'ready', plan: null } }),
  synchronize: async () => {
    appendFileSync(new URL('./pids', import.meta.url), process.pid + '\\n');
    // What was asked for is recorded by then, and has been answered.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    holdsUpAll();
  },
  setItemStatus: () => {},
  close: async () => {},
};
export const handler = { name: 'slow', open: async () => session };
`;

function blockedRig(t: TestContext) {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}\n`);
  it.write('config/syncmgr/items.d/mine.yaml', 'handler: slow\n');
  it.write(
    'config/syncmgr/config.yaml',
    'handlers:\n  slow:\n    module: ./slow.mjs\n    timeouts: { blocked: 1s }\n',
  );
  it.write('config/syncmgr/slow.mjs', blocking);
  const read = (path: string) => {
    try {
      return readFileSync(join(it.folder, path), 'utf8');
    } catch {
      return '';
    }
  };
  const pids = () => read('config/syncmgr/pids').split('\n').filter(Boolean).map(Number);
  t.after(() => {
    // Nobody here has started the one that came after.
    const { process: pid = 0 } = JSON.parse(read('state/syncmgr/manager.json') || '{}');
    for (const one of [...pids(), pid]) end(one);
  });
  return { ...it, pids };
}

function end(pid: number): void {
  try {
    if (pid > 1) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

test('HN-16 a module that does not come back: the manager begins anew, runs it apart, and serves the others meanwhile', async (t) => {
  const it = blockedRig(t);
  const up = await it.up();
  await it.syncmgr('run', 'mine', '--no-wait');
  // The one that begins anew says so where the first did.
  await until(
    () => /slow held up everything and runs in a process of its own/.test(up.said()),
    up.said,
  );
  assert.match(
    up.said(),
    /slow held up everything.*syncmgr begins anew.*holdsUpAll \(file:.*slow\.mjs:\d+\)/,
  );
  // What was under way is taken up again, in a process that is not the manager's.
  await until(() => it.pids().length === 2, up.said);
  const about = objects((await it.syncmgr('status', '--json')).out);
  assert.ok(about.length > 0);
  const { out, code } = await it.syncmgr('run', 'docs');
  assert.equal(code, 0, out);
  assert.deepEqual(it.files('right'), ['a.txt']);
  const [shown] = objects((await it.syncmgr('handlers', '--json')).out).filter(
    ({ name }) => name === 'slow',
  );
  assert.equal(typeof shown?.apartSince, 'string');
  const [first, second] = it.pids();
  assert.notEqual(first, second);
  end(second ?? 0);
  assert.equal((await it.syncmgr('handler', 'enable', 'slow')).code, 0);
  assert.doesNotMatch((await it.syncmgr('handlers')).out, /of its own/);
  assert.equal((await it.syncmgr('down')).code, 0, up.said());
});
