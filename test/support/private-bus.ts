// A message bus of a test's own, with mocked services on it: the daemon is the real one, the services
// are those of python3-dbusmock. What was told to them, and what they tell, goes over the bus.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const configuration = (socket: string) => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>`;

export class PrivateBus {
  readonly address: string;
  readonly #folder: string;
  readonly #processes: ChildProcess[] = [];

  private constructor(folder: string, address: string) {
    this.#folder = folder;
    this.address = address;
  }

  static async start(): Promise<PrivateBus> {
    const folder = mkdtempSync(join(tmpdir(), 'syncmgr-bus-'));
    const socket = join(folder, 'socket');
    writeFileSync(join(folder, 'bus.conf'), configuration(socket));
    const bus = new PrivateBus(folder, `unix:path=${socket}`);
    const daemon = spawn(
      'dbus-daemon',
      ['--nofork', '--print-address', `--config-file=${join(folder, 'bus.conf')}`],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    bus.#processes.push(daemon);
    await once(createInterface(daemon.stdout), 'line');
    return bus;
  }

  /** Resolves when the service has its name. */
  async mock(template: string, name: string, parameters: object = {}): Promise<void> {
    const given = ['--parameters', JSON.stringify(parameters)];
    const own = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: this.address };
    const mock = spawn('/usr/bin/python3', ['-m', 'dbusmock', '--template', template, ...given], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...own, DBUS_SESSION_BUS_ADDRESS: this.address },
    });
    this.#processes.push(mock);
    for (let turn = 0; turn < 600; turn++) {
      const driver = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus'];
      if ((await this.call(...driver, 'NameHasOwner', 's', name)).includes('true')) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${name} did not come up`);
  }

  /** As `busctl call` understands it; its answer as text. */
  call(...words: string[]): Promise<string> {
    return this.#busctl('call', ...words);
  }

  property(...words: string[]): Promise<string> {
    return this.#busctl('get-property', ...words);
  }

  /** A signal as if the service had sent it. */
  async signal(service: string, path: string, face: string, name: string, ...values: string[]) {
    const mock = 'org.freedesktop.DBus.Mock';
    await this.call(service, path, mock, 'EmitSignal', 'sssav', face, name, ...values);
  }

  /** Properties of a mocked object, told as changed: `name type value`. */
  async update(service: string, path: string, face: string, properties: readonly string[][]) {
    const mock = 'org.freedesktop.DBus.Mock';
    const count = String(properties.length);
    await this.call(
      service,
      path,
      mock,
      'UpdateProperties',
      'sa{sv}',
      face,
      count,
      ...properties.flat(),
    );
  }

  async stop(): Promise<void> {
    for (const one of this.#processes.reverse()) {
      const over = once(one, 'exit');
      if (one.exitCode === null && one.signalCode === null && one.kill('SIGKILL')) await over;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #busctl(...words: string[]): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    execFile('busctl', [`--address=${this.address}`, ...words], (fault, output, errors) => {
      if (fault === null) resolve(output);
      else reject(new Error(`busctl ${words.join(' ')}: ${errors}`));
    });
    return promise;
  }
}
