// The network as this system tells it: addresses from Node, the rest from whoever knows more here.
// Changes are found by looking often, which costs microseconds, and sooner where a service tells them.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import process from 'node:process';
import type { Network, NetworkState, ProbeTarget } from '../ports/network.ts';
import type { Bus } from './dbus.ts';
import { appleNetwork } from './network-apple.ts';
import { linuxNetwork } from './network-linux.ts';
import type { NetworkSource } from './network-source.ts';
import { windowsNetwork } from './network-windows.ts';
import { lookRegularly } from './regular-look.ts';

const lookEveryMs = 2_000;

export function openNetwork(bus: Bus): Network {
  const source = sourceOf(bus);
  const state = () => stateBy(source);
  return {
    state,
    watch: (listener) =>
      lookRegularly({ look: state, tell: listener, everyMs: lookEveryMs, hurry: source.listen }),
    probe,
  };
}

function sourceOf(bus: Bus): NetworkSource {
  if (process.platform === 'darwin') return appleNetwork();
  return process.platform === 'win32' ? windowsNetwork() : linuxNetwork(bus);
}

async function stateBy(source: NetworkSource): Promise<NetworkState> {
  const surplus = await source.surplus();
  const connections = Object.entries(networkInterfaces())
    .map(([name, addresses = []]) => ({
      name,
      ...surplus.of(name),
      addresses: addresses
        .filter(({ internal, address }) => !internal && !isOfTheLinkOnly(address))
        .map(({ cidr, address }) => cidr ?? address),
    }))
    .filter(({ addresses }) => addresses.length > 0);
  // A bridge of virtual machines is up for ever and leads nowhere.
  const isUp = connections.some(({ kind, gateway }) => kind !== 'other' || gateway !== null);
  return { online: isUp && !surplus.isHeldBack, metered: surplus.metered, connections };
}

/** Such an address is there before anything answers. */
const isOfTheLinkOnly = (address: string) => /^(169\.254\.|fe[89ab])/i.test(address);

function probe(target: ProbeTarget, limitMs: number): Promise<boolean> {
  return target.kind === 'tcp' ? probePort(target, limitMs) : probePath(target.path, limitMs);
}

function probePort({ host, port }: { host: string; port: number }, limitMs: number) {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ host, port });
  const end = (answers: boolean) => {
    socket.destroy();
    resolve(answers);
  };
  // Finding the address takes part in the time, so a timer of the socket would not do.
  const late = setTimeout(end, limitMs, false);
  socket.once('connect', () => end(true));
  socket.once('error', () => end(false));
  return promise.finally(() => clearTimeout(late));
}

/** Paths at which an earlier look still hangs: nobody else has to hang there. */
const hanging = new Set<string>();
const lookAtPath = 'require("node:fs").statSync(process.argv[1])';

/**
 * A share whose server is gone holds whoever looks at it, and cannot be interrupted. So another
 * process looks, and is left behind if it does not come back.
 */
function probePath(path: string, limitMs: number): Promise<boolean> {
  if (hanging.has(path)) return Promise.resolve(false);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const looker = spawn(process.execPath, ['-e', lookAtPath, path], {
    stdio: 'ignore',
    detached: true,
    windowsHide: true,
  });
  hanging.add(path);
  const late = setTimeout(() => {
    resolve(false);
    looker.kill('SIGKILL');
    looker.unref();
  }, limitMs);
  const end = (answers: boolean) => {
    hanging.delete(path);
    resolve(answers);
  };
  looker.once('exit', (code) => end(code === 0));
  looker.once('error', () => end(false));
  return promise.finally(() => clearTimeout(late));
}
