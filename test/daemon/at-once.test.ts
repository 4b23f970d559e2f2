// Several at one manager at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpClient } from '../../src/api/http/http-client.ts';
import { daemonRig, until } from '../support/daemon-rig.ts';

test('CC-05 a stop and a skip that reach the manager together have one outcome, recorded once', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(6_000_000));
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.up();
  const client = httpClient({ socket: it.socket() });
  t.after(() => client.close());
  const asked = { trigger: 'invoke', partnerships: ['docs'], startNow: true } as const;
  const { id } = await client.invoke(asked);
  await until(async () => (await client.running()).some(({ phase }) => phase === 'synchronizing'));
  await Promise.all([client.stop('docs'), client.skip('docs'), client.stop(null)]);
  const [session, ...rest] = await client.whenEnded(id);
  assert.deepEqual(rest, []);
  const { result } = session ?? assert.fail();
  assert.ok(['stopped', 'partial'].includes(result?.ending ?? ''), result?.ending);
  assert.equal(result?.items.length, 1);
  assert.equal((await client.sessions({ partnership: 'docs' })).length, 1);
});
