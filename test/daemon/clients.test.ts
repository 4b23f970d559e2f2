// The client in this process, over the socket and over the loopback address: one suite for the three.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { connect } from '../../src/client.ts';
import { openClient } from '../../src/compose.ts';
import { clientSuite } from '../conformance/client.ts';
import { daemonRig } from '../support/daemon-rig.ts';

clientSuite('the manager in this process', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-client-'));
  for (const name of ['left', 'right']) mkdirSync(join(folder, name));
  const before = { ...process.env };
  process.env.XDG_CONFIG_HOME = join(folder, 'config');
  process.env.XDG_STATE_HOME = join(folder, 'state');
  process.env.XDG_RUNTIME_DIR = join(folder, 'run');
  const client = await openClient();
  process.env = before;
  t.after(async () => {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { client, left: join(folder, 'left'), right: join(folder, 'right') };
});

async function overHttp(t: TestContext, way: 'socket' | 'loopback') {
  const it = daemonRig(t);
  await it.up();
  const loopback = { host: '127.0.0.1', port: it.port(), token: it.token() };
  const client = connect(way === 'socket' ? { socket: it.socket() } : loopback);
  t.after(() => client.close());
  return { client, left: it.left, right: it.right };
}

clientSuite('the manager behind its socket', (t) => overHttp(t, 'socket'));
clientSuite('the manager behind its address', (t) => overHttp(t, 'loopback'));
