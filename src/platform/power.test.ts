import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type PowerBed, powerConformance } from '../../test/conformance/power.ts';
import { PrivateBus } from '../../test/support/private-bus.ts';
import type { PendingEnd } from '../ports/power.ts';
import { openBus } from './dbus.ts';
import { openPower } from './power.ts';

const login = ['org.freedesktop.login1', '/org/freedesktop/login1'] as const;
const manager = 'org.freedesktop.login1.Manager';
const upower = ['org.freedesktop.UPower', '/org/freedesktop/UPower'] as const;
const battery = '/org/freedesktop/UPower/devices/DisplayDevice';
const ends: Readonly<Record<string, string>> = {
  Suspend: 'sleep',
  Hibernate: 'hibernate',
  PowerOff: 'shutdown',
};
const signals = { sleep: 'PrepareForSleep', shutdown: 'PrepareForShutdown' } as const;

const system = await PrivateBus.start();
// The program that holds the lock finds the bus by it.
process.env.DBUS_SYSTEM_BUS_ADDRESS = system.address;
const bus = openBus(system.address);

before(async () => {
  await system.mock('logind', login[0]);
  await system.mock('upower', upower[0], { OnBattery: false });
  const mock = 'org.freedesktop.DBus.Mock';
  const delay = ['InhibitDelayMaxUSec', 't', '7000000'];
  await system.call(...login, mock, 'AddProperty', 'ssv', manager, ...delay);
});
after(async () => {
  bus.close();
  await system.stop();
});

const tell = (kind: PendingEnd['kind'], isComing: boolean) =>
  system.signal(...login, manager, signals[kind], 'b', '1', 'b', String(isComing));

const bed: PowerBed = {
  power: openPower(bus),
  budgetMs: 7_000,
  plug: async ({ onBattery, charge }) => {
    const device = 'org.freedesktop.UPower.Device';
    await system.update(upower[0], battery, device, [
      ['IsPresent', 'b', 'true'],
      ['Percentage', 'd', String((charge ?? 0) * 100)],
    ]);
    await system.update(...upower, upower[0], [['OnBattery', 'b', String(onBattery)]]);
  },
  announce: (kind) => tell(kind, true),
  goOn: (kind) => tell(kind, false),
  isWaiting: async () => {
    const list = await system.call(...login, manager, 'ListInhibitors');
    return list.includes('"sleep:shutdown" "syncmgr"') && list.includes('"delay"');
  },
  ended: async () => {
    const calls = await system.call(...login, 'org.freedesktop.DBus.Mock', 'GetCalls');
    const names = [...calls.matchAll(/"(Suspend|Hibernate|PowerOff)"/g)];
    return names.map(([, name = '']) => ends[name] ?? name);
  },
  refuse: async () => {
    const canPowerOff = ['CanPowerOff', '', 's', "ret = 'challenge'"];
    await system.call(
      ...login,
      'org.freedesktop.DBus.Mock',
      'AddMethod',
      'sssss',
      manager,
      ...canPowerOff,
    );
  },
};

powerConformance('power through UPower and logind', bed);

test('without a bus, sleep and shutdown are refused with a reason, and nobody waits', async () => {
  const none = openBus('unix:path=/nowhere/at/all');
  const power = openPower(none);
  await assert.rejects(power.end('shutdown'), { code: 'system-unable' });
  await assert.rejects(power.requireEnd('shutdown'), { code: 'system-unable' });
  const state = await power.state();
  assert.ok(state.onBattery === false || state.onBattery === null || state.charge !== null);
  power.onPending(async () => {})();
  none.close();
});
