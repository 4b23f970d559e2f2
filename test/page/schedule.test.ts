// When things run by themselves, set on the page and kept in the file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../support/daemon-rig.ts';
import { pageRig } from '../support/page-rig.ts';

const file = 'config/syncmgr/items.d/documents.yaml';

test('a schedule is edited on the page: its next five runs, kept with the comments, and taken back', async (t) => {
  const it = pageRig(t);
  const written = `# My own words.\nleft: ${it.left} # here\nright: ${it.right}\n`;
  it.write(file, written);
  await it.up();
  const page = await it.open('/schedule', { timezoneId: 'America/New_York' });
  await page.getByText('only when you say so').waitFor();
  await page.getByRole('link', { name: 'documents' }).click();
  await page.getByRole('button', { name: 'Add a time' }).click();
  const time = page.getByRole('group', { name: 'Time 1' });
  await time.getByLabel('At', { exact: true }).fill('04:30');
  await time.getByText('Sun', { exact: true }).click();
  await time.getByRole('button', { name: 'Time zone, missed runs' }).click();
  await time.getByLabel('Time zone').fill('Europe/Vienna');
  await time.getByLabel('Time zone').press('Escape');
  const runs = time.getByRole('list', { name: 'The next runs' }).getByRole('listitem');
  await page.getByText('in brackets that of Europe/Vienna').waitFor();
  assert.equal(await runs.count(), 5);
  for (const run of await runs.allTextContents()) assert.match(run, /2[23]:30.*\(04:30\)/);
  await page.getByLabel('When a connection comes up').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved and in force').waitFor();
  assert.equal(
    it.read(file),
    `${written}triggers:\n  schedule:\n    - cron: 30 4 * * mon-sat\n      zone: Europe/Vienna\n  connect: true\n`,
  );
  await page.getByRole('button', { name: 'Undo the last change' }).click();
  await page.getByText('Put back as it was').waitFor();
  assert.equal(it.read(file), written);
});

test('CK-09 what is wrong in a schedule is said at its field, and the file stays as it was', async (t) => {
  const it = pageRig(t);
  const written = `left: ${it.left}\nright: ${it.right}\ntriggers:\n  schedule: "0 3 * * *"\n`;
  it.write(file, written);
  await it.up();
  const page = await it.open('/schedule/documents');
  const time = page.getByRole('group', { name: 'Time 1' });
  await time.getByRole('combobox', { name: 'How often' }).click();
  await page.getByRole('option', { name: 'By an expression' }).click();
  const field = time.getByLabel('Minute hour day month weekday');
  await field.fill('0 3 * *');
  await time.getByText('it has 4 of five fields').first().waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await until(async () => (await field.getAttribute('aria-invalid')) === 'true');
  assert.equal(it.read(file), written);
  await field.fill('0 5 * * *');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved and in force').waitFor();
  assert.match(it.read(file), /schedule:.*"?0 5 \* \* \*"?/s);
});

test('HT-14 conditions are set, and the command among them is shown and stays as it is', async (t) => {
  const it = pageRig(t);
  it.write(
    file,
    `left: ${it.left}\nright: ${it.right}\nconditions:\n  command: [/bin/true]\nhooks:\n  after: [sync]\n`,
  );
  await it.up();
  const page = await it.open('/schedule/documents');
  await page.getByText('And this program says so:').waitFor();
  await page.getByRole('region', { name: 'Only in the file' }).getByText('hooks').waitFor();
  await page.getByLabel('The connection is not paid for by amount').check();
  await page.getByRole('button', { name: 'Only in certain networks' }).click();
  await page.getByRole('group', { name: 'Network 1' }).getByLabel('Name or address').fill('Home');
  await page.getByRole('button', { name: 'Only at certain times' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved and in force').waitFor();
  const text = it.read(file);
  assert.match(text, /command: \[\/bin\/true\]/);
  assert.match(text, /metered: false/);
  assert.match(text, /ssid: Home/);
  assert.match(text, /from: "?22:00"?/);
});

test('A5 an item is ticked for an occasion, and takes part from then on', async (t) => {
  const it = pageRig(t);
  it.write(file, `left: ${it.left}\nright: ${it.right}\n`);
  await it.up();
  const page = await it.open('/schedule/documents');
  const ticks = page.getByRole('region', { name: 'Which items take part' });
  await ticks.getByRole('combobox', { name: 'When' }).click();
  await page.getByRole('option', { name: 'nobody is at the computer' }).click();
  const box = ticks.getByRole('group', { name: 'Items' }).getByRole('checkbox');
  assert.equal(await box.isChecked(), false);
  const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
  // The tick is there in the moment of the click, before anything was answered.
  const inThatMoment = await box.evaluate((input: { click(): void; checked?: boolean }) => {
    input.click();
    return input.checked;
  });
  assert.equal(inThatMoment, true);
  assert.equal((await kept).ok(), true);
  await page.reload();
  await ticks.getByRole('combobox', { name: 'When' }).click();
  await page.getByRole('option', { name: 'nobody is at the computer' }).click();
  await until(() => box.isChecked());
});
