// Where the manager can be reached: the socket always, a loopback address if it is wanted.
import type { Server } from 'node:net';
import { syncError } from '../model/error.ts';
import type { Api } from '../server/http/api.ts';
import type { DaemonPorts, Wishes } from './ports.ts';

const loopback = '127.0.0.1';
const loopback6 = '::1';

/** The addresses, the one for people first. Throws `address-taken`. */
export async function openDoors(
  api: Api,
  { files, log }: DaemonPorts,
  { port, portIsMeant }: Wishes,
): Promise<readonly string[]> {
  await files.listen(api.socket);
  const socket = `unix:${files.socket}`;
  if (port === null) return [socket];
  try {
    await listen(api.loopback, loopback, port);
  } catch (thrown) {
    if (portIsMeant) throw taken(port, thrown);
    log('warning', `Port ${port} is taken by another program; a free one is used.`);
    await listen(api.loopback, loopback, 0);
  }
  const six = await openSix(api, log);
  return [urlOf(api.loopback), ...six, socket];
}

/** The same port of the other loopback address, so that it is nobody else's; where there is none: none. */
async function openSix(api: Api, log: DaemonPorts['log']): Promise<readonly string[]> {
  const address = api.loopback.address();
  if (address === null || typeof address === 'string') return [];
  try {
    await listen(api.loopback6, loopback6, address.port);
    return [urlOf(api.loopback6)];
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') log('warning', `It is not served at ${loopback6}: ${message}`);
    return [];
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function urlOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null
    ? `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
    : String(address);
}

function taken(port: number, thrown: unknown) {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return syncError('address-taken', { address: `${loopback}:${port}`, reason }, thrown);
}
