// What Linux tells of its connections: routes and devices from the kernel, and from NetworkManager,
// where there is one, what costs money and which wireless network it is.
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import {
  gatewaysOfRouteTable,
  gatewaysOfRouteTable6,
  kindOfDevice,
} from './core/network-tables.ts';
import type { Bus, BusObject } from './dbus.ts';
import type { NetworkSource, Surplus } from './network-source.ts';
import { readText } from './read-text.ts';

const service = 'org.freedesktop.NetworkManager';
const object = (path: string, kind = ''): BusObject => ({
  service,
  path,
  interface: `${service}${kind}`,
});
const manager = object('/org/freedesktop/NetworkManager');
const changes: BusObject = { ...manager, interface: 'org.freedesktop.DBus.Properties' };

/** What the manager knows changes seldom, and it tells when. */
const goodForMs = 60_000;
const behindPage = 2;

interface Told {
  readonly metered: boolean | null;
  readonly isHeldBack: boolean;
  /** Names of wireless networks by connection. */
  readonly networks: ReadonlyMap<string, string>;
}

export function linuxNetwork(bus: Bus): NetworkSource {
  let told: { readonly at: number; readonly names: string; readonly what: Promise<Told> } | null =
    null;
  return {
    surplus: async () => {
      const names = Object.keys(networkInterfaces()).join();
      if (told?.names !== names || performance.now() - told.at > goodForMs) {
        told = { at: performance.now(), names, what: askManager(bus) };
      }
      return surplusOf(await told.what);
    },
    listen: (changed) => {
      const anew = () => {
        told = null;
        changed();
      };
      const ends = [
        bus.listen(changes, 'PropertiesChanged', anew),
        bus.listen(manager, 'StateChanged', anew),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

async function askManager(bus: Bus): Promise<Told> {
  const [metered, connectivity, devices] = await Promise.all([
    bus.property(manager, 'Metered'),
    bus.property(manager, 'Connectivity'),
    bus.property(manager, 'Devices'),
  ]);
  const paths = Array.isArray(devices) ? devices.filter((one) => typeof one === 'string') : [];
  const pairs = await Promise.all(paths.map((path) => networkOf(bus, path)));
  return {
    // Yes, no, and the same two as a guess.
    metered: metered === 1 || metered === 3 ? true : metered === 2 || metered === 4 ? false : null,
    isHeldBack: connectivity === behindPage,
    networks: new Map(pairs.flatMap((pair) => (pair === null ? [] : [pair]))),
  };
}

async function networkOf(bus: Bus, path: string): Promise<readonly [string, string] | null> {
  const [name, point] = await Promise.all([
    bus.property(object(path, '.Device'), 'Interface'),
    bus.property(object(path, '.Device.Wireless'), 'ActiveAccessPoint'),
  ]);
  if (typeof name !== 'string' || typeof point !== 'string' || point === '/') return null;
  const ssid = await bus.property(object(point, '.AccessPoint'), 'Ssid');
  return ssid instanceof Uint8Array ? [name, new TextDecoder().decode(ssid)] : null;
}

function surplusOf({ metered, isHeldBack, networks }: Told): Surplus {
  const gateways = new Map(
    [
      ...gatewaysOfRouteTable6(readText('/proc/net/ipv6_route') ?? ''),
      ...gatewaysOfRouteTable(readText('/proc/net/route') ?? ''),
    ].map(({ connection, address }) => [connection, address]),
  );
  return {
    metered,
    isHeldBack,
    of: (name) => ({
      kind: kindOf(name),
      gateway: gateways.get(name) ?? null,
      ssid: networks.get(name) ?? null,
    }),
  };
}

function kindOf(name: string) {
  const folder = `/sys/class/net/${name}`;
  const hardware = Number.parseInt(readText(`${folder}/type`) ?? '', 10);
  return kindOfDevice({
    name,
    deviceType: /^DEVTYPE=(.*)$/m.exec(readText(`${folder}/uevent`) ?? '')?.[1] ?? null,
    hardware: Number.isNaN(hardware) ? null : hardware,
    isWireless: existsSync(`${folder}/wireless`) || existsSync(`${folder}/phy80211`),
    isTunnel: existsSync(`${folder}/tun_flags`),
  });
}
