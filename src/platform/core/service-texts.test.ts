import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ServicePlan, servicePlan } from './service-texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'syncmgr-service-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const facts = {
  command: [process.execPath, join(folder, 'a "b" $c %d <e> & f', 'syncmgr'), 'up'],
  home: '/var/people/someone',
  user: { name: 'someone', id: 1_000 },
  environment: { PATH: '/usr/bin:/opt/50% more/bin', LANG: 'C.UTF-8' },
  log: '/var/people/someone/manager.log',
};

function planFor(platform: string, scope: 'user' | 'system'): ServicePlan {
  const plan = servicePlan(platform, scope, facts);
  assert.ok(plan !== null);
  return plan;
}

for (const scope of ['user', 'system'] as const) {
  test(`a unit of the ${scope} passes the check of systemd itself`, () => {
    const plan = planFor('linux', scope);
    const file = join(folder, plan.name);
    writeFileSync(file, plan.text);
    const words = ['verify', `--${scope}`, '--man=no', '--recursive-errors=no', file];
    const { status, stdout, stderr } = spawnSync('systemd-analyze', words, {
      encoding: 'utf8',
      env: { ...process.env, XDG_RUNTIME_DIR: folder },
    });
    assert.equal(`${stdout}${stderr}`.trim(), '');
    assert.equal(status, 0);
  });
}

test('the check of systemd does find what is wrong', () => {
  const file = join(folder, 'wrong.service');
  writeFileSync(file, planFor('linux', 'system').text.replace('Type=notify', 'Type=nonsense'));
  const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
    encoding: 'utf8',
  });
  assert.match(stderr, /nonsense/);
});

test('words with signs that systemd reads otherwise reach the program as they are', () => {
  const { text } = planFor('linux', 'user');
  const line = /^ExecStart=(.*)$/m.exec(text)?.[1] ?? '';
  assert.match(line, /a \\"b\\" \$\$c %%d <e> & f\/syncmgr" "up"$/);
  assert.match(text, /^Environment="PATH=\/usr\/bin:\/opt\/50%% more\/bin"$/m);
});

test('a unit says when it is ready, is watched over, and has none of what would keep it from files', () => {
  for (const scope of ['user', 'system'] as const) {
    const { text } = planFor('linux', scope);
    for (const line of [
      'Type=notify',
      'NotifyAccess=all',
      'WatchdogSec=120',
      'Restart=on-failure',
    ]) {
      assert.ok(text.split('\n').includes(line), line);
    }
    const hindering =
      /^(ProtectHome|ProtectSystem|PrivateTmp|MemoryDenyWriteExecute|NoNewPrivileges|UMask|PrivateDevices)=/m;
    assert.doesNotMatch(text, hindering);
  }
  const { text, file } = planFor('linux', 'system');
  assert.match(text, /^User=someone$/m);
  assert.match(text, /^Environment="XDG_RUNTIME_DIR=\/run\/user\/1000"$/m);
  assert.equal(file, '/etc/systemd/system/syncmgr-someone.service');
});

test('the file for launchd is one that a reader of such files understands', () => {
  const { text } = planFor('darwin', 'user');
  const script =
    'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))';
  const plist = JSON.parse(
    execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8' }),
  );
  assert.deepEqual(plist.ProgramArguments, facts.command);
  assert.deepEqual(plist.EnvironmentVariables, facts.environment);
  assert.deepEqual(plist.KeepAlive, { SuccessfulExit: false });
  assert.equal(plist.RunAtLoad, true);
});

test('the task for Windows is sound XML, with the words quoted as Windows parts them', () => {
  const { text } = planFor('win32', 'user');
  const script = `import sys, xml.etree.ElementTree as t
root = t.fromstring(sys.stdin.read().split('?>', 1)[1])
space = '{http://schemas.microsoft.com/windows/2004/02/mit/task}'
print(root.find(f'.//{space}Arguments').text)`;
  const words = execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8' }).trim();
  assert.equal(words, `"${facts.command[1]?.replaceAll('"', '\\"')}" up`);
});

test('the commands of each system put the file into use, take it out, and look', () => {
  const commands = (platform: string, scope: 'user' | 'system') => {
    const { start, end, look } = planFor(platform, scope);
    return [...start, ...end, look].map((words) => words.join(' '));
  };
  assert.deepEqual(commands('linux', 'user'), [
    'systemctl --user daemon-reload',
    'systemctl --user enable --now syncmgr.service',
    'systemctl --user disable --now syncmgr.service',
    'systemctl --user is-active syncmgr.service',
  ]);
  assert.deepEqual(commands('linux', 'system'), [
    'systemctl daemon-reload',
    'systemctl enable --now syncmgr-someone.service',
    'systemctl disable --now syncmgr-someone.service',
    'systemctl is-active syncmgr-someone.service',
  ]);
  const agent = planFor('darwin', 'user').file;
  assert.deepEqual(commands('darwin', 'user'), [
    `launchctl bootstrap gui/1000 ${agent}`,
    'launchctl bootout gui/1000/syncmgr.manager',
    'launchctl print gui/1000/syncmgr.manager',
  ]);
  const task = planFor('win32', 'user').file;
  assert.deepEqual(commands('win32', 'user'), [
    `schtasks.exe /Create /TN syncmgr /XML ${task} /F`,
    'schtasks.exe /Run /TN syncmgr',
    'schtasks.exe /End /TN syncmgr',
    'schtasks.exe /Delete /TN syncmgr /F',
    'schtasks.exe /Query /TN syncmgr',
  ]);
});

test('a unit of the system starts with the computer, after the places of its person are there', () => {
  const { text } = planFor('linux', 'system');
  for (const line of [
    'Requires=user-runtime-dir@1000.service',
    'After=user-runtime-dir@1000.service network.target',
    'WantedBy=multi-user.target',
    'User=someone',
  ]) {
    assert.ok(text.split('\n').includes(line), line);
  }
});

test('where there is no such service there is no plan', () => {
  assert.equal(servicePlan('darwin', 'system', facts), null);
  assert.equal(servicePlan('freebsd', 'user', facts), null);
});
