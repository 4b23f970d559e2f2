// What crosses the wire before the first view can be used, by a browser that has nothing of it yet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageRig } from '../support/page-rig.ts';

const bytesMax = 300_000;

test('the first load, until its first view can be used, is under 300 KB compressed', async (t) => {
  const it = pageRig(t);
  it.write('left/a.txt', 'a');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.up();
  const signedIn = await it.open('/');
  const page = await signedIn.context().newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const addresses = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    addresses.set(requestId, new URL(request.url).pathname);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.set(addresses.get(requestId) ?? requestId, encodedDataLength);
  });
  await page.goto(`http://127.0.0.1:${it.port()}/`, { waitUntil: 'load' });
  await page.getByRole('button', { name: 'Run', exact: true }).click({ trial: true });
  await page.getByText('Never run').waitFor();
  const all = [...bytes].sort(([, one], [, other]) => other - one);
  const sum = all.reduce((so, [, size]) => so + size, 0);
  const list = all.map(([address, size]) => `${size} ${address}`).join('\n');
  t.diagnostic(`${sum} bytes in ${all.length} answers`);
  assert.ok(
    all.some(([address, size]) => /index-.*\.js$/.test(address) && size > 10_000),
    list,
  );
  assert.ok(sum < bytesMax, `${sum} bytes:\n${list}`);
});
