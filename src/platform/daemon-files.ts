// The files of a manager that goes on by itself. Socket and token stand in the runtime folder, which
// only this user may enter; what must outlive a restart of the computer stands beside the store.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { pipeName } from './manager-socket.ts';

interface StartRecord {
  readonly at: number;
  readonly end: 'running' | 'clean' | 'crashed';
  readonly cause: string | null;
}

export interface DaemonPlace {
  readonly socket: string;
  readonly token: string;
  readonly address: string;
  readonly starts: string;
  readonly browsers: string;
}

interface BrowserRecord {
  readonly digest: string;
  readonly until: number;
}

export function openDaemonFiles(place: DaemonPlace, runtimeFolder: string) {
  makePrivate(runtimeFolder);
  return {
    socket: place.socket,
    readStarts: () => readStarts(place.starts),
    writeStarts: (starts: readonly StartRecord[]) =>
      writeWhole(place.starts, `${JSON.stringify(starts)}\n`),
    /** In the last moment of the process: nothing may be waited for. */
    crashed: (cause: string) => {
      const starts = readStarts(place.starts);
      const last = starts.at(-1);
      if (last === undefined) return;
      const ended = { ...last, end: 'crashed' as const, cause };
      writeWhole(place.starts, `${JSON.stringify([...starts.slice(0, -1), ended])}\n`);
    },
    readBrowsers: () => readList(place.browsers, isBrowser),
    writeBrowsers: (browsers: readonly BrowserRecord[]) =>
      writeWhole(place.browsers, `${JSON.stringify(browsers)}\n`),
    token: () => readToken(place.token) ?? makeToken(place.token),
    writeAddress: (address: string) => {
      writeWhole(place.address, `${JSON.stringify({ process: process.pid, address })}\n`);
    },
    listen: (server: Server) => listen(server, place.socket),
    remove: () => {
      remove(place.socket);
      remove(place.address);
    },
  };
}

/** Of the manager that holds the store, as it wrote it down; its address may be missing still. */
export function readAddress(file: string): { readonly address: string | null } {
  try {
    const { address } = JSON.parse(readFileSync(file, 'utf8')) as { readonly address?: unknown };
    return { address: typeof address === 'string' ? address : null };
  } catch {
    return { address: null };
  }
}

/** A folder that others prepared for us would be theirs. */
function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(folder);
  if (process.platform === 'win32') return;
  if (uid !== process.getuid?.()) throw new Error(`${folder} belongs to somebody else`);
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

async function listen(server: Server, socket: string): Promise<void> {
  // Whoever left it holds the store no more, so nobody listens there.
  remove(socket);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(pipeName(socket), resolve);
  await promise;
  server.off('error', reject);
  if (process.platform !== 'win32') chmodSync(socket, 0o600);
}

const secretBytes = 32;

export function makeSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** Null when there is none that is ours alone. */
function readToken(file: string): string | null {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { uid, mode } = fstatSync(descriptor);
      const isOurs = process.getuid === undefined || uid === process.getuid();
      const isPrivate = process.platform === 'win32' || (mode & 0o077) === 0;
      const text = readFileSync(descriptor, 'utf8').trim();
      return isOurs && isPrivate && text.length >= secretBytes ? text : null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

function makeToken(file: string): string {
  remove(file);
  const secret = makeSecret();
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const descriptor = openSync(file, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    fchmodSync(descriptor, 0o600);
    writeSync(descriptor, `${secret}\n`);
  } finally {
    closeSync(descriptor);
  }
  return secret;
}

const readStarts = (file: string) => readList(file, isStart);

/** A file that is not there, or is none of ours, is an empty list. */
function readList<One>(file: string, isOne: (one: Partial<One> | null) => boolean): readonly One[] {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as unknown;
    return Array.isArray(read) ? (read as readonly One[]).filter(isOne) : [];
  } catch {
    return [];
  }
}

const isStart = (one: Partial<StartRecord> | null) => typeof one?.at === 'number';
const isBrowser = (one: Partial<BrowserRecord> | null) =>
  typeof one?.digest === 'string' && typeof one.until === 'number';

function writeWhole(file: string, text: string): void {
  const beside = join(`${file}.new`);
  writeFileSync(beside, text, { mode: 0o600 });
  renameSync(beside, file);
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It is gone already.
  }
}
