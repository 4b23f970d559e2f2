import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Driver } from '../../test/simulation/engine/driver.ts';
import { View } from '../../test/support/virtual/view.ts';
import { lookup, openBaseline } from './core/baseline.ts';

const began = Date.UTC(2026, 0, 1);

function viewsOf(driver: Driver) {
  const view = (side: 'left' | 'right') =>
    new View(
      driver.volume(side),
      () => driver.clock.now(),
      () => undefined,
    );
  return { left: view('left'), right: view('right') };
}

test('FS-14 a folder that somebody exchanges for a link in the moment it is placed is not agreed on', async () => {
  const driver = new Driver(null, began);
  const views = viewsOf(driver);
  views.left.put('f', 'folder', '', 0o755);
  views.left.put('f/x', 'file', 't1', 0o644);
  driver.machine.after = ({ what, path }) => {
    if (what !== 'rename' || path !== '/right/f') return;
    views.right.move('f', 'elsewhere');
    views.right.put('f', 'link', '/outside', 0o777);
  };
  await driver.run();
  const file = driver.machine.find('/state/syncmgr/baselines/pair.base');
  const baseline = openBaseline(Uint8Array.from(file?.node.bytes ?? []));
  assert.equal(lookup(baseline, 'f'), null);
  driver.machine.after = () => undefined;
  for (let run = 0; run < 3; run += 1) {
    driver.clock.advance(60_000);
    const { planned, open } = await driver.run();
    if (run > 0) assert.deepEqual([planned, [...open]], [0, ['f']]);
  }
  assert.equal(views.right.get('f')?.kind, 'link');
  assert.equal(views.left.get('elsewhere/x')?.token, 't1');
});

test('I2 FS-08 a new folder never comes into sight with a file in it that is not whole', async () => {
  const driver = new Driver(null, began);
  const views = viewsOf(driver);
  views.left.put('f', 'folder', '', 0o755);
  views.left.put('f/x', 'file', 't1', 0o644);
  views.left.put('f/y', 'file', 't2', 0o644);
  const { before } = driver.machine;
  // Neither can it be completed, nor can what there is of it be removed.
  driver.machine.before = (call) => {
    const isFile = call.path.endsWith('/x') && call.path.startsWith('/right');
    return isFile && ['setTimes', 'unlink'].includes(call.what) ? 'EIO' : before(call);
  };
  await driver.run();
  assert.equal(views.right.get('f'), null);
  driver.machine.before = before;
  driver.clock.advance(60_000);
  await driver.run();
  assert.deepEqual(
    ['f/x', 'f/y'].map((path) => views.right.get(path)?.token),
    ['t1', 't2'],
  );
});
