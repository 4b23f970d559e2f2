// Names that want to be something else than names, in every place where a name can show.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../support/daemon-rig.ts';
import { pageRig } from '../support/page-rig.ts';

const hostile = [
  '<img src=x onerror=document.title=1>',
  '"><script>document.title=1</script>',
  "javascript:alert(1)'-alert(1)-'",
  'invoice\u202Efdp.exe',
  'tab\tand\u001b[31mred',
  'zero\u200Bwidth',
  `${'long'.repeat(62)}.txt`,
  '{{7*7}}',
];

test('NM-13 HT-10 hostile names are inert and legible in plans, conflicts and results', async (t) => {
  const it = pageRig(t);
  for (const name of hostile) it.write(`left/${name}`, 'x');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents', '-n');
  await it.up();
  const page = await it.open('/plans');
  await page.getByRole('link', { name: 'documents' }).click();
  const main = page.getByRole('main');
  await main.getByText('<img src=x onerror=document.title=1>').waitFor();
  await main.getByText('202E').first().waitFor();
  await main.getByText('001B').first().waitFor();
  await main.getByText('200B').first().waitFor();
  await it.syncmgr('run', 'documents');
  for (const name of hostile) {
    it.write(`left/${name}`, 'left');
    it.write(`right/${name}`, 'right');
  }
  await it.syncmgr('run', 'documents');
  await page.goto(`http://127.0.0.1:${it.port()}/#/conflicts`);
  await main.getByText('"><script>document.title=1</script>').waitFor();
  await page.getByRole('link', { name: /img src=x/ }).click();
  await page.getByRole('heading', { name: /img src=x/ }).waitFor();
  await assertInert(page, 'conflict');
});

/** What a browser does with a name: it is no code, hides nothing, and pushes nothing out of sight. */
const faults = (page: Page) => page.evaluate(faultsSource) as Promise<readonly string[]>;

const faultsSource = `(() => {
  const unseen = /[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]/u;
  const found = [];
  if (document.title !== 'syncmgr') found.push('the title became ' + document.title);
  for (const line of document.body.innerText.split(/[\\n\\t]/)) {
    if (unseen.test(line)) found.push('hidden in ' + JSON.stringify(line));
  }
  for (const one of document.querySelectorAll('body *')) {
    if (one.matches('script:not([src^="./"], [src^="/"]), main img, [role=dialog] img')) {
      found.push('an element of ' + one.outerHTML);
    }
    for (const { name, value } of one.attributes) {
      if (/^on/.test(name) || (name !== 'aria-label' && name !== 'title' && /^\\s*javascript:/i.test(value))) found.push(name + ' is ' + value);
      if (name !== 'value' && unseen.test(value)) found.push('hidden in ' + name + ' ' + JSON.stringify(value));
    }
  }
  for (const one of document.querySelectorAll('html, [role=dialog]')) {
    if (one.scrollWidth > one.clientWidth) found.push(one.tagName + ' is cut off at the side');
  }
  return found;
})()`;

async function assertInert(page: Page, place: string): Promise<void> {
  assert.deepEqual(await faults(page), [], place);
}

const module = join(import.meta.dirname, '..', 'fixtures', 'many-handler.ts');

test('NM-13 HT-10 hostile names of items and lines are inert and legible wherever they show', async (t) => {
  const it = pageRig(t);
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  const settings = { items: hostile.length, names: hostile, seconds: 20 };
  it.write(
    'config/syncmgr/items.d/mail.yaml',
    `handler: many\nsettings: ${JSON.stringify(settings)}\n`,
  );
  await it.up();
  const page = await it.open('/');
  const main = page.getByRole('main');
  const allLegible = async (place: string) => {
    await page.goto(`http://127.0.0.1:${it.port()}/#${place}`);
    for (const text of [
      '<img src=x onerror=document.title=1>',
      '202E',
      '001B',
      '200B',
      '{{7*7}}',
    ]) {
      await main.getByText(text).first().waitFor();
    }
    await assertInert(page, place);
  };
  await allLegible('/');
  await page.getByRole('button', { name: 'More for mail' }).click();
  await page.getByRole('menuitem', { name: 'Choose items and run…' }).click();
  await page.getByRole('link', { name: 'Choose the items…' }).click();
  await main.getByText('202E').first().waitFor();
  await assertInert(page, 'choose');
  await page.getByRole('button', { name: /^Synchronize / }).click();
  await main.getByRole('region', { name: 'Progress of mail' }).waitFor();
  await allLegible('/progress');
  await allLegible('/results');
  await it.syncmgr('stop');
  await until(async () => (await it.syncmgr('status')).out.includes('Nothing is being'));
});

const says = `<img src=x onerror=document.title=1>\u202Efdp\u001b[31m\u200B{{7*7}} ${'long'.repeat(62)}`;
const seen = /^<img src=x onerror=document.title=1>202Efdp001B\[31m200B\{\{7\*7\}\} /;

test('NM-13 HT-10 hostile words of a handler are inert and legible in its question, its properties, results and history', async (t) => {
  const it = pageRig(t);
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  const settings = { asks: it.folder, says, fails: true };
  it.write(
    'config/syncmgr/items.d/door.yaml',
    `handler: many\nsettings: ${JSON.stringify(settings)}\n`,
  );
  await it.up();
  const page = await it.open('/', { viewport: { width: 390, height: 760 } });
  const dialog = page.getByRole('dialog');
  const looked = async (place: string) => {
    await dialog.getByRole('heading').getByText(seen).waitFor();
    await dialog.getByRole('combobox', { name: 'One of' }).click();
    await page.getByRole('option', { name: /202E/ }).waitFor();
    await assertInert(page, place);
    await page.keyboard.press('Escape');
    await dialog.getByRole('button', { name: 'Do not answer' }).last().click();
    await dialog.waitFor({ state: 'detached' });
  };
  await page.getByRole('button', { name: 'Properties of Item 0' }).click();
  await looked('properties');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await looked('question');
  await page.getByText('Failed').first().waitFor();
  await assertInert(page, 'items, failed');
  for (const [place, text] of [
    ['history', /202Efdp001B/],
    ['results', /202Efdp001B/],
    ['handlers', /202Efdp001B/],
    ['schedule', 'only when you say so'],
    ['schedule/door', 'Which items take part'],
  ] as const) {
    await page.goto(`http://127.0.0.1:${it.port()}/#/${place}`);
    await page.getByRole('main').getByText(text).first().waitFor();
    await assertInert(page, place);
  }
});

test('NM-13 HT-10 two folders with hostile names are inert and legible in history, comparison and every dialog', async (t) => {
  const it = pageRig(t);
  const left = '<img src=x onerror=document.title=1>';
  const right = 'invoice\u202Efdp\u001b[31m\u200B{{7*7}}';
  for (let at = 0; at < 60; at += 1) it.write(`${left}/f${at}`, `${at}`);
  await it.syncmgr('sync', left, right);
  for (let at = 0; at < 50; at += 1) it.remove(`${left}/f${at}`);
  await it.syncmgr('sync', left, right);
  await it.up();
  const page = await it.open('/');
  const dialog = page.getByRole('dialog');
  const more = page.getByRole('button', { name: /^More for <img src=x .*⟨202E⟩/ });
  const opened = async (item: string, heading: RegExp) => {
    await more.click();
    await page.getByRole('menuitem', { name: item }).click();
    await dialog.getByRole('heading').getByText(heading).waitFor();
    await dialog.getByRole('button').last().waitFor();
    await assertInert(page, item);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };
  await opened('Why not now?', /⟨202E⟩/);
  await opened('Remove from the list…', /⟨202E⟩/);
  await opened('Until…', /Pause until/);
  await page.getByRole('link', { name: 'a plan waits for approval' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await dialog.getByRole('button', { name: 'Yes, delete 50' }).waitFor();
  await assertInert(page, 'confirmation of a plan');
  await page.keyboard.press('Escape');
  await page.goto(`http://127.0.0.1:${it.port()}/#/history`);
  for (const at of [0, 1]) {
    await page
      .getByRole('checkbox', { name: /^Compare .*⟨202E⟩/ })
      .nth(at)
      .check();
  }
  const pair = page.getByRole('region', { name: 'Two runs compared' });
  await pair.getByText('202E').first().waitFor();
  await assertInert(page, 'history');
});

test('NM-13 HT-10 a conflict with a hostile name and hostile text is merged by hand in sight of what it hides', async (t) => {
  const it = pageRig(t);
  const name = `\u202Efdp${hostile[0]}${'long'.repeat(40)}.txt`;
  it.write(`left/${name}`, '<img src=x onerror=document.title=1>\nadmin\u202E\n');
  it.write(`right/${name}`, '"><script>document.title=1</script>\nzero\u200Bwidth\n');
  await it.syncmgr('add', 'documents', 'left', 'right');
  await it.syncmgr('run', 'documents');
  await it.up();
  const page = await it.open('/conflicts', { viewport: { width: 390, height: 760 } });
  await page.getByRole('link', { name: /202E ?fdp<img src=x/ }).click();
  await page.getByRole('cell', { name: 'admin⟨202E⟩' }).waitFor();
  await assertInert(page, 'versions');
  await page.getByRole('button', { name: 'Merge by hand…' }).click();
  const editor = page.getByRole('region', { name: 'Merge by hand' });
  await editor.getByText('change how others are seen: 202E, 200B').waitFor();
  await editor.getByText('zero⟨200B⟩width').waitFor();
  await assertInert(page, 'merge');
});
