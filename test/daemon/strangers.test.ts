// What whoever has no token may cost, and that nobody else pays for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daemonRig, until } from '../support/daemon-rig.ts';
import { rawAsk } from '../support/raw-http.ts';

test('HT-03 whoever has no token is answered so often a second, and whoever has one always', async (t) => {
  const it = daemonRig(t);
  await it.up();
  const about = `http://127.0.0.1:${it.port()}/v1/about`;
  const plain = ['GET /healthz HTTP/1.1', `Host: 127.0.0.1:${it.port()}`];
  const strangers = () => Promise.all(Array.from({ length: 100 }, () => rawAsk(it.port(), plain)));
  const owners = Array.from({ length: 100 }, () =>
    rawAsk(it.socket(), ['GET /healthz HTTP/1.1', 'Host: localhost']),
  );
  const holders = Array.from({ length: 100 }, () =>
    fetch(about, { headers: { authorization: `Bearer ${it.token()}` } }),
  );
  let answers = await strangers();
  // On a machine that is busy enough they do not come within one second.
  await until(async () => {
    if (answers.some(({ status }) => status === 429)) return true;
    answers = await strangers();
    return false;
  });
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200, 429]));
  const refused = answers.find(({ status }) => status === 429);
  assert.match(refused?.head ?? '', /^retry-after: 1\r?$/im);
  assert.match(refused?.body ?? '', /"code":"too-many-requests"/);
  assert.deepEqual(
    new Set((await Promise.all(owners)).map(({ status }) => status)),
    new Set([200]),
  );
  assert.deepEqual(
    new Set((await Promise.all(holders)).map(({ status }) => status)),
    new Set([200]),
  );
  await until(async () => (await rawAsk(it.port(), plain)).status === 200);
});
