// Each view's main task, from the first look to what is on disk.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../support/daemon-rig.ts';
import { furnish } from '../support/furnished-store.ts';
import { pageRig } from '../support/page-rig.ts';

const module = join(import.meta.dirname, '..', 'fixtures', 'many-handler.ts');

test('a plan that a guard stopped is looked at, approved in two steps, and carried out', async (t) => {
  const it = pageRig(t);
  for (let at = 0; at < 60; at += 1) it.write(`left/f${at}`, `${at}`);
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  for (let at = 0; at < 50; at += 1) it.remove(`left/f${at}`);
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: 'a plan waits for approval' }).click();
  await page.getByText('50 of 60 entries would be deleted on the right.').waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByText('kept in the trash of its side first').waitFor();
  assert.equal(it.isThere('right/f0'), true);
  await page.getByRole('button', { name: 'Yes, delete 50' }).click();
  await until(() => !it.isThere('right/f0'));
  assert.equal(it.isThere('right/f55'), true);
});

test('the confirmation of a plan promises no trash where its handler is known for none', async (t) => {
  const it = pageRig(t);
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  const amounts = { partnerships: 1, itemsEach: 1, lines: 1, changes: 5 };
  const hash = await furnish(it.folder, amounts);
  await it.up();
  const page = await it.open(`/plans/${hash}`);
  await page.getByRole('button', { name: 'Approve' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete 1?' });
  await dialog.getByText('whether it can be had back is up to many').waitFor();
  assert.equal(await dialog.getByText('trash').count(), 0);
});

test('instead of deleting, both sides are united: Begin anew brings back what was gone', async (t) => {
  const it = pageRig(t);
  for (let at = 0; at < 60; at += 1) it.write(`left/f${at}`, `${at}`);
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  for (let at = 0; at < 50; at += 1) it.remove(`left/f${at}`);
  await it.syncmgr('run', 'documents');
  await it.up();
  const page = await it.open('/history');
  await page.getByRole('link', { name: 'Look at the plan' }).first().click();
  await page.getByRole('button', { name: 'Show only these' }).click();
  await page.getByText('50 fit').waitFor();
  await page.getByRole('button', { name: 'Begin anew' }).click();
  await until(() => it.isThere('left/f0') && it.isThere('left/f49'));
  assert.equal(it.isThere('right/f0'), true);
  const run = await it.syncmgr('run', 'documents');
  assert.equal(run.code, 0, run.out);
});

test('a plan is rejected, and nothing was changed', async (t) => {
  const it = pageRig(t);
  it.write('left/a.txt', 'a');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'More for documents' }).click();
  await page.getByRole('menuitem', { name: 'Make a plan only' }).click();
  await page.getByRole('link', { name: /Plans/ }).click();
  await page.getByRole('link', { name: 'documents' }).click();
  await page.getByText('a.txt').waitFor();
  await page.getByRole('button', { name: 'Reject' }).click();
  await page.getByText('No plan waits').waitFor();
  assert.equal(it.isThere('right/a.txt'), false);
});

test('what is being copied shows how far it is, and Stop ends it', async (t) => {
  const it = pageRig(t);
  it.write('left/big.bin', new Uint8Array(20_000_000));
  await it.syncmgr('add', 'slow', 'left', 'right', '--bwlimit', '500K');
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: /Progress/ }).click();
  const card = page.getByRole('region', { name: 'Progress of slow' });
  await card.getByText(/of 19\.1 MiB/).waitFor();
  await card.getByText(/KiB\/s/).waitFor();
  await card.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText('Nothing runs now').waitFor();
  assert.equal(it.isThere('right/big.bin'), false);
});

test('one item in flight is skipped, and the rest goes on', async (t) => {
  const it = pageRig(t);
  it.write('left/big.bin', new Uint8Array(20_000_000));
  await it.syncmgr('add', 'slow', 'left', 'right', '--bwlimit', '500K');
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: /Progress/ }).click();
  await page.getByRole('button', { name: 'Skip slow' }).click();
  await page.getByText('Nothing runs now').waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page
    .getByText(/With problems|Stopped/)
    .first()
    .waitFor();
  assert.equal(it.isThere('right/big.bin'), false);
});

test('a manager that is started anew in mid-run is found again, and the page shows what is true', async (t) => {
  const it = pageRig(t);
  it.write('left/big.bin', new Uint8Array(20_000_000));
  await it.syncmgr('add', 'slow', 'left', 'right', '--bwlimit', '500K');
  const first = await it.up();
  const port = String(it.port());
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Synchronizes').waitFor();
  first.child.kill('SIGKILL');
  await first.ended;
  await page.getByText('Connection lost').waitFor();
  await it.up('--port', port);
  // The same page, still signed in, and without being loaded again.
  await page.getByText('Connection lost').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByText('Interrupted', { exact: true }).first().waitFor();
});
