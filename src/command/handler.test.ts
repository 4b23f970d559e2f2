// Programs of every kind as items, under the real manager: what is seen of them, and how they end.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { commandRig, resultOf } from '../../test/support/command-rig.ts';
import type { JsonObject } from '../model/json.ts';
import { processes } from '../platform/processes.ts';

const shell = (command: string, more: JsonObject = {}): JsonObject => ({
  ...more,
  synchronize: { command, shell: true, ...(more.synchronize as JsonObject | undefined) },
});

test('a program that ends with 0 has succeeded, and what it prints is in the log', async (t) => {
  const it = commandRig(t);
  await it.put({ synchronize: { command: ['printf', '%s\n', 'a  b', '$HOME', '{item}'] } });
  assert.equal((await it.result()).ending, 'succeeded');
  assert.deepEqual(await it.log(), [
    'information: a  b',
    'information: $HOME',
    'information: command',
  ]);
});

test('an exit code means what the settings say: result, class, words', async (t) => {
  const it = commandRig(t);
  const exit = { '3': 'succeeded', '4': { as: 'auth', text: 'sign in again.' }, '5': 'problems' };
  const cases = [
    ['exit 3', 'succeeded', undefined, undefined],
    ['exit 4', 'failed', 'auth', /exit code 4\. sign in again\./],
    ['echo half done; exit 5', 'partial', undefined, undefined],
    ['echo why >&2; exit 9', 'failed', 'temporary', /sh failed: exit code 9\. why/],
    ['kill -9 $$', 'failed', 'temporary', /signal SIGKILL/],
  ] as const;
  for (const [script, ending, retry, text] of cases) {
    await it.put(shell(script, { exit }));
    const result = await it.result();
    assert.deepEqual([result.ending, result.error?.retry], [ending, retry], script);
    if (text !== undefined) assert.match(result.error?.text ?? '', text);
  }
});

test('a line can say why it fails, and its class outranks that of the exit code', async (t) => {
  const it = commandRig(t);
  const lines = [{ is: 'failure', match: '(?<text>quota .*)', set: { class: 'quota' } }];
  await it.put(shell('echo disk: quota exceeded >&2; exit 1', { lines }));
  const { error } = await it.result();
  assert.deepEqual([error?.retry, error?.text], ['quota', 'The program sh failed: quota exceeded']);
});

test('a program sees the short list of variables, its own, and its secrets, which nobody reads', async (t) => {
  const it = commandRig(t);
  it.secrets.set('keyring:it/me', 'hunter22');
  await it.put({
    environment: { OWN: 'value', STATE: '{state}' },
    inherit: ['NOT_THERE'],
    secrets: { PASSWORD: 'keyring:it/me' },
    synchronize: { command: 'env; echo the password is $PASSWORD; exit 1', shell: true },
  });
  const { error } = await it.result();
  const log = await it.log();
  const names = log.map((line) => /^\w+: (\w+)=/.exec(line)?.[1]).filter((name) => name);
  const own = ['PWD', 'OLDPWD', 'SHLVL', '_'];
  assert.deepEqual(names.filter((name) => !own.includes(name ?? '')).sort(), [
    'HOME',
    'OWN',
    'PASSWORD',
    'PATH',
    'STATE',
    'SYNCMGR_HOME',
    'SYNCMGR_ITEM',
    'SYNCMGR_PARTNERSHIP',
    'SYNCMGR_STATE',
    'SYNCMGR_SUBJECT',
  ]);
  assert.ok(log.includes(`information: STATE=${it.at('state/commands/it')}`));
  assert.doesNotMatch(log.join() + error?.text, /hunter22/);
  assert.ok(log.includes('information: the password is •••'));
});

test('a secret that cannot be had fails the item before its program is started', async (t) => {
  const it = commandRig(t);
  await it.put(shell('touch ran', { secrets: { PASSWORD: 'env:NONE' } }));
  assert.equal((await it.result()).ending, 'failed');
  assert.equal(existsSync(it.at('home/ran')), false);
});

test('a name of an item is one argument, and to a shell a variable, whatever stands in it', async (t) => {
  const it = commandRig(t);
  const name = 'x; touch {subject} $(touch owned)';
  await it.put({ items: [name], synchronize: { command: ['echo', '{item}'] } });
  await it.result();
  assert.deepEqual(await it.log(), [`information: ${name}`]);
  await it.put(shell('echo "$SYNCMGR_ITEM" {item}', { items: [name] }));
  await it.result();
  assert.deepEqual(await it.log(), [`information: ${name} {item}`]);
  assert.equal(existsSync(it.at('home/owned')), false);
});

test('items are a list, or what a program lists; one that fails does not keep the others', async (t) => {
  const it = commandRig(t);
  const items = {
    command: 'echo one; echo two The second; echo three',
    shell: true,
    lines: [{ is: 'item', match: '^(?<id>\\w+)(?: (?<name>.+))?$' }],
  };
  await it.put(shell('test "$SYNCMGR_ITEM" != two', { items }));
  const { items: results, ending, error } = await it.result();
  assert.deepEqual(
    results.map(({ item, name, status }) => [item, name, status]),
    [
      ['one', 'one', 'succeeded'],
      ['two', 'The second', 'failed'],
      ['three', 'three', 'succeeded'],
    ],
  );
  assert.deepEqual([ending, error?.code], ['partial', 'command-failed']);
});

test('a dry run becomes the plan, by expressions and by JSON lines', async (t) => {
  const it = commandRig(t);
  const lines = [
    { is: 'change', match: '^\\+ (?<path>.*)', set: { kind: 'create', side: 'left' } },
    {
      is: 'change',
      json: { action: '^del$' },
      take: { path: 'path', bytes: 'size' },
      set: { kind: 'delete' },
    },
    { is: 'known', match: '^has (?<count>\\d+)' },
  ];
  await it.put({
    lines,
    prepare: {
      command: `echo '{"action":"del","path":"b","size":3}'; echo + a; echo has 9`,
      shell: true,
    },
    synchronize: { command: ['touch', 'ran'] },
  });
  const dry = await it.run({ planOnly: true });
  assert.equal(dry.phase, 'planned');
  const { changes } = await it.waiting();
  assert.deepEqual(changes, [
    { item: 'command', side: 'left', kind: 'create', path: 'a', bytes: 0 },
    { item: 'command', side: 'right', kind: 'delete', path: 'b', bytes: 3 },
  ]);
  assert.equal(existsSync(it.at('home/ran')), false);
  assert.equal((await it.result()).ending, 'succeeded');
  assert.equal(existsSync(it.at('home/ran')), true);
});

test('an alarm of the dry run halts; what is approved is run with the arguments for that', async (t) => {
  const it = commandRig(t);
  await it.put({
    lines: [{ is: 'alarm', match: '^DANGER (?<text>.*)', set: { guard: 'danger' } }],
    prepare: { command: ['sh', '-c', 'echo DANGER all is other; exit 7'] },
    synchronize: { command: ['echo', 'now', '{approved}'], approved: ['--force'] },
  });
  assert.equal((await it.result()).ending, 'halted');
  const { plan } = await it.waiting();
  assert.deepEqual(
    plan.halts.map(({ guard, text }) => [guard, text]),
    [['danger', 'all is other']],
  );
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.equal(done?.phase, 'succeeded');
  assert.deepEqual(await it.log(), ['information: now --force']);
});

test('conflicts and problems in the output are in the inbox and in the log', async (t) => {
  const it = commandRig(t);
  const lines = [
    { is: 'conflict', match: '^both: (?<path>.*)' },
    { is: 'problem', match: '^bad (?<path>\\S+): (?<text>.*)' },
  ];
  const resolve = { left: { command: ['touch', 'kept {subject}'] } };
  await it.put(shell('echo both: a.txt; echo bad b.txt: too long', { lines, resolve }));
  const result = await it.result();
  assert.deepEqual([result.ending, result.problems, result.conflicts], ['partial', 1, 1]);
  const [conflict] = await it.store.conflicts.list({ states: ['open'] });
  assert.equal(conflict?.subject, 'a.txt');
  const id = conflict?.id ?? '';
  const keep = (side: string) => it.manager.resolve(id, { choice: 'keep', side });
  await assert.rejects(keep('right'), { code: 'command-unresolvable' });
  assert.equal((await keep('left')).state, 'resolved');
  assert.equal(existsSync(it.at('home/kept a.txt')), true);
  await it.put(shell('true', { lines }));
  assert.equal((await it.result()).ending, 'succeeded');
});

test('HN-11 a flood of lines is cut in the middle, and its end is kept', async (t) => {
  const it = commandRig(t);
  await it.put(shell('yes "a line of it" | head -n 200000; echo the last'));
  assert.equal((await it.result()).ending, 'succeeded');
  const log = await it.log();
  assert.equal(log.length, 200 + 1 + 20);
  assert.match(log[200] ?? '', /199781 lines are left out here/);
  assert.equal(log.at(-1), 'information: the last');
});

test('a program that takes too long, or is quiet too long, is stopped with its children', async (t) => {
  const it = commandRig(t);
  const cases = [
    [{ timeout: '300ms' }, 'command-overdue', 'while :; do echo x; sleep 0.05; done'],
    [{ silence: '300ms' }, 'command-silent', 'sleep 100'],
  ] as const;
  for (const [limit, code, script] of cases) {
    await it.put(shell(`echo $$ > pid; ${script}`, { synchronize: limit }));
    const { error, items } = await it.result();
    assert.deepEqual([error?.code, error?.retry, items[0]?.status], [code, 'temporary', 'failed']);
    await gone(Number(it.read('home/pid')));
  }
});

const deafProgram = 'trap "" TERM INT; touch ready; while :; do sleep 0.1; done';
const stubborn = (t: TestContext) => {
  const it = commandRig(t);
  const settings = shell(deafProgram, { stop: { signal: 'SIGINT', grace: '200ms' } });
  return { it, settings, ready: () => existsSync(it.at('home/ready')) };
};

test('a program that is skipped and does not listen is killed after its grace', async (t) => {
  const { it, settings, ready } = stubborn(t);
  await it.put(settings);
  const { session, ended } = await it.begun(ready);
  it.manager.skip(session, 'command');
  const { items, error } = resultOf(await ended());
  assert.deepEqual([items[0]?.status, error], ['skipped', null]);
});

test('a stop reaches a program in its dry run too', async (t) => {
  const { it, settings, ready } = stubborn(t);
  await it.put({ ...settings, prepare: settings.synchronize ?? null });
  const request = await it.manager.invoke({
    trigger: 'manual',
    partnerships: ['it'],
    startNow: true,
  });
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 10));
  it.manager.stop(null);
  const [session] = await it.manager.whenEnded(request.id);
  assert.equal(session?.phase, 'stopped');
});

test('a program is paused and goes on, and the time between does not count', async (t) => {
  const it = commandRig(t);
  const script = 'echo $$ > p; mv p pid; exec sleep 2';
  await it.put(shell(script, { synchronize: { timeout: '20s', silence: '5s' } }));
  const { session, ended } = await it.begun(() => existsSync(it.at('home/pid')));
  it.manager.pause(session);
  const state = () =>
    /\) (\w)/.exec(readFileSync(`/proc/${Number(it.read('home/pid'))}/stat`, 'utf8'))?.[1];
  while (state() !== 'T') await new Promise((resolve) => setTimeout(resolve, 10));
  it.manager.resume(session);
  assert.equal((await ended()).phase, 'succeeded');
});

test('what a program leaves behind holds nobody up, and is ended', async (t) => {
  const it = commandRig(t);
  await it.put(shell('sleep 1000 & echo $! > child'));
  assert.equal((await it.result()).ending, 'succeeded');
  const child = Number(it.read('home/child'));
  await gone(child);
});

async function gone(pid: number): Promise<void> {
  for (let turn = 0; turn < 500 && isThere(pid); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(isThere(pid), false);
}

function isThere(pid: number): boolean {
  return /^State:\s+[^Z]/m.test(statusOf(pid)) && processes.self.pid !== pid;
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

test('a program that is missing says how to install it; one that is too old says what is needed', async (t) => {
  const it = commandRig(t);
  const missing = { program: 'no-such-program', debian: 'the-package', brew: 'the-formula' };
  await it.put({ requires: missing, synchronize: { command: ['no-such-program'] } });
  const { error } = await it.result();
  assert.equal(error?.code, 'command-missing');
  assert.match(error?.text ?? '', /apt install the-package, or: brew install the-formula/);
  const version = { arguments: ['v 1.2'], match: 'v (?<version>[\\d.]+)', least: '1.10' };
  await it.put({
    requires: { program: 'echo', version },
    synchronize: { command: ['touch', 'ran'] },
  });
  assert.equal((await it.result()).error?.code, 'command-too-old');
  assert.equal(existsSync(it.at('home/ran')), false);
});

test('settings that are wrong are refused with the key, a preset by its parameters', async (t) => {
  const it = commandRig(t);
  const cases: [JsonObject, RegExp][] = [
    [{}, /setting synchronize is wrong/],
    [{ synchronize: { command: 'ls -l' } }, /synchronize\.command is wrong: it must be a list/],
    [{ synchronize: { command: ['a'] }, tiemout: 3 }, /setting tiemout is wrong/],
    [{ synchronize: { command: ['a'], timeout: 'soon' } }, /synchronize\.timeout .* such as 30s/],
    [{ preset: 'resync' }, /setting preset is wrong: it must be one of rsync/],
    [{ preset: 'rsync', right: '/b' }, /setting left is wrong: it is missing: the folder to copy/],
    [{ preset: 'rsync', left: 'docs', right: '/b' }, /setting left is wrong: .*absolute path/],
  ];
  for (const [settings, text] of cases) {
    await it.put(settings);
    assert.match((await it.result()).error?.text ?? '', text);
  }
});
