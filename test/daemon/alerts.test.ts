// The numbers and the rules over them, judged by promtool, Prometheus' own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { daemonRig } from '../support/daemon-rig.ts';

const rulesFile = join(import.meta.dirname, '../../docs/alerts.yaml');
const page = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
}
const rules = (
  parse(readFileSync(rulesFile, 'utf8')) as { groups: { rules: Rule[] }[] }
).groups.flatMap((group) => group.rules);

const promtool = (words: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8', input });
  return { status, said: `${stdout}${stderr}` };
};
const skip = promtool(['--version']).status !== 0 && 'no promtool';

async function numbers(it: ReturnType<typeof daemonRig>): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${it.port()}/metrics`, {
    headers: { authorization: `Bearer ${it.token()}` },
  });
  return answer.text();
}

test('each number has a row in the page, a rule names nothing else, and what runs is in them', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.syncmgr('add', 'fresh', 'left', 'right-2');
  mkdirSync(join(it.folder, 'right-2'));
  await it.up();
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.equal((await it.syncmgr('run', 'fresh', '-n')).code, 0);
  const text = await numbers(it);
  for (const line of [
    'syncmgr_run_total{result="succeeded",trigger="manual"} 1',
    'syncmgr_run_duration_seconds_count{result="succeeded",trigger="manual"} 1',
    'syncmgr_item_status{partnership="docs",status="succeeded"} 1',
    'syncmgr_item_status{partnership="fresh",status="planned"} 1',
    'syncmgr_item_pending_changes{partnership="fresh"} 1',
    'syncmgr_queue_depth 0',
    'syncmgr_handler_up{handler="folder"} 1',
    'syncmgr_viewers_dropped_total 0',
  ]) {
    assert.ok(text.split('\n').includes(line), `${line}\n${text}`);
  }
  const names = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name ?? ''));
  for (const name of names) assert.ok(page.includes(`\`${name}`), `${name} is not in the page`);
  for (const { alert, expr } of rules) {
    for (const [name] of expr.matchAll(/syncmgr_\w+/g)) {
      assert.ok(names.has(name), `${alert} names ${name}`);
    }
  }
  await it.syncmgr('down');
  await it.up();
  assert.match(
    await numbers(it),
    /^syncmgr_item_status\{partnership="docs",status="succeeded"\} 1$/m,
  );
  if (skip === false) {
    const { status, said } = promtool(['check', 'metrics'], text);
    assert.equal(status, 0, said);
  }
});

test('Prometheus takes the rules as they are, and they raise the alarm when they should', {
  skip,
}, (t) => {
  const { status, said } = promtool(['check', 'rules', '--lint=all', '--lint-fatal', rulesFile]);
  assert.equal(status, 0, said);
  const it = daemonRig(t);
  copyFileSync(rulesFile, join(it.folder, 'alerts.yaml'));
  it.write('test.yaml', JSON.stringify(alarms()));
  const judged = promtool(['test', 'rules', join(it.folder, 'test.yaml')]);
  assert.equal(judged.status, 0, judged.said);
});

/** Each rule once with what should raise it, once with what should not. */
function alarms() {
  const docs = '{partnership="docs"}';
  const raised: Readonly<Record<string, readonly [series: string, high: string, low: string]>> = {
    SyncmgrSafeMode: ['syncmgr_safe_mode', '1+0x180', '0+0x180'],
    SyncmgrConfigurationBroken: ['syncmgr_configuration_problems', '2+0x180', '0+0x180'],
    SyncmgrStale: [`syncmgr_item_stale${docs}`, '1+0x180', '0+0x180'],
    SyncmgrMissedRuns: [`syncmgr_item_missed_runs${docs}`, '2+0x180', '1+0x180'],
    SyncmgrItemFailing: [
      'syncmgr_item_status{partnership="docs",status="failed"}',
      '1+0x180',
      '1+0x30 _x150',
    ],
    SyncmgrManyFailures: [
      'syncmgr_run_total{result="failed",trigger="schedule"}',
      '0+1x180',
      '0+0x180',
    ],
    SyncmgrHandlerOff: ['syncmgr_handler_up{handler="imap"}', '0+0x180', '1+0x180'],
    SyncmgrQueueStands: ['syncmgr_queue_depth', '200+0x180', '50+0x180'],
  };
  const group = (alertname: string, series: string, values: string, fires: boolean, at = '3h') => ({
    interval: '1m',
    input_series: [{ series, values }],
    promql_expr_test: [
      {
        expr: `count(ALERTS{alertname="${alertname}",alertstate="firing"})`,
        eval_time: at,
        exp_samples: fires ? [{ labels: '{}', value: 1 }] : [],
      },
    ],
  });
  const up = ['syncmgr_up{version="1"}', '1+0x180'] as const;
  const conflicts = `syncmgr_conflicts_open${docs}`;
  const held = `syncmgr_item_held_back${docs}`;
  return {
    rule_files: ['alerts.yaml'],
    evaluation_interval: '1m',
    tests: [
      ...Object.entries(raised).flatMap(([name, [series, high, low]]) => [
        group(name, series, high, true),
        group(name, series, low, false),
      ]),
      group('SyncmgrDown', 'other', '1+0x180', true),
      group('SyncmgrDown', ...up, false),
      group('SyncmgrWaitsForPerson', conflicts, '1+0x1600', true, '26h'),
      // Within three hours nobody has waited for a day.
      group('SyncmgrWaitsForPerson', conflicts, '1+0x180', false),
      group('SyncmgrHeldBack', held, '1+0x1600', true, '26h'),
      // What runs only at night is held back by day.
      group('SyncmgrHeldBack', held, '1+0x960 0+0x480 1+0x480', false, '31h'),
    ],
  };
}
