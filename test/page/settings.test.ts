// This manager on the page: what holds for all, who may reach it, and who does the work.
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../support/daemon-rig.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const main = 'config/syncmgr/config.yaml';

function write(it: PageRig): string {
  it.write('phone', 'p'.repeat(40));
  chmodSync(join(it.folder, 'phone'), 0o600);
  const text = `# Mine.
api:
  tokens:
    # of the phone
    - { name: phone, scopes: [read, run], secret: "file:${it.folder}/phone" }
notifications:
  webhook: https://hooks.example.org/s3cret
handlers:
  broken: ./none.js
`;
  it.write(main, text);
  return text;
}

test('defaults are set on the page and kept with the comments; ways are shown without their secrets', async (t) => {
  const it = pageRig(t);
  const text = write(it);
  await it.up();
  const page = await it.open('/settings');
  await page.getByText('hooks.example.org').waitFor();
  assert.doesNotMatch((await page.getByRole('main').textContent()) ?? '', /s3cret/);
  await page.getByLabel('Bandwidth').fill('fast');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('it must be bytes a second such as 500K').waitFor();
  assert.equal(it.read(main), text);
  await page.getByLabel('Bandwidth').fill('5M');
  await page.getByLabel('it is stale').uncheck();
  await page.getByLabel('History stays for days').fill('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved and in force').waitFor();
  const kept = it.read(main);
  assert.ok(kept.startsWith(text), kept);
  assert.match(kept, /bandwidth: 5M/);
  assert.match(kept, /notify:\n {4}of:\n {6}- failing\n {6}- needs-person\n/);
  assert.match(kept, /history:\n {4}days: 30\n/);
});

test('HT-13 a token is revoked at once and for good, and none can be made here', async (t) => {
  const it = pageRig(t);
  write(it);
  await it.up();
  const ask = async () => {
    const headers = { authorization: `Bearer ${'p'.repeat(40)}` };
    return (await fetch(`http://127.0.0.1:${it.port()}/v1/about`, { headers })).status;
  };
  assert.equal(await ask(), 200);
  const page = await it.open('/settings');
  await page.getByRole('button', { name: 'Revoke phone' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await until(async () => (await ask()) === 401);
  assert.doesNotMatch(it.read(main), /name: phone/);
  await page.getByRole('button', { name: 'How to make one' }).click();
  await page.getByLabel('Name').fill("a'; rm -rf ~");
  const words = (await page.getByLabel('the words').textContent()) ?? '';
  assert.match(words, /\{name: a-rm-rf-, scopes: \[read\]/);
});

test('a handler is tried from the page: one that is well says what it has, one that is not says why', async (t) => {
  const it = pageRig(t);
  write(it);
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.up();
  const page = await it.open('/handlers');
  await page.getByRole('button', { name: 'Test folder' }).click();
  await page.getByText(/It answers .*with 1 item/).waitFor();
  await page.getByRole('button', { name: 'Test broken' }).click();
  await page
    .getByRole('article', { name: 'Handler broken' })
    .getByText('It does not answer well')
    .waitFor();
});
