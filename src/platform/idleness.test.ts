import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { idlenessConformance } from '../../test/conformance/idleness.ts';
import { PrivateBus } from '../../test/support/private-bus.ts';
import { openBus } from './dbus.ts';
import { openIdleness } from './idleness.ts';

const login = ['org.freedesktop.login1', '/org/freedesktop/login1'] as const;
const manager = 'org.freedesktop.login1.Manager';

const folder = mkdtempSync(join(tmpdir(), 'syncmgr-idle-'));
const system = await PrivateBus.start();
const bus = openBus(system.address);

before(() => system.mock('logind', login[0]));
after(async () => {
  bus.close();
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function hint(idleMs: number | null): Promise<void> {
  const since = idleMs === null ? 0 : (Date.now() - idleMs) * 1_000;
  await system.update(...login, manager, [
    ['IdleHint', 'b', String(idleMs !== 0)],
    ['IdleSinceHint', 't', String(Math.round(since))],
  ]);
}

idlenessConformance('idleness by logind', {
  idleness: openIdleness({ system: bus, session: null, terminals: [], display: null }),
  idle: hint,
});

// A program of that name, as a desktop of X has it.
const file = join(folder, 'idle');
const program = join(folder, 'xprintidle');
writeFileSync(program, `#!/bin/sh\ncat ${file}\n`);
chmodSync(program, 0o755);
const path = process.env.PATH ?? '';

idlenessConformance('idleness by the X server', {
  idleness: openIdleness({ system: bus, session: null, terminals: [], display: ':0' }),
  idle: async (ms) => {
    process.env.PATH = `${folder}:${path}`;
    await hint(null);
    writeFileSync(file, ms === null ? 'cannot open display' : String(ms));
  },
});

test('somebody at a terminal is there, whatever the desktop thinks', async () => {
  const terminals = join(folder, 'terminals');
  const idleness = openIdleness({
    system: bus,
    session: null,
    terminals: [terminals],
    display: null,
  });
  await hint(3_600_000);
  assert.ok(((await idleness.idleMs()) ?? 0) >= 3_600_000);
  mkdirSync(terminals);
  writeFileSync(join(terminals, '0'), 'typed');
  readFileSync(join(terminals, '0'));
  assert.ok(((await idleness.idleMs()) ?? 3_600_000) < 600_000);
});
