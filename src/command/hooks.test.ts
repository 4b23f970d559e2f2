// Hooks as real programs around real sessions, under the real manager.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { type HookDeed, hookRunnerConformance } from '../../test/conformance/hooks.ts';
import { type CommandRig, commandRig, resultOf } from '../../test/support/command-rig.ts';
import type { Hook, HookOutcome, Hooks } from '../model/hooks.ts';
import type { JsonObject } from '../model/json.ts';
import { plainTerms } from '../model/terms.ts';
import { trueClock } from '../platform/clock.ts';
import { disk } from '../platform/disk.ts';
import { processes } from '../platform/processes.ts';
import { commandHooks } from './hooks.ts';

const deeds: Readonly<Record<HookDeed, Hook['command']>> = {
  says: 'echo first; echo second',
  fails: 'echo no disk >&2; exit 7',
  waits: 'echo ready; exec sleep 1000',
  'tells-its-facts':
    'tr "," "\\n" | sed -n \'s/.*"partnership":"\\(.*\\)".*/\\1/p\'; echo "$SYNCMGR_RESULT"',
  'is-missing': ['no-such-program'],
};

hookRunnerConformance('hooks by the machinery of commands', () => ({
  command: (deed) => deeds[deed],
  runner: commandHooks(
    {
      processes,
      clock: trueClock,
      filesystem: disk,
      stateFolder: tmpdir(),
      home: tmpdir(),
      environment: { PATH: process.env.PATH ?? '' },
    },
    { resolve: async (reference) => reference },
  ),
}));

const hook = (command: string, more: Partial<Hook> = {}): Hook => ({
  command,
  timeoutMs: 60_000,
  outcome: 'ignore',
  ...more,
});

const shell = (command: string, more: JsonObject = {}): JsonObject => ({
  ...more,
  synchronize: { command, shell: true },
});

const put = (it: CommandRig, settings: JsonObject, hooks: Hooks) =>
  it.put(settings, { terms: { ...plainTerms, hooks } });

const note = (name: string) => hook(`echo ${name} "$SYNCMGR_RESULT" >> order`);
const all: Hooks = {
  before: note('before'),
  after: note('after'),
  'on-failure': note('failure'),
  'on-conflict': note('conflict'),
};

test('each hook is run when its moment comes, and no other, with the result in its environment', async (t) => {
  const it = commandRig(t);
  const lines = [{ is: 'conflict', match: '^both: (?<path>.*)' }];
  const cases = [
    ['echo work >> order', ['before', 'work', 'after succeeded']],
    ['echo work >> order; exit 1', ['before', 'work', 'after failed', 'failure failed']],
    ['echo work >> order; echo both: a', ['before', 'work', 'after partial', 'conflict partial']],
  ] as const;
  for (const [script, order] of cases) {
    it.write('home/order', '');
    await put(it, shell(script, { lines }), all);
    await it.result();
    const found = it.read('home/order').trim().split('\n');
    assert.deepEqual(
      found.map((line) => line.trim()),
      order,
      script,
    );
  }
});

test('a hook reads what happened as JSON, is told who it is for, and what it prints is in the log', async (t) => {
  const it = commandRig(t);
  const tells = hook('cat > facts; echo "$SYNCMGR_HOOK of $SYNCMGR_PARTNERSHIP, $SYNCMGR_TRIGGER"');
  await put(it, shell('exit 3'), { after: tells });
  const session = await it.run();
  const facts = JSON.parse(it.read('home/facts'));
  assert.deepEqual(
    [facts.hook, facts.partnership, facts.session, facts.result, facts.error.code],
    ['after', 'it', session.id, 'failed', 'command-failed'],
  );
  const lines = await it.store.log.list({ session: session.id, oldestFirst: true });
  const ofHook = lines.filter(({ item }) => item === 'hook:after').map(({ text }) => text);
  assert.equal(ofHook[0], 'after of it, manual');
  assert.match(ofHook[1] ?? '', /^Hook after: done in /);
});

test('a before that fails is ignored, declines its session, or fails it, as its outcome says', async (t) => {
  const it = commandRig(t);
  const cases: readonly (readonly [HookOutcome, string, boolean, string])[] = [
    ['ignore', 'succeeded', true, 'after succeeded'],
    ['cancel', 'declined', false, ''],
    ['fatal', 'failed', false, 'after failed\nfailure failed'],
  ];
  for (const [outcome, ending, works, order] of cases) {
    it.write('home/order', '');
    await put(it, shell(`touch ${outcome}`), {
      ...all,
      before: hook('echo no disk >&2; exit 7', { outcome }),
    });
    const result = await it.result();
    assert.equal(result.ending, ending);
    assert.equal(existsSync(it.at(`home/${outcome}`)), works);
    assert.equal(it.read('home/order').trim(), order);
    assert.ok(
      (await it.log()).some((line) => /^warning: Hook before: .*code 7\. no disk/.test(line)),
    );
    if (outcome === 'ignore') continue;
    assert.equal(result.error?.code, 'hook-failed');
    assert.match(result.error?.text ?? '', /The hook before failed: .*no disk/);
  }
});

test('a hook that fails after its session does not change how that ended', async (t) => {
  const it = commandRig(t);
  await put(it, shell('true'), { after: hook('exit 1', { outcome: 'fatal' }) });
  assert.equal((await it.result()).ending, 'succeeded');
  assert.match((await it.log()).at(-1) ?? '', /^warning: Hook after: .*exit code 1/);
});

test('a hook that takes longer than its time is stopped, and a program that is missing is said', async (t) => {
  const it = commandRig(t);
  await put(it, shell('true'), {
    before: hook('exec sleep 1000', { timeoutMs: 200, outcome: 'fatal' }),
    'on-failure': { ...hook(''), command: ['no-such-program'] },
  });
  const { ending, error } = await it.result();
  assert.deepEqual([ending, error?.code], ['failed', 'hook-failed']);
  assert.match(error?.text ?? '', /200 ms|0\.2 s/);
  assert.match((await it.log()).at(-1) ?? '', /^warning: Hook on-failure: .*no-such-program/);
});

test('a dry run has no hooks', async (t) => {
  const it = commandRig(t);
  it.write('home/order', '');
  const lines = [
    { is: 'change', match: '^\\+ (?<path>.*)', set: { kind: 'create', side: 'left' } },
  ];
  const prepare = { command: ['echo', '+ a'] };
  await put(it, shell('touch ran', { lines, prepare }), all);
  assert.equal((await it.run({ planOnly: true })).phase, 'planned');
  assert.equal(it.read('home/order'), '');
});

/** Resolves with the request once the file is there. */
async function begun(it: CommandRig, file: string) {
  const request = await it.manager.invoke({
    trigger: 'manual',
    partnerships: ['it'],
    startNow: true,
    interactive: false,
  });
  while (!existsSync(it.at(file))) await new Promise((resolve) => setTimeout(resolve, 10));
  return request;
}

test('a stop reaches a before at work: it is ended, and its session is stopped', async (t) => {
  const it = commandRig(t);
  await put(it, shell('touch ran'), { before: hook('touch ready; exec sleep 1000') });
  const { id } = await begun(it, 'home/ready');
  it.manager.stop(null);
  const [session] = await it.manager.whenEnded(id);
  assert.ok(session);
  assert.equal(resultOf(session).ending, 'stopped');
  assert.equal(existsSync(it.at('home/ran')), false);
});

test('a stop after the end reaches an after at work', async (t) => {
  const it = commandRig(t);
  await put(it, shell('true'), { after: hook('touch ready; exec sleep 1000') });
  const { id } = await begun(it, 'home/ready');
  it.manager.stop(null);
  const [session] = await it.manager.whenEnded(id);
  assert.equal(session?.phase, 'succeeded');
  assert.match((await it.log()).at(-1) ?? '', /Hook after: .*it was stopped/);
});

test('a manager that closes gives the hooks of what it has stopped a grace, and no more', async (t) => {
  const it = commandRig(t);
  await put(it, shell('touch ready; exec sleep 1000'), {
    after: hook(
      'echo "$SYNCMGR_RESULT" > after; trap "echo asked > asked; exit" TERM; sleep 1000 & wait',
    ),
  });
  await begun(it, 'home/ready');
  await it.manager.close();
  assert.equal(it.read('home/after').trim(), 'stopped');
  assert.equal(it.read('home/asked').trim(), 'asked');
});

test('a hook is given its secrets by reference, and nothing it prints or fails with shows them', async (t) => {
  const it = commandRig(t);
  it.secrets.set('keyring:ping/me', 'hunter22');
  const secrets = { KEY: 'keyring:ping/me' };
  const command = 'printf "$KEY" > got; echo "it is $KEY"; echo "last $KEY" >&2; exit 3';
  await put(it, shell('true'), { after: hook(command, { secrets }) });
  const { id } = await it.run();
  assert.equal(it.read('home/got'), 'hunter22');
  const lines = await it.store.log.list({ session: id });
  assert.ok(lines.some(({ text }) => text.startsWith('it is ')));
  assert.ok(lines.some(({ text }) => text.startsWith('Hook after:')));
  assert.ok(!JSON.stringify(lines).includes('hunter22'));
});

test('a hook whose secret cannot be had is not run, and that is its failure', async (t) => {
  const it = commandRig(t);
  const secrets = { KEY: 'env:NONE' };
  const before = hook('touch ran', { secrets, outcome: 'fatal' });
  await put(it, shell('true'), { before });
  const { phase, result } = await it.run();
  assert.equal(phase, 'failed');
  assert.match(result?.error?.text ?? '', /env:NONE/);
  assert.ok(!existsSync(it.at('home/ran')));
});
