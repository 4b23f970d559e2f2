// Twenty secrets, planted wherever secrets can be kept and handed to whoever can be handed some, are
// found nowhere afterwards: not in the store, the log, the events, what the program prints, what its
// API answers, or the list of processes.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type DaemonRig, daemonRig } from '../support/daemon-rig.ts';
import { PrivateBus } from '../support/private-bus.ts';

const secretOf = (place: string, n: number) => `planted-${place}-${n}-Zq7"x&${n}${n}`;
const five = [1, 2, 3, 4, 5];

/** Says everything it knows, in every way it has. */
const leaky = `
export const handler = {
  name: 'leaky',
  open: async ({ settings }) => {
    let callback;
    const all = Object.values(settings);
    const forms = (value) => [value, encodeURIComponent(value), JSON.stringify(value), btoa(value), 'https://me:' + value + '@host/?q=' + encodeURIComponent(value)];
    const line = { item: 'a', level: 'error', errorId: 'e', jump: true, subject: null, code: null };
    return {
      describe: async () => ({ name: 'Leaky', hasProperties: false, alwaysListed: true }),
      items: async () => ({ complete: true, items: [{ id: 'a', name: 'A', checked: true, hasProperties: false, temporary: false, lastUpdate: null }] }),
      attach: async (given) => { callback = given; },
      prepare: async () => {
        for (const value of all) for (const form of forms(value)) {
          callback.log({ ...line, text: 'read ' + form });
          callback.progress('a', { text: form });
        }
        await callback.ask({ title: all.join(), schema: {}, values: settings });
        return { ended: { outcome: 'ready', plan: null } };
      },
      synchronize: async () => { throw new Error('refused: ' + all.map(forms).flat().join(' ')); },
      setItemStatus: () => {},
      close: async () => {},
    };
  },
};`;

test('CF-06 twenty planted secrets are found nowhere', async (t) => {
  const session = await PrivateBus.start();
  t.after(() => session.stop());
  const environment = Object.fromEntries(five.map((n) => [`PLANTED_${n}`, secretOf('env', n)]));
  const it = daemonRig(t, { ...environment, DBUS_SESSION_BUS_ADDRESS: session.address });
  const references = await plant(it, session.address, t);
  const secrets = Object.values(references);
  assert.equal(secrets.length, 20);
  configure(it, Object.keys(references));

  const seen: string[] = [];
  const up = await it.up('--port', '0', '--json');
  const ends = new AbortController();
  t.after(() => ends.abort());
  const processes = commandLines(ends.signal);
  for (const words of [
    ['run', 'leaky', '-vv'],
    ['run', 'program', '-vv', '--json'],
    ['run', '--all'],
    ['plan', 'leaky'],
    ['status', '--json'],
    ['history', '--json'],
    ['log', '--json'],
    ['items', '--json'],
    ['handlers', '--json'],
    ['conflicts', '--json'],
    ['config', 'check', '--json'],
    ['doctor', '--json'],
  ]) {
    const { out, err } = await it.syncmgr(...words);
    seen.push(out, err);
  }
  const log = seen.join('\n');
  assert.match(log, /•••/);
  for (const path of [
    '/v1/events',
    '/v1/items',
    '/v1/sessions',
    '/v1/log',
    '/metrics',
    '/v1/partnerships',
  ]) {
    seen.push(await get(it, path));
  }
  ends.abort();
  seen.push(await processes, up.said());
  await it.syncmgr('down');
  seen.push(up.said());

  const places = { 'what was said': seen.join('\n'), ...storedBelow(join(it.folder, 'state')) };
  for (const [place, text] of Object.entries(places)) {
    for (const secret of secrets) {
      for (const form of [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
        btoa(secret),
      ]) {
        assert.ok(!text.includes(form), `${form} is in ${place}`);
      }
    }
  }
});

/** Reference → secret. */
async function plant(it: DaemonRig, bus: string, t: { after(work: () => void): void }) {
  const known: Record<string, string> = {};
  for (const n of five) {
    known[`env:PLANTED_${n}`] = secretOf('env', n);
    for (const source of ['file', 'command']) {
      const path = `kept/${source}-${n}`;
      it.write(path, `${secretOf(source, n)}\n`);
      chmodSync(join(it.folder, path), 0o600);
      const full = join(it.folder, path);
      known[source === 'file' ? `file:${full}` : `command:cat "${full}"`] = secretOf(source, n);
    }
    known[`keyring:planted/${n}`] = secretOf('keyring', n);
  }
  const env = {
    PATH: process.env.PATH,
    HOME: join(it.folder, 'home'),
    XDG_RUNTIME_DIR: it.folder,
    DBUS_SESSION_BUS_ADDRESS: bus,
  };
  const keyring = spawn(
    'gnome-keyring-daemon',
    ['--unlock', '--foreground', '--components=secrets'],
    { env, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  t.after(() => void keyring.kill());
  keyring.stdin?.end('word');
  const put = `
    const { AsyncEntry } = await import('@napi-rs/keyring');
    const store = { linux: { store: 'secret-service' } };
    const put = async (n, value) => {
      for (let turn = 0; turn < 200; turn++) {
        try { return await new AsyncEntry('planted', n, store).setPassword(value); } catch { await new Promise((next) => setTimeout(next, 100)); }
      }
      throw new Error('no key store');
    };
    for (const [n, value] of Object.entries(JSON.parse(process.env.VALUES))) await put(n, value);`;
  const values = JSON.stringify(Object.fromEntries(five.map((n) => [n, secretOf('keyring', n)])));
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', put], {
    env: { ...env, VALUES: values },
    cwd: import.meta.dirname,
  });
  return known;
}

function configure(it: DaemonRig, references: readonly string[]): void {
  const named = (some: readonly string[], indent: string) =>
    some.map((one, n) => `${indent}KEY_${n}: ${JSON.stringify(one)}\n`).join('');
  it.write('config/syncmgr/leaky.js', leaky);
  it.write('config/syncmgr/config.yaml', 'handlers:\n  leaky: ./leaky.js\n');
  it.write(
    'config/syncmgr/items.d/leaky.yaml',
    `handler: leaky\nsettings:\n${named(references, '  ')}`,
  );
  const script = 'env; env >&2; exit 3';
  it.write(
    'config/syncmgr/items.d/program.yaml',
    `handler: command\nsettings:\n  synchronize: {command: [sh, -c, ${JSON.stringify(script)}]}\n  secrets:\n${named(references, '    ')}`,
  );
}

/** What the arguments of all processes were, until told to end. */
async function commandLines(signal: AbortSignal): Promise<string> {
  const lines = new Set<string>();
  while (!signal.aborted) {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        lines.add(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '));
      } catch {
        // It has ended.
      }
    }
    await pause(20);
  }
  return [...lines].join('\n');
}

async function get(it: DaemonRig, path: string): Promise<string> {
  const asked = request({ socketPath: it.socket(), path, headers: { host: 'localhost' } });
  asked.end();
  const [answer] = await once(asked, 'response');
  let text = '';
  // A stream of events does not end by itself.
  const enough = setTimeout(() => answer.destroy(), 2_000);
  try {
    for await (const part of answer) text += part;
  } catch {
    // Cut off by us.
  }
  clearTimeout(enough);
  return text;
}

function storedBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'latin1')]));
}
