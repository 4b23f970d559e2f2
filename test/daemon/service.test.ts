// The manager as a service: its configuration while it runs, its crashes, whoever watches over it, and
// what people read of it.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { trueClock } from '../../src/platform/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { binary, objects } from '../support/cli-rig.ts';
import { type DaemonRig, daemonRig, until } from '../support/daemon-rig.ts';

async function metricsOf(it: DaemonRig): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${it.port()}/metrics`, {
    headers: { authorization: `Bearer ${it.token()}` },
  });
  assert.equal(answer.status, 200);
  return answer.text();
}

test('CR-15 after five kills in ten minutes it comes up in safe mode, and says why', async (t) => {
  const it = daemonRig(t);
  await it.syncmgr('add', 'docs', 'left', 'right');
  for (let time = 0; time < 5; time += 1) {
    const { child, ended, said } = await it.up();
    assert.doesNotMatch(said(), /Safe mode/);
    child.kill('SIGKILL');
    await ended;
  }
  const { said } = await it.up();
  assert.match(said(), /Safe mode: nothing runs by itself/);
  assert.match((await it.syncmgr('status')).out, /Safe mode.*5 times in ten minutes/);
  assert.match(await metricsOf(it), /^syncmgr_safe_mode 1$/m);
  it.write('left/a.txt', 'x');
  assert.equal((await it.syncmgr('run', 'docs')).code, 0);
  assert.equal((await it.syncmgr('down')).code, 0);
  await it.up();
  assert.doesNotMatch((await it.syncmgr('status')).out, /Safe mode/);
});

test('CF-01 a file that breaks while it runs changes nothing, and is told with line and key', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  await it.syncmgr('add', 'docs', 'left', 'right');
  const { said } = await it.up();
  const file = join(it.configuration, 'items.d', 'docs.yaml');
  appendFileSync(file, 'rigth: /elsewhere\n');
  await until(() => /docs\.yaml:\d+: rigth: .* stays in force/.test(said()), said);
  assert.match((await it.syncmgr('status')).out, /docs\.yaml:\d+: rigth: there is no such key/);
  assert.equal((await it.syncmgr('config', 'reload')).code, 2);
  assert.match(await metricsOf(it), /^syncmgr_configuration_problems 1$/m);
  const run = await it.syncmgr('run', 'docs');
  assert.equal(run.code, 0, run.err);
  assert.deepEqual(it.files('right'), ['a.txt']);
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}-2\n`);
  await until(() => (said().match(/read anew: 1/g) ?? []).length > 0, said);
  assert.doesNotMatch((await it.syncmgr('status')).out, /no such key/);
});

test('CF-01 it does not start with defaults in place of a broken file: only its socket is opened', async (t) => {
  const it = daemonRig(t);
  it.write('config/syncmgr/config.yaml', 'api:\n  prot: 80\n');
  const { said } = await it.up('--json');
  assert.match(said(), /api\.prot|prot/);
  const told = objects((await it.syncmgr('status', '--json')).out);
  const about = told.find(({ type }) => type === 'manager');
  const service = about?.service as { addresses: string[]; problems: object[] };
  assert.ok(
    service.addresses.every((address) => address.startsWith('unix:')),
    `${service.addresses}`,
  );
  assert.equal(service.problems.length, 1);
});

test('commands beside a manager change nothing that it has to look at anew', async (t) => {
  const it = daemonRig(t);
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}\n`);
  await it.up();
  for (const words of [['status'], ['config', 'check'], ['items'], ['why', 'docs']]) {
    assert.equal((await it.syncmgr(...words)).code, 0);
  }
  await it.syncmgr('down');
  const { store } = openSqliteStore({ folder: join(it.folder, 'state/syncmgr'), clock: trueClock });
  const changes = (await store.events.list(0, 1_000)).filter(
    ({ type }) => type === 'partnership.changed',
  );
  await store.close();
  assert.equal(changes.length, 1);
});

test('SIGHUP lets it read its files anew', async (t) => {
  const it = daemonRig(t);
  const { child, said } = await it.up();
  it.write('config/syncmgr/items.d/docs.yaml', `left: ${it.left}\nright: ${it.right}\n`);
  child.kill('SIGHUP');
  await until(() => /read anew: 1 partnership/.test(said()), said);
});

test('CF-07 an edit by hand between the look and the change over the API is not overwritten', async (t) => {
  const it = daemonRig(t);
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.up();
  const address = `http://127.0.0.1:${it.port()}/v1/partnerships/docs`;
  const authorization = `Bearer ${it.token()}`;
  const read = await fetch(address, { headers: { authorization } });
  const file = join(it.configuration, 'items.d', 'docs.yaml');
  appendFileSync(file, 'mode: contribute\n');
  assert.equal((await it.syncmgr('config', 'reload')).code, 0);
  const change = await fetch(address, {
    method: 'PATCH',
    headers: {
      authorization,
      'content-type': 'application/json',
      'if-match': read.headers.get('etag') ?? '',
    },
    body: '{"enabled":false}',
  });
  assert.equal(change.status, 412);
  assert.match(it.read('config/syncmgr/items.d/docs.yaml'), /mode: contribute/);
});

test('CC-01 a run that is asked for while the manager runs the same waits for it or merges', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(1_500_000));
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  await it.up();
  const runs = await Promise.all([1, 2, 3].map(() => it.syncmgr('run', 'docs')));
  assert.deepEqual(
    runs.map(({ code }) => code),
    [0, 0, 0],
  );
  const sessions = objects((await it.syncmgr('history', '--json')).out);
  const spans = sessions.flatMap(({ type, startedAt, endedAt }) =>
    type === 'session' ? [[String(startedAt), String(endedAt)] as const] : [],
  );
  const ordered = spans.toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [at, [start]] of ordered.entries()) {
    assert.ok(at === 0 || start >= (ordered[at - 1]?.[1] ?? ''), 'two at the same time');
  }
});

test('a run of another process and the manager do not disturb each other', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(8_000_000));
  const alone = it.start('sync', 'left', 'right', '--bwlimit', '1M');
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  await it.up();
  assert.match((await it.syncmgr('status')).out, /synchronizing .*in process \d+/);
  const { code, err } = await alone.ended;
  assert.equal(code, 0, err);
  assert.match((await it.syncmgr('history')).out, /done/);
});

test('what waited when it was killed is taken up by the next one', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.bin', new Uint8Array(4_000_000));
  await it.syncmgr('add', 'docs', 'left', 'right', '--bwlimit', '1M');
  const first = await it.up();
  assert.equal((await it.syncmgr('run', 'docs', '--no-wait')).code, 0);
  await until(async () => /synchronizing/.test((await it.syncmgr('status')).out));
  first.child.kill('SIGKILL');
  await first.ended;
  await it.up();
  await until(async () => it.files('right').includes('a.bin'));
  const phases = objects((await it.syncmgr('history', '--json')).out).map(({ phase }) => phase);
  assert.ok(phases.includes('interrupted'), phases.join());
});

test('without a manager there is nobody to leave a run to: 3', async (t) => {
  const it = daemonRig(t);
  await it.syncmgr('add', 'docs', 'left', 'right');
  assert.equal((await it.syncmgr('run', 'docs', '--no-wait')).code, 3);
  assert.equal((await it.syncmgr('config', 'reload')).code, 3);
  assert.equal((await it.syncmgr('down')).code, 3);
});

test('systemd is told when it is ready and when it stops', async (t) => {
  const it = daemonRig(t);
  const socket = join(it.folder, 'notify');
  const listener = spawn('python3', [
    '-c',
    `import socket,sys
s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM); s.bind(${JSON.stringify(socket)})
print('bound',flush=True)
while True: print(s.recv(4096).decode().replace(chr(10),' '),flush=True)`,
  ]);
  t.after(() => listener.kill('SIGKILL'));
  let told = '';
  listener.stdout.on('data', (text) => {
    told += text;
  });
  await until(() => told.includes('bound'));
  const own = daemonRig(t, { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '400000' });
  const { child, ended } = await own.up();
  await until(
    () => /READY=1/.test(told) && (told.match(/WATCHDOG=1/g) ?? []).length > 2,
    () => told,
  );
  child.kill('SIGTERM');
  await ended;
  await until(
    () => /STOPPING=1/.test(told),
    () => told,
  );
});

test('the numbers name what Prometheus asks for, and hostile names stay names', async (t) => {
  const it = daemonRig(t);
  const item = { name: 'a"b\\c', left: it.left, right: it.right };
  it.write('config/syncmgr/items.d/odd.yaml', JSON.stringify(item));
  await it.up();
  await it.syncmgr('run', 'a"b\\c');
  const text = await metricsOf(it);
  assert.match(
    text,
    /^syncmgr_item_last_success_timestamp_seconds\{partnership="a\\"b\\\\c"\} \d+/m,
  );
  assert.match(text, /^syncmgr_run_total\{result="succeeded",trigger="manual"\} 1$/m);
  for (const line of text.split('\n')) assert.match(line, /^$|^#|^syncmgr_\w+(\{.*\})? [\d.e+-]+$/);
});

test('watch and log -f tell what happens as lines where nothing can be drawn', async (t) => {
  const it = daemonRig(t);
  it.write('left/a.txt', 'x');
  await it.syncmgr('add', 'docs', 'left', 'right');
  await it.up();
  const watch = it.start('watch');
  let told = '';
  watch.child.stdout?.on('data', (text) => {
    told += text;
  });
  await until(async () => {
    await it.syncmgr('run', 'docs');
    return /docs {2}done/.test(told);
  });
  watch.child.kill('SIGINT');
  assert.equal((await watch.ended).code, 0);
});

for (const shell of ['bash', 'zsh', 'fish'] as const) {
  const found = spawnable(shell);
  test(`${shell} completes commands, flags and names of partnerships`, {
    skip: !found && `no ${shell}`,
  }, async (t) => {
    const it = daemonRig(t);
    await it.syncmgr('add', 'my-docs', 'left', 'right');
    it.write('bin/syncmgr', `#!/bin/sh\nexec ${process.execPath} ${binary} "$@"\n`);
    const { chmodSync } = await import('node:fs');
    chmodSync(join(it.folder, 'bin/syncmgr'), 0o755);
    const complete = (...words: string[]) => completed(shell, it, words);
    assert.deepEqual(complete('hist'), ['history']);
    assert.deepEqual(complete('why', ''), ['my-docs']);
    assert.deepEqual(complete('pause', '--fo'), ['--for']);
  });
}

function spawnable(program: string): boolean {
  try {
    execFileSync(program, ['-c', 'true']);
    return true;
  } catch {
    return false;
  }
}

function completed(shell: 'bash' | 'zsh' | 'fish', it: DaemonRig, words: readonly string[]) {
  const line = ['syncmgr', ...words].join(' ');
  const quoted = ['syncmgr', ...words].map((word) => `'${word}'`).join(' ');
  const scripts = {
    bash: `source <(syncmgr completion bash); COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _syncmgr; printf '%s\\n' "\${COMPREPLY[@]}"`,
    zsh: `compdef() { :; }; compadd() { shift; print -l -- "$@"; }; _files() { :; }; source <(syncmgr completion zsh); words=(${quoted}); CURRENT=${words.length + 1}; _syncmgr`,
    fish: `syncmgr completion fish | source; complete -C ${JSON.stringify(line)}`,
  };
  const out = execFileSync(shell, ['-c', scripts[shell]], {
    env: {
      PATH: `${it.folder}/bin:${process.env.PATH}`,
      HOME: join(it.folder, 'home'),
      XDG_CONFIG_HOME: join(it.folder, 'config'),
      XDG_STATE_HOME: join(it.folder, 'state'),
      XDG_RUNTIME_DIR: join(it.folder, 'run'),
    },
  });
  return out
    .toString()
    .split('\n')
    .filter((one) => one !== '');
}
