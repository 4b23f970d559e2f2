// Adding on the page: two folders with a look at the plan before anything happens, and programs as far as a
// page may go.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../support/daemon-rig.ts';
import { pageRig } from '../support/page-rig.ts';

test('two folders are looked for, added, planned before they run, and made the same', async (t) => {
  const it = pageRig(t);
  const hostile = '<img src=x onerror=document.title=1>';
  mkdirSync(join(it.folder, 'home', hostile, 'deep'), { recursive: true });
  it.write('left/letters/first.txt', 'dear');
  await it.up();
  const page = await it.open('/');
  await page.getByRole('link', { name: 'Add the first two folders' }).click();
  await page.getByRole('textbox', { name: 'Left folder', exact: true }).fill(it.left);
  await page.getByRole('button', { name: 'Browse for the right folder' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(hostile).waitFor();
  await dialog.getByRole('button', { name: `Open ${hostile}` }).press('Enter');
  await dialog.getByRole('button', { name: 'Open deep' }).click();
  await dialog.getByRole('button', { name: 'Up' }).click();
  await dialog.getByRole('button', { name: 'Open deep' }).waitFor();
  await dialog.getByRole('button', { name: 'Choose this folder' }).click();
  const chosen = join(it.folder, 'home', hostile);
  assert.equal(
    await page.getByRole('textbox', { name: 'Right folder', exact: true }).inputValue(),
    chosen,
  );
  await page.getByRole('button', { name: 'Add and look at the plan' }).click();
  await page.getByText('The first run creates').waitFor();
  assert.equal(it.isThere(join('home', hostile, 'letters')), false);
  await page.getByRole('button', { name: 'Carry it out' }).click();
  await until(() => it.isThere(join('home', hostile, 'letters/first.txt')));
  await page.getByRole('link', { name: 'Items' }).click();
  await page.getByText('In step').waitFor();
  assert.equal(await page.title(), 'syncmgr');
});

test('a folder that is no path is refused with a sentence, and nothing is kept', async (t) => {
  const it = pageRig(t);
  await it.up();
  const page = await it.open('/add');
  await page.getByLabel('Name').fill('documents');
  await page.getByRole('textbox', { name: 'Left folder', exact: true }).fill('not/absolute');
  await page.getByRole('textbox', { name: 'Right folder', exact: true }).fill(it.right);
  await page.getByRole('button', { name: 'Add and look at the plan' }).click();
  await page
    .getByRole('alert')
    .getByText(/absolute path/)
    .waitFor();
  assert.equal(it.isThere('config/syncmgr/items.d/documents.yaml'), false);
});

test('HT-14 a program is filled in and checked on the page, and added by the command it shows', async (t) => {
  const it = pageRig(t);
  await it.up();
  const page = await it.open('/add');
  await page.getByText('A program', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Which' }).click();
  await page.getByRole('option', { name: 'rsync', exact: true }).click();
  await page.getByLabel('Name').fill('copies');
  await page.getByRole('textbox', { name: 'left', exact: true }).fill('relative');
  await page.getByRole('textbox', { name: 'right', exact: true }).fill("/tmp/it's here");
  await page.getByRole('button', { name: 'Check, and show how to add it' }).click();
  await page.getByText('it must be an absolute path').waitFor();
  await page.getByRole('textbox', { name: 'left', exact: true }).fill('/tmp');
  await page.getByRole('button', { name: 'Check, and show how to add it' }).click();
  const command = (await page.getByLabel('the command').textContent()) ?? '';
  assert.match(command, /^syncmgr add copies --preset rsync --set left=\/tmp --set 'right=/);
  assert.match((await page.getByLabel('the file').textContent()) ?? '', /preset: rsync/);
  assert.equal(it.isThere('config/syncmgr/items.d/copies.yaml'), false);
  await it.syncmgr('add', 'copies', '--preset', 'rsync', '--set', 'left=/tmp', '--set', 'right=/a');
  await page.getByText('It is there').waitFor();
});
