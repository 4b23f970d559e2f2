import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idleOf, idleOfRegistry, numberIn } from './idle-tables.ts';
import { mountsOfCommand, mountsOfTable } from './mount-tables.ts';
import {
  gatewayOfRouteCommand,
  gatewaysOfRouteTable,
  gatewaysOfRouteTable6,
  kindOfDevice,
  kindOfPort,
  portsOfNetworkSetup,
  ssidOfSummary,
  windowsAnswer,
} from './network-tables.ts';
import { batteryOfPmset, batteryOfWindows, hasSlept, powerOfSupplies } from './power-tables.ts';

test('the gateway of a connection is read from the table of routes', () => {
  const table = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
wlan0\t00000000\tFE01A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0
down0\t00000000\tFE01A8C0\t0002\t0\t0\t600\t00000000\t0\t0\t0
tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0
`;
  assert.deepEqual(gatewaysOfRouteTable(table), [
    { connection: 'eth0', address: '192.0.2.1' },
    { connection: 'wlan0', address: '192.168.1.254' },
  ]);
});

test('the gateway is read from the table of the longer addresses too, and written short', () => {
  const zeros = '0'.repeat(32);
  const line = (destination: string, length: string, next: string, flags: string) =>
    `${destination} ${length} ${zeros} 00 ${next} 00000400 00000002 00000000 ${flags}     eth0\n`;
  const gateway = 'fe80000000000000021122fffe334455';
  const table =
    line('fd000000000000000000000000000000', '40', zeros, '00000001') +
    line(zeros, '00', gateway, '00000003') +
    line(zeros, '00', 'fd000000000000000000000000000001', '00000003') +
    line(zeros, '00', zeros, '00000001');
  assert.deepEqual(
    gatewaysOfRouteTable6(table).map(({ address }) => address),
    ['fe80::211:22ff:fe33:4455', 'fd00::1'],
  );
});

test('what is no way out, or no line of a table, is no gateway', () => {
  const lines = [
    'eth0 00000000 010200C0 0003 0 0 100 00FFFFFF 0 0 0',
    'eth0 000200C0 010200C0 0003 0 0 100 00000000 0 0 0',
    'eth0 00000000',
    '',
  ];
  assert.deepEqual(gatewaysOfRouteTable(lines.join('\n')), []);
  const indented = '  eth0 00000000 010200C0 0007 0 0 100 00000000 0 0 0';
  assert.deepEqual(gatewaysOfRouteTable(indented), [{ connection: 'eth0', address: '192.0.2.1' }]);
  const zeros = '0'.repeat(32);
  const gateway = 'fe80000000000000021122fffe334455';
  const longer = (destination: string, length: string, next: string, rest: string) =>
    `  ${destination} ${length} ${zeros} 00 ${next} 0 0 0 ${rest}`;
  const refused = [
    longer(zeros, '40', gateway, '00000003 eth0'),
    longer(`fd${zeros.slice(2)}`, '00', gateway, '00000003 eth0'),
    longer(zeros, '00', gateway, '00000001 eth0'),
    longer(zeros, '00', zeros, '00000003 eth0'),
    longer(zeros, '00', gateway, '00000003'),
    `${zeros} 00 ${zeros} 00`,
    '',
  ];
  assert.deepEqual(gatewaysOfRouteTable6(refused.join('\n')), []);
  const found = gatewaysOfRouteTable6(longer(zeros, '00', gateway, '00000403 eth0'));
  assert.equal(found[0]?.connection, 'eth0');
});

test('a long address is written with its longest run of zeros left out', () => {
  const shown = (digits: string) => {
    const zeros = '0'.repeat(32);
    const line = `${zeros} 00 ${zeros} 00 ${digits} 0 0 0 00000003 eth0`;
    return gatewaysOfRouteTable6(line)[0]?.address;
  };
  assert.equal(shown('20010db8000000000001000000000000'), '2001:db8:0:0:1::');
  assert.equal(shown('20010db8000000000000000100000001'), '2001:db8::1:0:1');
  assert.equal(shown('00000000000000000000000000000001'), '::1');
  assert.equal(shown('20010db800010002000300040005abcd'), '2001:db8:1:2:3:4:5:abcd');
});

test('the kind of a connection is seen by its device, else by its name', () => {
  const signs = { name: 'x0', deviceType: null, hardware: 1, isWireless: false, isTunnel: false };
  assert.equal(kindOfDevice(signs), 'wired');
  assert.equal(kindOfDevice({ ...signs, isWireless: true }), 'wireless');
  assert.equal(kindOfDevice({ ...signs, deviceType: 'wwan' }), 'mobile');
  assert.equal(kindOfDevice({ ...signs, deviceType: 'bridge' }), 'other');
  assert.equal(kindOfDevice({ ...signs, name: 'wg0', hardware: 65_534 }), 'tunnel');
  assert.equal(kindOfDevice({ ...signs, name: 'ppp0', hardware: 512 }), 'mobile');
  assert.equal(kindOfDevice({ ...signs, name: 'wlp3s0' }), 'wireless');
  assert.equal(kindOfDevice({ ...signs, deviceType: 'wlan' }), 'wireless');
  assert.equal(kindOfDevice({ ...signs, name: 'wwan0' }), 'mobile');
  assert.equal(kindOfDevice({ ...signs, isTunnel: true }), 'tunnel');
  assert.equal(kindOfDevice({ ...signs, deviceType: 'wireguard' }), 'tunnel');
  assert.equal(kindOfDevice({ ...signs, name: 'utun3' }), 'tunnel');
  assert.equal(kindOfDevice({ ...signs, hardware: 65_534 }), 'tunnel');
  assert.equal(kindOfDevice({ ...signs, hardware: null }), 'other');
  assert.equal(kindOfPort('iPhone USB'), 'mobile');
  assert.equal(kindOfPort('Bluetooth PAN'), 'other');
  assert.equal(kindOfPort('Wi-Fi'), 'wireless');
  assert.equal(kindOfPort('802.3 Ethernet'), 'wired');
  assert.equal(kindOfPort('USB 10/100/1000 LAN'), 'wired');
  assert.equal(kindOfPort('utun3'), 'tunnel');
});

test('what the programs of macOS print about the network is understood', () => {
  const route = '   route to: default\n    gateway: 192.168.1.1\n  interface: en0\n';
  assert.deepEqual(gatewayOfRouteCommand(route), { address: '192.168.1.1', connection: 'en0' });
  assert.equal(gatewayOfRouteCommand('route: writing to routing socket: not in table\n'), null);
  const setup =
    '\nHardware Port: Wi-Fi\nDevice: en0\nEthernet Address: a4:83\n\nHardware Port: Thunderbolt Bridge\nDevice: bridge0\n';
  assert.deepEqual(
    [...portsOfNetworkSetup(setup)],
    [
      ['en0', 'Wi-Fi'],
      ['bridge0', 'Thunderbolt Bridge'],
    ],
  );
  assert.equal(ssidOfSummary('  BSSID : a4:83\n  SSID : At home : 2\n'), 'At home : 2');
});

test('what Windows answers about the network is understood, and nonsense is nothing', () => {
  const json =
    '{"cost":"Variable","ports":[{"name":"Wi-Fi","port":"Native 802.11","gateway":"","ssid":"Home"}]}';
  assert.deepEqual(windowsAnswer(json), {
    metered: true,
    ports: [{ name: 'Wi-Fi', port: 'Native 802.11', gateway: null, ssid: 'Home' }],
  });
  assert.equal(windowsAnswer('{"cost":"Unrestricted"}').metered, false);
  assert.equal(windowsAnswer('{"cost":"Fixed"}').metered, true);
  assert.deepEqual(windowsAnswer('{"ports":[{"name":7}]}').ports, [
    { name: '', port: '', gateway: null, ssid: null },
  ]);
  for (const text of ['', 'null', '[]', '"cost"', '{"ports":3}', '{"cost":"","ports":{}}']) {
    assert.deepEqual(windowsAnswer(text), { metered: null, ports: [] });
  }
});

test('a machine runs on its battery when nothing else feeds it', () => {
  const supply = { type: null, online: null, status: null, capacity: null, scope: null };
  const battery = { ...supply, type: 'Battery', status: 'Discharging', capacity: '40' };
  const mains = { ...supply, type: 'Mains', online: '0' };
  const mouse = { ...battery, scope: 'Device', capacity: '5' };
  assert.deepEqual(powerOfSupplies([]), { onBattery: false, charge: null });
  assert.deepEqual(powerOfSupplies([mouse]), { onBattery: false, charge: null });
  assert.deepEqual(powerOfSupplies([battery, mains, mouse]), { onBattery: true, charge: 0.4 });
  assert.deepEqual(powerOfSupplies([battery, { ...mains, online: '1' }]), {
    onBattery: false,
    charge: 0.4,
  });
  assert.deepEqual(powerOfSupplies([{ ...battery, status: 'Unknown' }]), {
    onBattery: null,
    charge: 0.4,
  });
  assert.deepEqual(powerOfSupplies([battery, { ...battery, capacity: '60' }]), {
    onBattery: true,
    charge: 0.5,
  });
});

test('of a battery that neither gives nor takes, or says nothing of itself, what is known is told', () => {
  const supply = { type: null, online: null, status: null, capacity: null, scope: null };
  const battery = { ...supply, type: 'Battery' };
  const full = { ...battery, status: 'Full', capacity: '100' };
  assert.deepEqual(powerOfSupplies([full]), { onBattery: false, charge: 1 });
  assert.deepEqual(powerOfSupplies([{ ...full, capacity: '0' }]), { onBattery: false, charge: 0 });
  assert.deepEqual(powerOfSupplies([{ ...full, status: null }]), { onBattery: null, charge: 1 });
  // A battery that says that it is online is no plug, and what no battery can hold is not counted.
  const odd = { ...battery, status: 'Discharging', online: '1', capacity: '101' };
  assert.deepEqual(powerOfSupplies([odd, full]), { onBattery: true, charge: 1 });
  assert.deepEqual(powerOfSupplies([odd]), { onBattery: true, charge: null });
  const mains = { ...supply, type: 'Mains', online: '0', capacity: '7' };
  assert.deepEqual(powerOfSupplies([mains]), { onBattery: false, charge: null });
});

test('what macOS and Windows say about the battery is understood', () => {
  const text =
    "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t87%; discharging; 4:10\n";
  assert.deepEqual(batteryOfPmset(text), { onBattery: true, charge: 0.87 });
  assert.deepEqual(batteryOfPmset("Now drawing from 'AC Power'\n"), {
    onBattery: false,
    charge: null,
  });
  assert.deepEqual(batteryOfPmset(''), { onBattery: null, charge: null });
  assert.deepEqual(batteryOfWindows('1 55\r\n'), { onBattery: true, charge: 0.55 });
  assert.deepEqual(batteryOfWindows(' 1 5'), { onBattery: true, charge: 0.05 });
  assert.deepEqual(batteryOfWindows('1'), { onBattery: true, charge: null });
  assert.deepEqual(batteryOfWindows('2 100'), { onBattery: false, charge: 1 });
  assert.deepEqual(batteryOfWindows(''), { onBattery: false, charge: null });
  assert.deepEqual(batteryOfWindows(null), { onBattery: null, charge: null });
});

test('a timer that comes hours late has slept, one that comes seconds late was only kept waiting', () => {
  assert.equal(hasSlept(10_000, 10_000), false);
  assert.equal(hasSlept(30_000, 10_000), false);
  assert.equal(hasSlept(30_001, 10_000), true);
  assert.equal(hasSlept(8 * 3_600_000, 10_000), true);
});

test('whoever saw somebody last is right, and a hint counts only where nobody has a number', () => {
  const sure = (idleMs: number | null) => ({ idleMs, isHint: false });
  const hint = (idleMs: number | null) => ({ idleMs, isHint: true });
  assert.equal(idleOf([]), null);
  assert.equal(idleOf([sure(null), hint(null)]), null);
  assert.equal(idleOf([sure(9_000), sure(400), hint(0)]), 400);
  assert.equal(idleOf([sure(null), hint(60_000)]), 60_000);
  assert.equal(idleOf([sure(-5)]), 0);
  assert.equal(idleOfRegistry('  | "HIDIdleTime" = 1500000000\n'), 1_500);
  assert.equal(numberIn('  42\r\n'), 42);
  for (const text of [null, '', 'x', '4 2']) assert.equal(numberIn(text), null);
});

test('a mount point with a blank in its name is read as it is called', () => {
  const table =
    '36 35 98:0 / / rw,noatime master:1 - ext4 /dev/root rw\n41 36 8:17 / /media/My\\040Stick rw - vfat /dev/sdb1 rw\n';
  assert.deepEqual(mountsOfTable(table), ['/', '/media/My Stick']);
  const command =
    '/dev/disk1s1 on / (apfs, local, journaled)\n//me@nas/share on /Volumes/My Share (smbfs, nodev)\n';
  assert.deepEqual(mountsOfCommand(command), ['/', '/Volumes/My Share']);
});
