// The stream of events over true sockets: readers that never read, connections that break, managers
// that come and go, and a past that was forgotten.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { createGunzip } from 'node:zlib';
import type { Notice } from '../../src/api/shapes.ts';
import { connect } from '../../src/client.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { type DaemonRig, daemonRig, until } from '../support/daemon-rig.ts';
import { openSocket, rawAsk } from '../support/raw-http.ts';

/** Everything that a viewer has been told so far. */
function viewer(it: DaemonRig, since: number | null, token = it.token()) {
  const socket = openSocket(it.port());
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (piece) => {
    text += String(piece);
  });
  const query = since === null ? '' : `?since=${since}`;
  socket.write(
    `GET /v1/events${query} HTTP/1.1\r\nHost: 127.0.0.1:${it.port()}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  return {
    text: () => text,
    notices: () =>
      [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as Notice),
    end: () => socket.destroy(),
  };
}

const sequencesOf = (notices: readonly Notice[]) =>
  notices.flatMap((notice) => (notice.type === 'event' ? [notice.event.sequence] : []));
const typesOf = (notices: readonly Notice[]) =>
  notices.map((notice) => (notice.type === 'event' ? notice.event.type : notice.type));

async function withDocs(it: DaemonRig): Promise<void> {
  it.write('left/a.txt', 'x');
  await it.syncmgr('add', 'docs', 'left', 'right');
}

const residentKb = (pid: number) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

test('HT-04 a hundred viewers that never read are closed with a reason, in bounded memory, while work goes on', async (t) => {
  const it = daemonRig(t);
  await withDocs(it);
  const { pid, said } = await it.up();
  const deaf = Array.from({ length: 100 }, () => openSocket(it.socket()));
  let closed = 0;
  for (const socket of deaf) {
    t.after(() => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', () => {
      closed += 1;
    });
    socket.write('GET /v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  }
  const reading = viewer(it, null);
  await until(() => reading.text() !== '');
  const before = residentKb(pid);
  // A refused change of a long name is an event of some kilobytes.
  const loud = ['PATCH /v1/partnerships/', 'x'.repeat(7000), ' HTTP/1.1'].join('');
  const body = '{"enabled":true}';
  const head = [loud, 'Host: localhost', 'Content-Type: application/json', 'Content-Length: 16'];
  const made = 600;
  for (let done = 0; done < made; done += 20) {
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => rawAsk(it.socket(), head, body)),
    );
    assert.deepEqual(new Set(asked.map(({ status }) => status)), new Set([404]));
  }
  await until(
    () =>
      (said().match(/stream of events to socket was closed: it did not read/g) ?? []).length >= 100,
    said,
  );
  const grownMb = (residentKb(pid) - before) / 1024;
  assert.ok(grownMb < 160, `it grew by ${grownMb} MiB`);
  await until(() => sequencesOf(reading.notices()).length >= made);
  reading.end();
  // They find it out when they read at last.
  for (const socket of deaf) socket.resume();
  await until(() => closed === 100);
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.deepEqual(it.files('right'), ['a.txt']);
});

test('a viewer is told of a gap where the middle of the past was forgotten', async (t) => {
  const it = daemonRig(t);
  await withDocs(it);
  await it.up();
  await it.syncmgr('run', 'docs');
  it.write('left/b.txt', 'y');
  await it.syncmgr('run', 'docs');
  await it.syncmgr('down');
  const { store } = openSqliteStore({ folder: join(it.folder, 'state/syncmgr'), clock: trueClock });
  const whole = await store.events.list(0, 10_000);
  await store.prune({ before: 0, sessionsPerPartnership: 1 });
  const kept = (await store.events.list(0, 10_000)).map(({ sequence }) => sequence);
  await store.close();
  const first = whole.find(({ type }) => type === 'manager.started')?.sequence ?? 0;
  const [lost] = whole.filter(({ sequence }) => !kept.includes(sequence));
  assert.ok(lost !== undefined && lost.sequence > first, 'something in the middle was forgotten');
  await it.up();
  const { notices, end } = viewer(it, first);
  await until(() => typesOf(notices()).lastIndexOf('manager.started') > 2);
  end();
  const told = notices();
  const at = told.findIndex(({ type }) => type === 'gap');
  const gap = told[at];
  assert.ok(gap?.type === 'gap', typesOf(told).join());
  assert.equal(gap.after, lost.sequence - 1);
  assert.equal(sequencesOf(told.slice(0, at)).at(-1) ?? first, gap.after);
  assert.ok(sequencesOf(told.slice(at)).includes(gap.before));
  const seen = sequencesOf(told);
  const expected = kept.filter((sequence) => sequence > first);
  assert.deepEqual(seen.slice(0, expected.length), expected);
});

test('a viewer of a store that is none any more is told so, and sees what happens from then on', async (t) => {
  const it = daemonRig(t);
  await withDocs(it);
  await it.up();
  const { notices, end } = viewer(it, 999_999);
  await until(() => notices().length > 0);
  assert.deepEqual(notices()[0], { type: 'gap', after: 999_999, before: 1 });
  await it.syncmgr('run', 'docs');
  await until(() => typesOf(notices()).includes('request.ended'));
  end();
});

test('a stream that is packed says the same as one that is not, each part as soon as it happens', async (t) => {
  const it = daemonRig(t);
  await withDocs(it);
  await it.up();
  const plain = viewer(it, 0);
  const headers = { authorization: `Bearer ${it.token()}`, 'accept-encoding': 'gzip' };
  let text = '';
  const asked = get(`http://127.0.0.1:${it.port()}/v1/events?since=0`, { headers }, (answer) => {
    assert.equal(answer.headers['content-encoding'], 'gzip');
    const unpacking = answer.on('error', () => {}).pipe(createGunzip());
    unpacking.on('data', (piece) => {
      text += String(piece);
    });
  });
  asked.on('error', () => {});
  await it.syncmgr('run', 'docs');
  await until(() => typesOf(plain.notices()).includes('request.ended'));
  await until(() => /^data: .*"request\.ended".*$/m.test(text));
  const told = (all: string) =>
    all.slice(0, all.indexOf('"request.ended"')).match(/^data: .*"type":"event".*$/gm);
  assert.deepEqual(told(text), told(plain.text()));
  asked.destroy();
  plain.end();
});

test('a cookie comes back with the end of its request, to whoever gave it and to nobody else', async (t) => {
  const it = daemonRig(t);
  await withDocs(it);
  const other = 'o'.repeat(40);
  it.write('other.token', other);
  const { chmodSync } = await import('node:fs');
  chmodSync(join(it.folder, 'other.token'), 0o600);
  const secret = `file:${join(it.folder, 'other.token')}`;
  it.write(
    'config/syncmgr/config.yaml',
    `api:\n  tokens:\n    - { name: other, scopes: [run], secret: "${secret}" }\n`,
  );
  await it.up();
  const [mine, theirs] = [viewer(it, 0), viewer(it, 0, other)];
  const cookie = Buffer.from([0, 1, 2, 253, 254, 255]).toString('base64');
  const answer = await fetch(`http://127.0.0.1:${it.port()}/v1/requests`, {
    method: 'POST',
    headers: { authorization: `Bearer ${it.token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ trigger: 'invoke', partnerships: ['docs'], startNow: true, cookie }),
  });
  assert.equal(answer.status, 202);
  const { id } = (await answer.json()) as { id: string };
  await until(() => typesOf(mine.notices()).includes('completed'), mine.text);
  const completed = mine.notices().find(({ type }) => type === 'completed');
  assert.deepEqual(completed, { type: 'completed', request: id, cookie });
  const types = typesOf(mine.notices());
  assert.ok(types.indexOf('completed') > types.indexOf('session.ended'), types.join());
  await until(() => typesOf(theirs.notices()).includes('request.ended'));
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  await until(() => typesOf(theirs.notices()).filter((one) => one === 'request.ended').length > 1);
  assert.ok(!typesOf(theirs.notices()).includes('completed'));
  assert.ok(!theirs.text().includes(cookie));
  mine.end();
  theirs.end();
});

for (const way of ['ended in order', 'killed'] as const) {
  test(`the typed client goes on over a manager that is ${way} and comes back, and neither loses nor repeats an event`, async (t) => {
    const it = daemonRig(t);
    await withDocs(it);
    const first = await it.up();
    const client = connect({ socket: it.socket() });
    const over = new AbortController();
    const told: Notice[] = [];
    // Else a test that fails would never end.
    t.after(async () => {
      over.abort();
      await client.close();
    });
    const follow = (async () => {
      for await (const notice of client.watch(null, over.signal)) told.push(notice);
    })();
    const { partnerships } = { partnerships: ['docs'] };
    const ask = async () => {
      const { id } = await client.invoke({ trigger: 'invoke', partnerships, startNow: true });
      await client.whenEnded(id);
    };
    for (let round = 0; round < 3; round += 1) await ask();
    first.child.kill(way === 'killed' ? 'SIGKILL' : 'SIGTERM');
    await first.ended;
    // Somebody works on the store while there is no manager.
    it.write('left/b.txt', 'y');
    assert.equal((await it.syncmgr('run', 'docs')).code, 0);
    const before = told.length;
    await it.up();
    for (let round = 0; round < 3; round += 1) await ask();
    // It asks again in growing intervals, and cannot be told anything by a manager that is gone by then.
    await until(() => typesOf(told.slice(before)).includes('manager.started'));
    await it.syncmgr('down');
    await until(
      () =>
        typesOf(told).filter((type) => type === 'manager.stopped').length >=
        (way === 'killed' ? 1 : 2),
    );
    over.abort();
    await follow;
    const { store } = openSqliteStore({
      folder: join(it.folder, 'state/syncmgr'),
      clock: trueClock,
    });
    const all = (await store.events.list(0, 10_000)).map(({ sequence }) => sequence);
    await store.close();
    const seen = sequencesOf(told);
    assert.ok(seen.length > 30, `${seen.length}`);
    assert.deepEqual(seen, all.slice(all.indexOf(seen[0] ?? 0)));
    assert.ok(!typesOf(told).includes('gap'));
  });
}
