import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { secretsConformance } from '../../test/conformance/secrets.ts';
import { processes } from './processes.ts';
import { openSecrets } from './secrets.ts';

const home = mkdtempSync(join(tmpdir(), 'syncmgr-secrets-'));
after(() => rmSync(home, { recursive: true, force: true }));

function planted(name: string, content: string, mode = 0o600): string {
  const path = join(home, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const own = planted('own', 'from a file\n');
const key = planted('key', '-----BEGIN-----\r\nabc\r\n-----END-----\r\n');
const open = planted('open', 'seen by all\n', 0o644);
const group = planted('group', 'seen by some\n', 0o640);
const huge = planted('huge', 'x'.repeat(70_000));
const empty = planted('empty', '\n');
const link = join(home, 'link');
symlinkSync(own, link);
const pipe = join(home, 'pipe');
spawnSync('mkfifo', ['-m', '600', pipe]);

const environment = { PATH: process.env.PATH, MAIL_PASSWORD: 'from the environment', VOID: '' };
const secrets = openSecrets({ environment, home, processes, limitMs: 20_000 });

secretsConformance('secrets of this system', {
  secrets,
  present: {
    'env:MAIL_PASSWORD': 'from the environment',
    [`file:${own}`]: 'from a file',
    'file:~/own': 'from a file',
    [`file:${link}`]: 'from a file',
    [`file:${key}`]: '-----BEGIN-----\r\nabc\r\n-----END-----',
    "command:sh -c 'echo from a program'": 'from a program',
    'command:sh -c "echo $MAIL_PASSWORD"': 'from the environment',
    'command: printf %s from\\ printf': 'from printf',
  },
  absent: {
    'env:NOT_SET': /not set/,
    'env:VOID': /empty/,
    [`file:${open}`]: /others can read it/,
    [`file:${group}`]: /others can read it/,
    [`file:${huge}`]: /larger/,
    [`file:${empty}`]: /empty/,
    [`file:${home}`]: /not a file/,
    [`file:${pipe}`]: /not a file/,
    'file:~/none': /no such file/,
    'file:own': /from \/ or ~ on/,
    "command:sh -c 'echo half a secret; echo more >&2; exit 3'": /ended with 3/,
    'command:no-such-program': /cannot be started/,
    'command:sh -c "open': /no end/,
    'command:yes a-flood': /printed more/,
    'keyring:mail': /SERVICE\/ACCOUNT/,
  },
  planted: ['seen by all', 'seen by some', 'half a secret,', 'xxxx'],
});

test('CF-06 a program that gives no answer is ended with all it has started', async () => {
  const hasty = openSecrets({ environment, home, processes, limitMs: 300 });
  await assert.rejects(hasty.resolve("command:sh -c 'sleep 600 & sleep 600'"), /within 0.3 s/);
});

test('CF-06 the key store of the system gives what was put there, in a session of its own', () => {
  const { status, stdout, stderr } = spawnSync(
    'dbus-run-session',
    [
      '--',
      'sh',
      '-c',
      unlockedKeyring,
      'sh',
      process.execPath,
      join(import.meta.dirname, 'secrets.ts'),
    ],
    {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      timeout: 120_000,
      env: { PATH: process.env.PATH ?? '', HOME: home, XDG_RUNTIME_DIR: home },
    },
  );
  assert.equal(status, 0, stderr);
  assert.equal(stdout.trim(), 'kept well|secret-missing');
});

const unlockedKeyring = `
printf %s word | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null 2>&1 &
daemon=$!
exec 3>&1
"$1" --input-type=module -e '
const [module] = process.argv.slice(-1);
const { AsyncEntry } = await import("@napi-rs/keyring");
const { openSecrets } = await import(module);
const entry = new AsyncEntry("syncmgr-test", "me", { linux: { store: "secret-service" } });
for (let turn = 0; turn < 100; turn++) {
  try { await entry.setPassword("kept well"); break; } catch { await new Promise((next) => setTimeout(next, 100)); }
}
const secrets = openSecrets({ environment: {}, home: "/", processes: null });
const there = await secrets.resolve("keyring:syncmgr-test/me");
const none = await secrets.resolve("keyring:syncmgr-test/you").catch(({ code }) => code);
console.log(there + "|" + none);
' -- "$2"
code=$?
kill $daemon
exit $code
`;
