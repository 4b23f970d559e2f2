// What runs, what holds it back, and what came of it: each verb from the click to what the manager then says.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../support/daemon-rig.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const module = join(import.meta.dirname, '..', 'fixtures', 'many-handler.ts');

function furnish(it: PageRig, name: string, settings: object): void {
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  const text = `handler: many\nsettings: ${JSON.stringify(settings)}\n`;
  it.write(`config/syncmgr/items.d/${name}.yaml`, text);
}

test('a line with a jump is opened, its handler asks for another run, and that goes well', async (t) => {
  const it = pageRig(t);
  furnish(it, 'mail', { items: 2, fails: true });
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText('Failed').first().waitFor();
  await page.getByRole('link', { name: 'Results' }).click();
  await page.getByText('The far end wants to be looked at.').first().waitFor();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByText('It runs again').waitFor();
  await page.getByRole('link', { name: 'Items' }).click();
  await page.getByText('In step').first().waitFor();
});

test('what is started while something else is at work says that it waits, and runs then', async (t) => {
  const it = pageRig(t);
  furnish(it, 'busy', { seconds: 120 });
  furnish(it, 'mail', {});
  await it.up();
  const page = await it.open('/');
  const runOf = (name: string) =>
    page
      .getByRole('button', { name: `More for ${name}` })
      .locator('..')
      .getByRole('button', { name: 'Run', exact: true });
  await runOf('busy').click();
  const stop = page.getByRole('button', { name: 'Stop busy' });
  await stop.waitFor();
  assert.equal(await page.getByText('waits for its turn').count(), 0);
  await runOf('mail').click();
  await page.getByText('waits for its turn').waitFor();
  await stop.click();
  await page.getByText('In step').first().waitFor();
  await page.getByText('waits for its turn').waitFor({ state: 'detached' });
});

test('what is paused says until when, why says what holds it, and it runs anyway', async (t) => {
  const it = pageRig(t);
  furnish(it, 'mail', { items: 2 });
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'More for mail' }).click();
  await page.getByRole('menuitem', { name: 'For one hour' }).click();
  await page.getByText('Paused', { exact: true }).first().waitFor();
  // The menu of the row offers the same, and takes a moment to close.
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Pause all' }).click();
  await page.getByRole('menuitem', { name: 'Until I resume it' }).click();
  await page.getByText('Everything is paused').waitFor();
  await page.getByRole('button', { name: 'More for mail' }).click();
  await page.getByRole('menuitem', { name: 'Why not now?' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('all-paused').waitFor();
  await dialog.getByText('paused', { exact: true }).waitFor();
  await dialog.getByText(/Ends by itself in/).waitFor();
  await dialog.getByRole('button', { name: 'Run it anyway' }).click();
  await until(async () => (await it.syncmgr('history', '--json')).out.includes('succeeded'));
  await page.getByRole('button', { name: 'Resume all' }).click();
  await page.getByText('Everything is paused').waitFor({ state: 'detached' });
});

test('a run is held, stands still, goes on, and ends', async (t) => {
  const it = pageRig(t);
  it.write('left/big.bin', new Uint8Array(3_000_000));
  await it.syncmgr('add', 'slow', 'left', 'right', '--bwlimit', '300K');
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: /Progress/ }).click();
  const card = page.getByRole('region', { name: 'Progress of slow' });
  await card.getByText(/of 2\.9 MiB/).waitFor();
  await card.getByRole('button', { name: 'Pause slow' }).click();
  await card.getByText('Paused', { exact: true }).waitFor();
  // The piece that was under way when it was held is finished first.
  await page.waitForTimeout(2_500);
  const far = await card.getByText(/of 2\.9 MiB/).textContent();
  await page.waitForTimeout(2_500);
  assert.equal(await card.getByText(/of 2\.9 MiB/).textContent(), far);
  await card.getByRole('button', { name: 'Go on with slow' }).click();
  await page.getByText('Nothing runs now').waitFor();
  assert.equal(it.isThere('right/big.bin'), true);
});

test('two runs are marked, and stand beside each other with their difference', async (t) => {
  const it = pageRig(t);
  it.write('left/a.txt', 'a');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  for (const name of ['b', 'c', 'd']) it.write(`left/${name}.txt`, name);
  await it.syncmgr('run', 'documents');
  await it.up();
  const page = await it.open('/history');
  for (const at of [0, 1]) {
    await page.getByRole('checkbox', { name: 'Compare the run of documents' }).nth(at).check();
  }
  const pair = page.getByRole('region', { name: 'Two runs compared' });
  const created = pair.getByRole('row', { name: /new, right/ });
  assert.match((await created.textContent()) ?? '', /new, right13\+2/);
});

test('ticked items are run, and those of them alone', async (t) => {
  const it = pageRig(t);
  furnish(it, 'mail', { items: 3, names: ['inbox', 'drafts', 'sent'] });
  await it.up();
  const page = await it.open('/');
  await page.getByRole('checkbox', { name: 'Tick drafts' }).check();
  await page.getByRole('button', { name: 'Synchronize 1' }).click();
  await page.getByText('In step').first().waitFor();
  const { out } = await it.syncmgr('items', '--json');
  const ran = out
    .split('\n')
    .filter((line) => line.includes('"succeeded"'))
    .map((line) => /"name":"(inbox|drafts|sent)"/.exec(line)?.[1]);
  assert.deepEqual(ran, ['drafts']);
});
