// Where the manager can be reached: the socket always, a loopback address if it is wanted.
import type { Server } from 'node:net';
import { syncError } from '../model/error.ts';
import type { Api } from '../server/http/api.ts';
import type { DaemonPorts, Wishes } from './ports.ts';

const loopback = '127.0.0.1';

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
    await listen(api.loopback, port);
  } catch (thrown) {
    if (portIsMeant) throw taken(port, thrown);
    log('warning', `Port ${port} is taken by another program; a free one is used.`);
    await listen(api.loopback, 0);
  }
  return [urlOf(api.loopback), socket];
}

function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host: loopback, port }, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function urlOf(server: Server): string {
  const address = server.address();
  return typeof address === 'object' && address !== null
    ? `http://${address.address}:${address.port}`
    : String(address);
}

function taken(port: number, thrown: unknown) {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return syncError('address-taken', { address: `${loopback}:${port}`, reason }, thrown);
}
