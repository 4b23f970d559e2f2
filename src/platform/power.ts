// Electricity as this system tells it: on Linux UPower, where there is one, or the kernel.
import { readdirSync } from 'node:fs';
import process from 'node:process';
import type { Power, PowerState } from '../ports/power.ts';
import { askPowerShell, askProgram } from './ask-program.ts';
import {
  batteryOfPmset,
  batteryOfWindows,
  powerOfSupplies,
  unknownPower,
} from './core/power-tables.ts';
import type { Bus, BusObject } from './dbus.ts';
import { endComputer, requireEnd } from './end-computer.ts';
import { watchEnd, watchResume } from './pending-end.ts';
import { readText } from './read-text.ts';
import { lookRegularly } from './regular-look.ts';
import { rememberFor } from './remember.ts';

const lookEveryMs = 30_000;
/** A shell of Windows takes a second to start. */
const goodForMs = 60_000;

export function openPower(bus: Bus): Power {
  const state = stateOf(bus);
  const hurry = (changed: () => void) => bus.listen(upowerChanges, 'PropertiesChanged', changed);
  return {
    state,
    watch: (listener) =>
      lookRegularly({ look: state, tell: listener, everyMs: lookEveryMs, hurry }),
    onPending: (listener) => watchEnd(bus, listener),
    onResume: (listener) => watchResume(bus, listener),
    requireEnd: (how) => requireEnd(bus, how),
    end: (how) => endComputer(bus, how),
  };
}

const upower: BusObject = {
  service: 'org.freedesktop.UPower',
  path: '/org/freedesktop/UPower',
  interface: 'org.freedesktop.UPower',
};
const upowerChanges: BusObject = { ...upower, interface: 'org.freedesktop.DBus.Properties' };
const battery: BusObject = {
  service: 'org.freedesktop.UPower',
  path: '/org/freedesktop/UPower/devices/DisplayDevice',
  interface: 'org.freedesktop.UPower.Device',
};

function stateOf(bus: Bus): () => Promise<PowerState> {
  if (process.platform === 'darwin') {
    return async () => batteryOfPmset((await askProgram('/usr/bin/pmset', '-g', 'batt')) ?? '');
  }
  if (process.platform === 'win32') {
    return rememberFor(goodForMs, async () => batteryOfWindows(await askPowerShell(batteries)));
  }
  return () => linuxState(bus);
}

const batteries =
  'Get-CimInstance Win32_Battery | ForEach-Object { "$($_.BatteryStatus) $($_.EstimatedChargeRemaining)" }';

async function linuxState(bus: Bus): Promise<PowerState> {
  const onBattery = await bus.property(upower, 'OnBattery');
  if (typeof onBattery !== 'boolean') return kernelState();
  const [isPresent, percentage] = await Promise.all([
    bus.property(battery, 'IsPresent'),
    bus.property(battery, 'Percentage'),
  ]);
  const isKnown = isPresent === true && typeof percentage === 'number';
  return { onBattery, charge: isKnown ? percentage / 100 : null };
}

function kernelState(): PowerState {
  const folder = '/sys/class/power_supply';
  try {
    return powerOfSupplies(
      readdirSync(folder).map((name) => {
        const sign = (file: string) => readText(`${folder}/${name}/${file}`)?.trim() ?? null;
        return {
          type: sign('type'),
          online: sign('online'),
          status: sign('status'),
          capacity: sign('capacity'),
          scope: sign('scope'),
        };
      }),
    );
  } catch {
    return unknownPower;
  }
}
