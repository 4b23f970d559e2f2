// All of the outer world behind its ports, over the two buses that tell of it.
import type { Checks, Outside } from '../ports/outside.ts';
import type { Processes } from '../ports/processes.ts';
import { openBus, sessionBusAddress, systemBusAddress } from './dbus.ts';
import { equipment } from './equipment.ts';
import { openIdleness } from './idleness.ts';
import { openNetwork } from './network.ts';
import { type NotifierPorts, openNotifier } from './notifier.ts';
import { inherited, runProgram } from './notify-command.ts';
import { openPower } from './power.ts';
import { volumes } from './volumes.ts';
import { watching } from './watching.ts';

export function openOutside(ports: NotifierPorts): Outside {
  const notifier = openNotifier(ports);
  return {
    ...openSurroundings(),
    watching,
    volumes,
    notifier,
    beacon: notifier,
    checks: checksBy(ports.processes, ports.home),
  };
}

function openSurroundings() {
  const system = openBus(systemBusAddress());
  const address = sessionBusAddress();
  const session = address === null ? null : openBus(address);
  return {
    network: openNetwork(system),
    power: openPower(system),
    idleness: openIdleness({ system, session }),
    close: () => {
      system.close();
      session?.close();
    },
  };
}

export async function networkNow() {
  const { network, close } = openSurroundings();
  try {
    return await network.state();
  } finally {
    close();
  }
}

/** What triggers and conditions can know here now, and what this machine lacks, for the examination. */
export async function lookAround() {
  const { network, power, idleness, close } = openSurroundings();
  try {
    const [net, electricity, idleMs, rest] = await Promise.all([
      network.state(),
      power.state(),
      idleness.idleMs(),
      equipment(),
    ]);
    return { network: net, power: electricity, idleMs, ...rest };
  } finally {
    close();
  }
}

function checksBy(processes: Processes, home: string): Checks {
  return {
    run: async ([program = '', ...rest], limitMs) => {
      const run = { program, arguments: rest, folder: home, environment: inherited() };
      return runProgram(processes, { ...run, input: '', limitMs }).catch(() => null);
    },
  };
}
