// What the tables and commands of the systems say about the network, read into values of ours.

export interface Gateway {
  readonly connection: string;
  readonly address: string;
}

const upAndGateway = 0x3;

/** `/proc/net/route`: numbers are hexadecimal, in the order of a little machine. */
export function gatewaysOfRouteTable(text: string): readonly Gateway[] {
  return text.split('\n').flatMap((line) => {
    const [connection, destination, gateway, flags, , , , mask] = line.trim().split(/\s+/);
    if (connection === undefined || gateway === undefined) return [];
    const isDefault = destination === '00000000' && mask === '00000000';
    const wanted = Number.parseInt(flags ?? '', 16) & upAndGateway;
    if (!isDefault || wanted !== upAndGateway) return [];
    const bytes = gateway.match(/../g) ?? [];
    const address = bytes.toReversed().map((byte) => Number.parseInt(byte, 16));
    return [{ connection, address: address.join('.') }];
  });
}

/** `/proc/net/ipv6_route`: 32 digits, then what follows until the flags and the name. */
export function gatewaysOfRouteTable6(text: string): readonly Gateway[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [destination, length, , , next] = fields;
    const flags = fields[8];
    const connection = fields[9];
    if (next === undefined || flags === undefined || connection === undefined) return [];
    const isDefault = /^0+$/.test(destination ?? '') && length === '00';
    const wanted = Number.parseInt(flags, 16) & upAndGateway;
    if (!isDefault || wanted !== upAndGateway || /^0+$/.test(next)) return [];
    return [{ connection, address: shortened(next) }];
  });
}

/** The longest run of zero groups becomes `::`. */
function shortened(digits: string): string {
  const groups = (digits.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, ''));
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)];
  const longest = runs.sort((one, other) => other[0].length - one[0].length)[0];
  const text = groups.join(':');
  if (longest === undefined) return text;
  const after = text.slice(longest.index + longest[0].length);
  return `${text.slice(0, longest.index)}:${after === '' ? ':' : after}`;
}

/** `route -n get default` of macOS. */
export function gatewayOfRouteCommand(text: string): Gateway | null {
  const address = /^\s*gateway:\s*(\S+)/m.exec(text)?.[1];
  const connection = /^\s*interface:\s*(\S+)/m.exec(text)?.[1];
  return address === undefined || connection === undefined ? null : { address, connection };
}

/** `networksetup -listallhardwareports` of macOS: device → what it is called. */
export function portsOfNetworkSetup(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/^Hardware Port: (.*)\nDevice: (\S+)/gm)];
  return new Map(pairs.map(([, port, device]) => [device ?? '', port ?? '']));
}

/** `ipconfig getsummary` of macOS. */
export function ssidOfSummary(text: string): string | null {
  return /^\s*SSID : (.+)$/m.exec(text)?.[1] ?? null;
}

export interface DeviceSigns {
  readonly name: string;
  /** `DEVTYPE` of its `uevent`, where it has one. */
  readonly deviceType: string | null;
  /** `type` of its folder: the kind of hardware by the numbers of ARP. */
  readonly hardware: number | null;
  readonly isWireless: boolean;
  readonly isTunnel: boolean;
}

export type ConnectionKind = 'wired' | 'wireless' | 'mobile' | 'tunnel' | 'other';

const ethernet = 1;
const pointToPoint = 512;
const noHardware = 65_534;

export function kindOfDevice(signs: DeviceSigns): ConnectionKind {
  const { name, deviceType, hardware, isWireless, isTunnel } = signs;
  if (isWireless || deviceType === 'wlan' || /^wl/.test(name)) return 'wireless';
  if (deviceType === 'wwan' || /^ww/.test(name)) return 'mobile';
  if (isTunnel || deviceType === 'wireguard' || /^(tun|tap|wg|ipsec|utun)\d/.test(name))
    return 'tunnel';
  if (hardware === pointToPoint) return 'mobile';
  if (hardware === noHardware) return 'tunnel';
  const isVirtual = ['bridge', 'bond', 'vlan'].includes(deviceType ?? '');
  return hardware === ethernet && !isVirtual ? 'wired' : 'other';
}

export function kindOfPort(port: string): ConnectionKind {
  if (/wi-?fi|airport|wireless|wlan/i.test(port)) return 'wireless';
  if (/ethernet|lan\b|thunderbolt/i.test(port)) return 'wired';
  if (/mobile|cellular|modem|iphone|wwan/i.test(port)) return 'mobile';
  return /vpn|tun|tap|ppp|wireguard/i.test(port) ? 'tunnel' : 'other';
}

interface WindowsAnswer {
  readonly metered: boolean | null;
  readonly ports: readonly {
    readonly name: string;
    readonly port: string;
    readonly gateway: string | null;
    readonly ssid: string | null;
  }[];
}

const costs: Readonly<Record<string, boolean>> = {
  Unrestricted: false,
  Fixed: true,
  Variable: true,
};

/** What the question of `network-windows.ts` is answered with. */
export function windowsAnswer(json: string): WindowsAnswer {
  const answer = objectIn(json);
  const ports = Array.isArray(answer.ports) ? answer.ports : [];
  const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return {
    metered: costs[textOf(answer.cost) ?? ''] ?? null,
    ports: ports.map((one: Readonly<Record<string, unknown>>) => ({
      name: textOf(one.name) ?? '',
      port: textOf(one.port) ?? '',
      gateway: textOf(one.gateway),
      ssid: textOf(one.ssid),
    })),
  };
}

function objectIn(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
