// The pictures of the README: a small world as a person may have one, looked at in Chromium. They go to
// docs/pictures when SYNCMGR_PICTURES is set (npm run pictures), and nowhere otherwise.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/daemon-rig.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures');

test('the pictures of the README show items, progress, a plan and a conflict', async (t) => {
  const it = pageRig(t);
  await furnish(it);
  await it.up();
  // Without motion a picture is never of something half way.
  const looks = { viewport: { width: 1120, height: 640 }, reducedMotion: 'reduce' } as const;
  const page = await it.open('/', looks);
  await page.getByText('Conflicts', { exact: true }).first().waitFor();
  await picture(page, 'items');
  await page.getByRole('link', { name: /Plans/ }).click();
  await page.getByRole('link', { name: 'Photos' }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await page.getByText('holiday', { exact: true }).waitFor();
  await picture(page, 'plan');
  await page.setViewportSize({ width: 1120, height: 800 });
  await page.getByRole('link', { name: /Conflicts/ }).click();
  await page.getByRole('link', { name: 'budget.txt' }).click();
  await page.getByRole('cell', { name: 'rent 900' }).waitFor();
  await picture(page, 'conflict');
  await page.setViewportSize({ width: 1120, height: 640 });
  await page.getByRole('link', { name: 'Items' }).click();
  const row = page.getByRole('button', { name: 'More for Music' }).locator('..');
  await row.getByRole('button', { name: 'Run' }).click();
  await page.getByRole('link', { name: /Progress/ }).click();
  await page.getByText(/left$/).first().waitFor();
  await page.waitForTimeout(6_000);
  await picture(page, 'progress');
  await it.syncmgr('stop');
  await until(async () => (await it.syncmgr('status')).out.includes('Nothing is being'));
});

async function furnish(it: PageRig): Promise<void> {
  for (const name of ['first', 'second', 'third']) it.write(`docs/letters/${name}.txt`, name);
  it.write('docs/budget.txt', 'income 3000\nrent 850\nfood 400\n');
  for (let at = 1; at <= 60; at += 1) it.write(`photos/2026/holiday/${at}.jpg`, `${at}`);
  for (let at = 1; at <= 6; at += 1) {
    it.write(`music/Suites/${at} Prelude.flac`, new Uint8Array(4_000_000));
  }
  for (const name of ['docs', 'photos', 'music'])
    mkdirSync(join(it.folder, 'nas', name), { recursive: true });
  await it.syncmgr('add', 'Documents', 'docs', 'nas/docs');
  await it.syncmgr('add', 'Photos', 'photos', 'nas/photos');
  await it.syncmgr('add', 'Music', 'music', 'nas/music', '--bwlimit', '1M');
  for (let turn = 0; turn < 4; turn += 1) await it.syncmgr('run', 'Documents', 'Photos');
  it.write('docs/budget.txt', 'income 3000\nrent 900\nfood 400\n');
  it.write('nas/docs/budget.txt', 'income 3000\nrent 850\nfood 380\n');
  const now = Math.floor(Date.now() / 1_000);
  it.touch('docs/budget.txt', now - 3 * 3_600);
  it.touch('nas/docs/budget.txt', now - 25 * 60);
  for (let at = 5; at <= 50; at += 1) it.remove(`photos/2026/holiday/${at}.jpg`);
  await it.syncmgr('run', 'Documents', 'Photos');
}

async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  const bytes = await page.screenshot();
  assert.ok(bytes.length > 10_000, `${name}: ${bytes.length} bytes are no picture`);
  if (process.env.SYNCMGR_PICTURES === '1') writeFileSync(join(folder, `${name}.png`), bytes);
}
