// What handlers ask, and who is asked: the person at the page, the one at the terminal, or nobody.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../support/daemon-rig.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const module = join(import.meta.dirname, '..', 'fixtures', 'many-handler.ts');

function furnish(it: PageRig): void {
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  const text = `handler: many\nsettings: ${JSON.stringify({ asks: it.folder })}\n`;
  it.write('config/syncmgr/items.d/door.yaml', text);
}

test('a question opens on the page, a second one after it is another, and the run goes on with both answers', async (t) => {
  const it = pageRig(t);
  furnish(it);
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const first = page.getByRole('dialog', { name: 'The door is shut' });
  await first.getByLabel('Word').waitFor();
  await first.getByText('door asks before it goes on').waitFor();
  await first.getByRole('button', { name: 'Answer', exact: true }).click();
  const second = page.getByRole('dialog', { name: 'Still shut' });
  await second.getByLabel('Another word').fill('sesame');
  await second.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByText('In step').first().waitFor();
  assert.equal(it.read('told'), '\nsesame\n');
  assert.equal(await page.getByRole('dialog').count(), 0);
});

test('HN-20 whoever closes the question, or the page, gives no answer, and the run goes on', async (t) => {
  const it = pageRig(t);
  furnish(it);
  await it.up();
  const page = await it.open('/');
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await run.click();
  await page.getByRole('button', { name: 'Do not answer' }).last().click();
  await page.getByText('In step').first().waitFor();
  await run.click();
  await page.getByRole('dialog', { name: 'The door is shut' }).waitFor();
  // Whoever loads the page anew finds it again.
  await page.reload();
  await page.getByRole('dialog', { name: 'The door is shut' }).waitFor();
  await page.close();
  await until(async () => it.read('told') === 'nobody\nnobody\n');
  const { code, err } = await it.syncmgr('run', 'door');
  assert.equal(code, 0, err);
  assert.equal(it.read('told'), 'nobody\nnobody\nnobody\n');
});

test('properties of an item and of its handler are opened, and what was typed reaches the handler', async (t) => {
  const it = pageRig(t);
  furnish(it);
  await it.up();
  const page = await it.open('/');
  for (const [whose, open] of [
    ['item-0', () => page.getByRole('button', { name: 'Properties of Item 0' }).click()],
    [
      'all of it',
      async () => {
        await page.getByRole('button', { name: 'More for door' }).click();
        await page.getByRole('menuitem', { name: 'Properties…' }).click();
      },
    ],
  ] as const) {
    await open();
    const dialog = page.getByRole('dialog', { name: `How loud is ${whose}?` });
    await dialog.getByLabel('Loudness').fill(`as ${whose}`);
    await dialog.getByRole('button', { name: 'Answer', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await until(async () => it.read('loud') === 'as item-0\nas all of it\n');
});
