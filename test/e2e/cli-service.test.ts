// The service as a person installs it, with a systemctl that writes down what it is told.
import assert from 'node:assert/strict';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliRig } from '../support/cli-rig.ts';

if (process.platform === 'linux') {
  test('service install writes the unit and starts it, status says so, uninstall takes it away', async (t) => {
    const it = cliRig(t);
    const programs = join(it.folder, 'programs');
    it.write('programs/systemctl', `#!/bin/sh\necho "$@" >> ${it.folder}/told\n`);
    chmodSync(join(programs, 'systemctl'), 0o755);
    const rig = cliRig(t, { PATH: `${programs}:${process.env.PATH}` });
    const file = join(rig.folder, 'config/systemd/user/syncmgr.service');

    const print = await rig.syncmgr('service', 'install', '--print');
    assert.equal(print.code, 0, print.err);
    assert.match(print.out, /^\[Unit\]\n/);
    assert.equal(existsSync(file), false);

    const before = await rig.syncmgr('service', 'status');
    assert.match(before.out, /is not installed/);

    const install = await rig.syncmgr('service', 'install');
    assert.equal(install.code, 0, install.err);
    assert.equal(rig.read('config/systemd/user/syncmgr.service'), print.out);
    assert.deepEqual(it.read('told').trim().split('\n').slice(0, 2), [
      '--user daemon-reload',
      '--user enable --now syncmgr.service',
    ]);

    const status = await rig.syncmgr('service', 'status', '--json');
    const [shape] = status.out.split('\n').map((line) => JSON.parse(line || 'null'));
    assert.equal(shape.installed, true);
    assert.equal(shape.running, true);

    const uninstall = await rig.syncmgr('service', 'uninstall');
    assert.equal(uninstall.code, 0, uninstall.err);
    assert.equal(existsSync(file), false);
    assert.match(it.read('told'), /--user disable --now syncmgr\.service/);
    assert.equal((await rig.syncmgr('service', 'uninstall')).code, 0);
  });

  test('a system that refuses the service says why, and for whom it cannot be', async (t) => {
    const it = cliRig(t);
    it.write('programs/systemctl', '#!/bin/sh\necho "Failed to connect to bus" >&2\nexit 1\n');
    chmodSync(join(it.folder, 'programs/systemctl'), 0o755);
    const rig = cliRig(t, { PATH: `${join(it.folder, 'programs')}:${process.env.PATH}` });
    const refused = await rig.syncmgr('service', 'install');
    assert.notEqual(refused.code, 0);
    assert.match(refused.err, /cannot start syncmgr\.service: Failed to connect to bus/);
    const nobody = await rig.syncmgr('service', 'install', '--system', '--as', 'nobody-at-all');
    assert.match(nobody.err, /nobody-at-all is not known/);
  });
}
