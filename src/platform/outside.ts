// All of the outer world behind its ports, over the two buses that tell of it.
import type { Idleness } from '../ports/idleness.ts';
import type { Network } from '../ports/network.ts';
import type { Power } from '../ports/power.ts';
import type { Volumes } from '../ports/volumes.ts';
import { openBus, sessionBusAddress, systemBusAddress } from './dbus.ts';
import { openIdleness } from './idleness.ts';
import { openNetwork } from './network.ts';
import { openPower } from './power.ts';
import { volumes } from './volumes.ts';

export interface OuterWorld {
  readonly network: Network;
  readonly power: Power;
  readonly idleness: Idleness;
  readonly volumes: Volumes;
  /** Lets go of the buses. */
  close(): void;
}

export function openOuterWorld(): OuterWorld {
  const system = openBus(systemBusAddress());
  const address = sessionBusAddress();
  const session = address === null ? null : openBus(address);
  return {
    network: openNetwork(system),
    power: openPower(system),
    idleness: openIdleness({ system, session }),
    volumes,
    close: () => {
      system.close();
      session?.close();
    },
  };
}
