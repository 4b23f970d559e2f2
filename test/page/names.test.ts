// Names that want to be something else than names, in every place where a name can show.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
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
  assert.equal(await page.title(), 'syncmgr');
  assert.equal(await page.locator('main img, main script').count(), 0);
});

interface Width {
  readonly scrollWidth: number;
  readonly clientWidth: number;
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
    assert.equal(await page.title(), 'syncmgr', place);
    assert.equal(await page.locator('main img, main script').count(), 0, place);
    const { scrollWidth, clientWidth } = await page
      .locator('html')
      .evaluate(({ scrollWidth, clientWidth }: Width) => ({ scrollWidth, clientWidth }));
    assert.ok(scrollWidth <= clientWidth, `${place}: it is cut off at the side`);
  };
  await allLegible('/');
  await page.getByRole('button', { name: 'More for mail' }).click();
  await page.getByRole('menuitem', { name: 'Choose items and run…' }).click();
  await page.getByRole('link', { name: 'Choose the items…' }).click();
  await main.getByText('202E').first().waitFor();
  await page.getByRole('button', { name: /^Synchronize / }).click();
  await main.getByRole('region', { name: 'Progress of mail' }).waitFor();
  await allLegible('/progress');
  await allLegible('/results');
  await it.syncmgr('stop');
  await until(async () => (await it.syncmgr('status')).out.includes('Nothing is being'));
});
