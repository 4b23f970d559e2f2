// How fast a session may go, when the timetable changes while it runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daemonRig, until } from '../support/daemon-rig.ts';

const minuteMs = 60_000;

/** `HH:MM` in UTC, so many minutes from the one we are in. */
function minuteFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * minuteMs).toISOString().slice(11, 16);
}

test('a run that lasts longer than a window of its timetable goes on as fast as the next allows', async (t) => {
  const it = daemonRig(t);
  // Under the first limit it would take half an hour.
  it.write('left/a.bin', new Uint8Array(40_000_000));
  await it.syncmgr('add', 'docs', 'left', 'right');
  const isLate = new Date().getUTCSeconds() > 30;
  const slow = {
    from: minuteFromNow(-1),
    to: minuteFromNow(isLate ? 2 : 1),
    zone: 'UTC',
    rate: '20K',
  };
  const file = 'config/syncmgr/items.d/docs.yaml';
  it.write(file, `${it.read(file)}bandwidth-times: [${JSON.stringify(slow)}]\n`);
  await it.up();
  const run = it.syncmgr('run', 'docs', '--json');
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  const { code, out, err } = await run;
  assert.equal(code, 0, out + err);
  assert.deepEqual(it.files('right'), ['a.bin']);
});
