// The socket of a manager that goes on by itself, as whoever looks for one sees it. Every command asks for
// it before its threads start, so nothing else is loaded with it.
import { existsSync } from 'node:fs';
import process from 'node:process';

export function isThere(socket: string): boolean {
  return existsSync(socket);
}

/** Windows has pipes with names of their own instead of socket files. */
export function pipeName(socket: string): string {
  if (process.platform !== 'win32') return socket;
  return `\\\\.\\pipe\\syncmgr-${socket.replaceAll(/[^\w]/g, '-')}`;
}
