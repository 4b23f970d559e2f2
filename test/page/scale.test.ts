// Ten thousand items, a hundred thousand lines, fifty thousand changes, ten thousand conflicts, two hundred
// messages a second: what is on the page, and what is asked for it, stays small. How fast that is, bench/page.ts measures.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/daemon-rig.ts';
import { furnish } from '../support/furnished-store.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const amounts = { partnerships: 500, itemsEach: 20, lines: 100_000, changes: 50_000 };
const elementsMax = 4_000;
/** Answers of the API until a view stands: those of the frame and a page or two of its own. */
const requestsMax = 24;
const answerBytesMax = 12_000_000;

const module = join(import.meta.dirname, '..', 'fixtures', 'many-handler.ts');

async function open(it: PageRig): Promise<Page> {
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  await it.up();
  return it.open('/');
}

const elements = (page: Page) => page.locator('body *').count();

async function toTheEnd(page: Page): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
    await page.waitForTimeout(200);
  }
}

test('of 10,000 items, 100,000 lines and 50,000 changes those in sight are on the page, and asked for', async (t) => {
  const it = pageRig(t);
  const hash = await furnish(it.folder, amounts);
  const page = await open(it);
  const asked: string[] = [];
  let bytes = 0;
  page.on('response', async (response) => {
    if (!response.url().includes('/v1/') || response.url().includes('/events')) return;
    asked.push(response.url());
    bytes += (await response.body().catch(() => '')).length;
  });
  const seen = async (place: string, first: string, last: string | null = null) => {
    asked.length = 0;
    await page.goto(`http://127.0.0.1:${it.port()}/#${place}`);
    await page.getByText(first).first().waitFor();
    await toTheEnd(page);
    if (last !== null) await page.getByText(last).first().waitFor();
    const count = await elements(page);
    assert.ok(count < elementsMax, `${place}: ${count} elements`);
    assert.ok(asked.length < requestsMax, `${place}: ${asked.join('\n')}`);
  };
  await page.getByText('500 partnerships, 10,000 items').waitFor();
  await seen('/', 'Partnership 00000', 'Partnership 00499');
  await page.getByLabel('Search the items').fill('00123');
  await page.getByText('1 partnership, 20 items').waitFor();
  await seen('/results', 'Line 99999:');
  await seen(`/plans/${hash}`, '10000 of 50000 entries would be deleted');
  await page.getByRole('button', { name: 'Show only these' }).click();
  await page.getByText('10,000 fit').waitFor();
  await page.getByRole('button', { name: /^flat/ }).click();
  await toTheEnd(page);
  assert.ok((await elements(page)) < elementsMax);
  assert.ok(bytes < answerBytesMax, `${bytes} bytes were answered`);
});

test('of 10,000 conflicts those in sight are on the page, and one is found by its name', async (t) => {
  const it = pageRig(t);
  const conflicts = 10_000;
  await furnish(it.folder, { partnerships: 10, itemsEach: 1, lines: 1, changes: 1, conflicts });
  const page = await open(it);
  // Elsewhere they are a number.
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().includes('/events')) return;
    if (response.url().includes('/v1/')) bytes += (await response.body().catch(() => '')).length;
  });
  await page.reload();
  await page.getByLabel('10000 waiting').waitFor();
  await page.getByText('10 partnerships', { exact: true }).waitFor();
  assert.ok(bytes < 20_000, `${bytes} bytes were answered`);
  await page.getByRole('link', { name: /^Conflicts/ }).click();
  await page.getByText('10,000 conflicts', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'folder/0/letter-0.txt', exact: true }).waitFor();
  assert.ok((await elements(page)) < elementsMax);
  await toTheEnd(page);
  await page.getByRole('link', { name: 'letter-9999.txt' }).waitFor();
  assert.ok((await elements(page)) < elementsMax);
  await page.getByLabel('Search the conflicts').fill('letter-4711.');
  await page.getByText('1 conflict', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'letter-4711.txt' }).click();
  await page.getByLabel('The same for 999 more of this kind in this partnership').waitFor();
});

test('200 messages a second for half a minute leave neither elements nor memory behind', async (t) => {
  const it = pageRig(t);
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  it.write(
    'config/syncmgr/items.d/busy.yaml',
    'handler: many\nsettings: { items: 20, seconds: 40 }\n',
  );
  const page = await open(it);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('link', { name: /Progress/ }).click();
  const card = page.getByRole('region', { name: 'Progress of busy' });
  await card
    .getByText(/of 954 MiB · .*\/s · .* left$/)
    .first()
    .waitFor();
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize;
  };
  const [first, few] = [await heap(), await elements(page)];
  await page.waitForTimeout(25_000);
  const [last, many] = [await heap(), await elements(page)];
  assert.ok(last < first + 6_000_000, `the heap grew from ${first} to ${last}`);
  assert.ok(many < few + 200, `the page grew from ${few} to ${many} elements`);
  await card.getByRole('button', { name: 'Stop', exact: true }).click();
  await until(async () => (await page.getByText('Nothing runs now').count()) > 0);
});
