import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type NetworkBed, networkConformance } from '../../test/conformance/network.ts';
import { PrivateBus } from '../../test/support/private-bus.ts';
import { openBus } from './dbus.ts';
import { openNetwork } from './network.ts';

const inside = 'SYNCMGR_TEST_NAMESPACE';
const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'syncmgr-network-'));
after(() => rmSync(folder, { recursive: true, force: true }));

if (process.env[inside] !== undefined) {
  const bus = openBus(`unix:path=${folder}/none`);
  after(() => bus.close());
  const ip = (...words: string[]) => execFileSync('ip', words);
  ip('link', 'set', 'lo', 'up');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  after(() => server.close());

  const open = async (): Promise<NetworkBed> => ({
    network: openNetwork(bus),
    up: async (name, cidr) => {
      ip('link', 'add', name, 'type', 'veth', 'peer', 'name', `${name}-end`);
      ip('addr', 'add', cidr, 'dev', name);
      ip('link', 'set', name, 'up');
      ip('link', 'set', `${name}-end`, 'up');
    },
    down: async (name) => void ip('link', 'del', name),
    answering: { host: '127.0.0.1', port },
    refusing: { host: '127.0.0.1', port: 1 },
    there: folder,
    gone: join(folder, 'gone'),
  });
  networkConformance('a network namespace', open);

  test('the gateway of a connection is known, and the kind of it', async () => {
    const bed = await open();
    await bed.up('conn0', '192.0.2.7/24');
    ip('route', 'add', 'default', 'via', '192.0.2.1', 'dev', 'conn0');
    const [connection] = (await bed.network.state()).connections;
    assert.equal(connection?.gateway, '192.0.2.1');
    assert.equal(connection?.kind, 'wired');
    await bed.down('conn0');
  });

  test('a target that swallows everything does not answer within the time', async () => {
    const bed = await open();
    await bed.up('conn0', '192.0.2.7/24');
    const nobody = { kind: 'tcp', host: '192.0.2.99', port: 22 } as const;
    assert.equal(await bed.network.probe(nobody, 500), false);
    await bed.down('conn0');
  });
} else {
  // Only root may have a network of its own; what is mocked runs for everybody.
  if (isRoot) {
    test('the network of this system, in a namespace of its own', () => {
      const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
      // The kernel's folder of devices shows those of the namespace in which it was mounted.
      const entered = 'mount -t sysfs none /sys && exec "$@"';
      const own = [process.execPath, '--test-reporter=spec', import.meta.filename];
      const { status, stdout, stderr } = spawnSync(
        'unshare',
        ['--net', '--mount', 'sh', '-c', entered, 'sh', ...own],
        { encoding: 'utf8', env: { ...rest, [inside]: '1' }, timeout: 120_000 },
      );
      assert.equal(status, 0, `${stdout}${stderr}`);
    });

    test('FS-01 a share whose server is gone holds up neither the probe nor the program', async () => {
      const place = join(folder, 'hanging');
      // A file system in user space whose program never answers.
      const script = `mkdir ${place} && exec 9<>/dev/fuse &&
        mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 hang ${place} && echo up && cat`;
      const server = spawn('bash', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] });
      await once(server.stdout, 'data');
      const bus = openBus(`unix:path=${folder}/none`);
      const network = openNetwork(bus);
      try {
        assert.equal(await network.probe({ kind: 'path', path: place }, 1_000), false);
        // While one of us hangs there, nobody else is sent.
        assert.equal(await network.probe({ kind: 'path', path: place }, 600_000), false);
      } finally {
        spawnSync('umount', ['-l', place]);
        server.stdin.end();
        await once(server, 'exit');
        bus.close();
      }
    });
  }

  test('what NetworkManager knows is part of the state: what is metered, and which network', async () => {
    const own = Object.entries(networkInterfaces()).find(([, all]) =>
      all?.some((one) => !one.internal),
    );
    const system = await PrivateBus.start();
    const bus = openBus(system.address);
    try {
      assert.equal((await openNetwork(bus).state()).metered, null);
      await mockManager(system, own?.[0] ?? 'none');
      const network = openNetwork(bus);
      const told = Promise.withResolvers<void>();
      const end = network.watch(({ metered }) => metered === true && told.resolve());
      const { metered, connections } = await network.state();
      assert.equal(metered, false);
      if (own !== undefined) {
        assert.equal(connections.find(({ name }) => name === own[0])?.ssid, 'At home');
      }
      await system.update(service, manager, service, [['Metered', 'u', '3']]);
      await told.promise;
      // A page to sign in at stands before everything else.
      await system.update(service, manager, service, [['Connectivity', 'u', '2']]);
      for (let turn = 0; turn < 600 && (await network.state()).online !== false; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.equal((await network.state()).online, false);
      end();
    } finally {
      bus.close();
      await system.stop();
    }
  });
}

const service = 'org.freedesktop.NetworkManager';
const manager = '/org/freedesktop/NetworkManager';
const mock = 'org.freedesktop.DBus.Mock';

async function mockManager(system: PrivateBus, name: string): Promise<void> {
  await system.mock('networkmanager', service);
  const main = [service, '/org/freedesktop', mock] as const;
  await system.call(...main, 'AddWiFiDevice', 'ssu', 'radio', name, '100');
  const device = `${manager}/Devices/radio`;
  const point = ['AddAccessPoint', 'sssssuuyu', device, 'ap0', 'At home', '00:11:22:33:44:55'];
  await system.call(...main, ...point, '2', '2425', '5400', '82', '1');
  const active = ['ActiveAccessPoint', 'o', `${manager}/AccessPoint/ap0`];
  const wireless = `${service}.Device.Wireless`;
  await system.call(service, device, mock, 'AddProperty', 'ssv', wireless, ...active);
  await system.call(service, manager, mock, 'AddProperty', 'ssv', service, 'Metered', 'u', '2');
}
