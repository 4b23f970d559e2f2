// The page for everybody: no violation that axe knows, in both themes and at the width of a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const places = [
  '/',
  '/progress',
  '/plans',
  '/conflicts',
  '/results',
  '/history',
  '/schedule',
  '/handlers',
  '/settings',
  '/add',
];

const looks = [
  { name: 'light', colorScheme: 'light', width: 1180 },
  { name: 'dark', colorScheme: 'dark', width: 1180 },
  { name: 'light at 390 px', colorScheme: 'light', width: 390 },
  { name: 'dark at 390 px', colorScheme: 'dark', width: 390 },
] as const;

async function filled(it: PageRig): Promise<void> {
  for (let at = 0; at < 40; at += 1) it.write(`left/f${at}`, `${at}`);
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  it.write('left/f39', 'left');
  it.write('right/f39', 'right');
  await it.syncmgr('run', 'documents');
  for (let at = 0; at < 35; at += 1) it.remove(`left/f${at}`);
  await it.syncmgr('run', 'documents');
}

for (const { name, colorScheme, width } of looks) {
  test(`no place has a violation, ${name}`, async (t) => {
    const it = pageRig(t);
    await filled(it);
    await it.up();
    const options = { colorScheme, viewport: { width, height: 800 } };
    const page = await it.open('/', options);
    const found: string[] = [];
    for (const place of places) {
      await page.goto(`http://127.0.0.1:${it.port()}/#${place}`);
      await page.getByRole('main').getByRole('heading').first().waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.map((one) => `${place}: ${one.id}: ${one.nodes[0]?.html ?? ''}`));
      const overflow = await page
        .locator('html')
        .evaluate(
          ({ scrollWidth, clientWidth }: { scrollWidth: number; clientWidth: number }) =>
            scrollWidth - clientWidth,
        );
      if (overflow > 0) found.push(`${place}: ${overflow} px are cut off`);
    }
    assert.deepEqual(found, []);
  });
}

test('with the keyboard alone a plan is made and found', async (t) => {
  const it = pageRig(t);
  it.write('left/a.txt', 'a');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.up();
  const page = await it.open('/');
  await page.getByRole('button', { name: 'More for documents' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Make a plan only' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Plans/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'documents' }).waitFor();
});
