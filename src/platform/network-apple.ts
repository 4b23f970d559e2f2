// What macOS tells of its connections. What is carried for money it tells only to programs that come
// with a bundle of their own.

import { askProgram } from './ask-program.ts';
import {
  gatewayOfRouteCommand,
  kindOfPort,
  portsOfNetworkSetup,
  ssidOfSummary,
} from './core/network-tables.ts';
import type { NetworkSource, Surplus } from './network-source.ts';
import { rememberFor } from './remember.ts';

/** Three programs are asked, so not at every look. */
const goodForMs = 15_000;

export function appleNetwork(): NetworkSource {
  return { surplus: rememberFor(goodForMs, ask), listen: () => () => {} };
}

async function ask(): Promise<Surplus> {
  const [route, setup] = await Promise.all([
    askProgram('/sbin/route', '-n', 'get', 'default'),
    askProgram('/usr/sbin/networksetup', '-listallhardwareports'),
  ]);
  const gateway = gatewayOfRouteCommand(route ?? '');
  const ports = portsOfNetworkSetup(setup ?? '');
  const wireless = [...ports].find(([, port]) => kindOfPort(port) === 'wireless')?.[0] ?? null;
  const summary =
    wireless === null ? null : await askProgram('/usr/sbin/ipconfig', 'getsummary', wireless);
  return {
    metered: null,
    isHeldBack: false,
    of: (name) => ({
      kind: kindOfPort(ports.get(name) ?? name),
      gateway: gateway?.connection === name ? gateway.address : null,
      ssid: name === wireless ? ssidOfSummary(summary ?? '') : null,
    }),
  };
}
