// Names that want to be something else than names, in every place where a name can show.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
