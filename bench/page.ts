// How fast the page is when there is much: `npm run bench:page [-- --minutes 10]`. Chromium on this machine over
// a manager of its own; each view is opened anew five times, then scrolled while tasks are watched that hold up
// the page for longer than a tenth of a second; then messages come for some minutes, and memory is watched.
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { furnish } from '../test/support/furnished-store.ts';
import { pageRig } from '../test/support/page-rig.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const rounds = 5;
const amounts = {
  partnerships: 500,
  itemsEach: 20,
  lines: 100_000,
  changes: 50_000,
  conflicts: 10_000,
};
const module = join(import.meta.dirname, '..', 'test', 'fixtures', 'many-handler.ts');

const ends: (() => unknown)[] = [];
const seconds = Number(values.minutes) * 60 + 60;
const it = pageRig(
  { after: (end: () => unknown) => ends.unshift(end) } as never,
  (seconds + 900) * 1_000,
);
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Lengths in ms of the tasks over 50 ms since the last look. */
const longTasks = (page: Page) =>
  page.evaluate('window.longTasks.splice(0).map(Math.round)') as Promise<readonly number[]>;

async function opened(page: Page, place: string, text: string): Promise<readonly number[]> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(`http://127.0.0.1:${it.port()}/#/schedule`);
    await page.reload();
    await page.getByRole('heading').first().waitFor();
    const start = performance.now();
    await page.evaluate(`location.hash = ${JSON.stringify(place)}`);
    await page.getByText(text).first().waitFor();
    took.push(Math.round(performance.now() - start));
  }
  return took.sort((one, other) => one - other);
}

async function scrolled(page: Page): Promise<readonly number[]> {
  await longTasks(page);
  for (let turn = 0; turn < 60; turn += 1) {
    await page.mouse.wheel(0, 1_500);
    await page.waitForTimeout(30);
  }
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
  await page.waitForTimeout(500);
  return longTasks(page);
}

async function soaked(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await page.goto(`http://127.0.0.1:${it.port()}/#/progress`);
  await it.syncmgr('run', 'busy', '--no-wait');
  await page.getByRole('region', { name: 'Progress of busy' }).waitFor();
  await longTasks(page);
  for (let minute = 0; minute <= Number(values.minutes); minute += 1) {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    const slow = (await longTasks(page)).filter((ms) => ms > 100);
    say(
      `minute ${minute}: heap ${(usedSize / 1e6).toFixed(1)} MB, tasks over 100 ms: ${slow.length}`,
    );
    if (minute < Number(values.minutes)) await page.waitForTimeout(60_000);
  }
}

try {
  const hash = await furnish(it.folder, amounts);
  it.write('config/syncmgr/config.yaml', `handlers:\n  many: ${module}\n`);
  it.write(
    'config/syncmgr/items.d/busy.yaml',
    `handler: many\nsettings: { items: 20, seconds: ${seconds} }\n`,
  );
  await it.up();
  const page = await it.open('/schedule');
  await page.addInitScript(`
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longTasks.push(duration);
    }).observe({ entryTypes: ['longtask'] });
  `);
  for (const [name, place, text] of [
    ['10,000 items', '/', 'Partnership 00000'],
    ['100,000 log lines', '/results', 'Line 99999:'],
    ['10,000 conflicts', '/conflicts', 'folder/0/letter-0.txt'],
    ['50,000 changes', `/plans/${hash}`, 'would be deleted on the right'],
  ] as const) {
    const took = await opened(page, place, text);
    if (name.endsWith('changes')) await page.getByRole('button', { name: /flat/ }).click();
    const slow = (await scrolled(page)).filter((ms) => ms > 100);
    say(
      `${name}: opens in ${took[2]} ms (${took.join(', ')}); scrolling, tasks over 100 ms: ${slow.join(', ') || 'none'}`,
    );
  }
  await soaked(page);
} finally {
  for (const end of ends) await end();
}
