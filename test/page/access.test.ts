// The page for everybody: no violation that axe knows, in both themes and at the width of a phone.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { until } from '../support/daemon-rig.ts';
import { type PageRig, pageRig } from '../support/page-rig.ts';

const places = [
  '/',
  '/progress',
  '/plans',
  '/conflicts',
  '/results',
  '/history',
  '/schedule',
  '/schedule/documents',
  '/schedule/door',
  '/handlers',
  '/settings',
  '/add',
  '/nowhere',
];

const looks = [
  { name: 'light', colorScheme: 'light', width: 1180 },
  { name: 'dark', colorScheme: 'dark', width: 1180 },
  { name: 'dark at 390 px', colorScheme: 'dark', width: 390 },
] as const;

const module = join(import.meta.dirname, '..', 'fixtures', 'many-handler.ts');

async function filled(it: PageRig): Promise<void> {
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  const kept = (name: string, settings: object) =>
    it.write(
      `config/syncmgr/items.d/${name}.yaml`,
      `handler: many\nsettings: ${JSON.stringify(settings)}\n`,
    );
  kept('door', { asks: it.folder });
  kept('mail', { items: 3, seconds: 100, fails: true });
  for (let at = 0; at < 40; at += 1) it.write(`left/f${at}`, `${at}`);
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  it.write('left/f39', 'left\n');
  it.write('right/f39', 'right\n');
  await it.syncmgr('run', 'documents');
  for (let at = 0; at < 35; at += 1) it.remove(`left/f${at}`);
  await it.syncmgr('run', 'documents');
}

interface Looked {
  readonly page: Page;
  readonly found: string[];
  go(place: string): Promise<void>;
  /** Notes what axe finds there, and what is cut off at the side. */
  look(name: string): Promise<void>;
}

async function looking(it: PageRig, look: (typeof looks)[number]): Promise<Looked> {
  const { colorScheme, width } = look;
  await filled(it);
  await it.up();
  // What is still moving has colours that it will not keep.
  const page = await it.open('/', {
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width, height: 800 },
  });
  const found: string[] = [];
  return {
    page,
    found,
    go: async (place) => {
      await page.goto(`http://127.0.0.1:${it.port()}/#${place}`);
      await page.getByRole('main').getByRole('heading').first().waitFor();
    },
    look: async (name) => {
      // What axe looks at while the view before is being replaced is neither of the two.
      await page.evaluate(atRestSource);
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) {
        found.push(`${name}: ${id}: ${nodes.map(({ html }) => html).join('\n')}`);
      }
      const cut = (await page.evaluate(cutSource)) as readonly string[];
      found.push(...cut.map((what) => `${name}: ${what} is cut off`));
    },
  };
}

/** Until nothing was put in or taken out for a moment, or for so long that it never will be. */
const atRestSource = `new Promise((resolve) => {
  const end = () => { clearTimeout(calm); clearTimeout(longest); changes.disconnect(); resolve(); };
  const longest = setTimeout(end, 5_000);
  let calm = setTimeout(end, 250);
  const changes = new MutationObserver(() => { clearTimeout(calm); calm = setTimeout(end, 250); });
  changes.observe(document.body, { childList: true, subtree: true });
})`;

const cutSource = `[...document.querySelectorAll('html, [role=dialog]')]
  .filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.tagName + ' ' + (one.scrollWidth - one.clientWidth) + ' px')`;

for (const one of looks) {
  test(`no place has a violation, ${one.name}`, async (t) => {
    const { page, found, go, look } = await looking(pageRig(t), one);
    for (const place of places) {
      await go(place);
      await look(place);
    }
    await go('/plans');
    await page.getByRole('link', { name: 'documents' }).click();
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await look('a plan');
    await go('/conflicts');
    await page.getByRole('link', { name: 'f39' }).click();
    await page.getByRole('button', { name: 'Merge by hand…' }).click();
    await page.getByRole('region', { name: 'Merge by hand' }).waitFor();
    await look('a conflict');
    await page.getByRole('button', { name: 'Keep the left' }).click();
    await page.getByText('Decided').waitFor();
    await look('a settled conflict');
    await go('/history');
    for (const at of [0, 1])
      await page
        .getByRole('checkbox', { name: /^Compare/ })
        .nth(at)
        .check();
    await page.getByRole('region', { name: 'Two runs compared' }).waitFor();
    await look('two runs compared');
    assert.deepEqual(found, []);
  });

  test(`no dialog has a violation, ${one.name}`, async (t) => {
    const it = pageRig(t);
    const { page, found, go, look } = await looking(it, one);
    const dialog = page.getByRole('dialog');
    const closed = async () => {
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    };
    const menu = async (name: string, item: string) => {
      await page.getByRole('button', { name: `More for ${name}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await page.getByRole('button', { name: 'More for documents' }).click();
    await page.getByRole('menuitem', { name: 'Why not now?' }).waitFor();
    await look('the menu');
    await page.keyboard.press('Escape');
    for (const item of ['Why not now?', 'Until…', 'Remove from the list…']) {
      await menu('documents', item);
      await dialog.getByRole('button').nth(1).waitFor();
      await look(item);
      await closed();
    }
    await page.getByRole('button', { name: 'Properties of Item 0' }).first().click();
    await dialog.getByLabel('Loudness').waitFor();
    await look('properties');
    await dialog.getByRole('button', { name: 'Answer', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.getByRole('button', { name: 'More for door' }).locator('..');
    await row.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('dialog', { name: 'The door is shut' }).waitFor();
    await look('a question');
    await closed();
    await menu('mail', 'Choose items and run…');
    await page.getByRole('link', { name: 'Choose the items…' }).click();
    await page.getByRole('button', { name: 'Synchronize 3 items' }).waitFor();
    await look('the choice');
    await page.getByRole('button', { name: 'Synchronize 3 items' }).click();
    await page.getByRole('img', { name: /^Throughput/ }).waitFor();
    await look('progress');
    await go('/plans');
    await page.getByRole('link', { name: 'documents' }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByRole('button', { name: /^Yes, delete/ }).waitFor();
    await look('the confirmation of a plan');
    await closed();
    await go('/add');
    await page.getByRole('button', { name: 'Browse for the left folder' }).click();
    await dialog.getByRole('button', { name: 'Choose this folder' }).waitFor();
    await look('the browser of folders');
    await closed();
    await it.syncmgr('stop');
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
  const focused = () => page.evaluate('document.activeElement.textContent') as Promise<string>;
  await until(async () => (await focused()) === 'Make a plan only');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Plans/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'documents' }).waitFor();
});
