// The inbox on the page: each kind of conflict is settled, and each decision taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/daemon-rig.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

async function disputed(it: PageRig): Promise<void> {
  it.write('left/list.txt', 'apples\n');
  it.write('left/other.txt', 'one\n');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  it.write('left/list.txt', 'apples\nleft pears\n');
  it.write('right/list.txt', 'apples\nright plums\n');
}

const decide = async (page: Page, choice: string) => {
  await page.getByRole('link', { name: 'list.txt' }).click();
  await page.getByRole('cell', { name: 'left pears' }).waitFor();
  await page.getByRole('button', { name: choice }).click();
  await page.getByText('Decided').waitFor();
};

for (const [choice, wanted] of [
  ['Keep the left', 'apples\nleft pears\n'],
  ['Keep the right', 'apples\nright plums\n'],
  ['Keep the newest', 'apples\nright plums\n'],
] as const) {
  test(`what both sides changed is shown line by line; “${choice}” settles it, Undo takes it back`, async (t) => {
    const it = pageRig(t);
    await disputed(it);
    it.touch('left/list.txt', 1_700_000_000);
    await it.syncmgr('run', 'documents');
    await it.up();
    const page = await it.open('/conflicts');
    await decide(page, choice);
    await until(() => it.read('left/list.txt') === wanted && it.read('right/list.txt') === wanted);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Keep the left' }).waitFor();
    await until(() => it.read('right/list.txt') === 'apples\nright plums\n');
    assert.equal(it.read('left/list.txt'), 'apples\nleft pears\n');
  });
}

test('“Keep both” leaves both contents on both sides', async (t) => {
  const it = pageRig(t);
  await disputed(it);
  await it.syncmgr('run', 'documents');
  await it.up();
  const page = await it.open('/conflicts');
  await decide(page, 'Keep both');
  await it.syncmgr('run', 'documents');
  for (const side of ['left', 'right']) {
    const contents = it.files(side).map((name) => it.read(`${side}/${name}`));
    assert.ok(contents.includes('apples\nleft pears\n'), side);
    assert.ok(contents.includes('apples\nright plums\n'), side);
  }
});

test('what one side deleted and the other changed is one conflict, and either way can be chosen', async (t) => {
  const it = pageRig(t);
  await disputed(it);
  await it.up();
  await it.syncmgr('run', 'documents');
  const page = await it.open('/conflicts');
  await page.getByRole('link', { name: 'list.txt' }).click();
  await page.getByRole('region', { name: 'The version on the left' }).waitFor();
  await page.getByRole('region', { name: 'The version on the right' }).waitFor();
});

test('a text is merged by hand out of both, stands on both sides, and Undo brings each its own back', async (t) => {
  const it = pageRig(t);
  await disputed(it);
  await it.syncmgr('run', 'documents');
  await it.up();
  const page = await it.open('/conflicts');
  await page.getByRole('link', { name: 'list.txt' }).click();
  await page.getByRole('button', { name: 'Merge by hand…' }).click();
  const text = page.getByLabel('What both sides shall have');
  assert.equal(await text.inputValue(), 'apples\nleft pears\nright plums\n');
  await page.getByRole('radiogroup', { name: 'Piece 1 of 1' }).getByText('right').click();
  assert.equal(await text.inputValue(), 'apples\nright plums\n');
  await text.fill('apples\npears and plums\n');
  await page.getByRole('button', { name: 'Keep this text on both sides' }).click();
  await page.getByText('A merged text was put on both sides').waitFor();
  for (const side of ['left', 'right']) {
    assert.equal(it.read(`${side}/list.txt`), 'apples\npears and plums\n');
  }
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Keep the left' }).waitFor();
  assert.equal(it.read('left/list.txt'), 'apples\nleft pears\n');
  assert.equal(it.read('right/list.txt'), 'apples\nright plums\n');
});

/** One transparent pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('HT-10 an image in dispute is shown; what only calls itself one is not, and runs nothing', async (t) => {
  const it = pageRig(t);
  it.write('left/photo.png', pixel);
  it.write('right/photo.png', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  await it.up();
  const page = await it.open('/conflicts');
  const [answer] = await Promise.all([
    page.waitForResponse((one) => one.url().includes('/image/left')),
    page.getByRole('link', { name: 'photo.png' }).click(),
  ]);
  const left = page.getByRole('region', { name: 'The version on the left' });
  await left.getByText('1 × 1').waitFor();
  const headers = answer.headers();
  assert.equal(headers['content-type'], 'image/png');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(headers['content-security-policy'] ?? '', /default-src 'none'; sandbox/);
  const right = page.getByRole('region', { name: 'The version on the right' });
  await right.getByText('It cannot be shown as an image.').waitFor();
  assert.equal(await right.locator('img').count(), 0);
});
