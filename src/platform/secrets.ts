// Reads secrets where they are kept. What goes wrong is told by the reference and a reason of ours;
// neither the value nor what a program printed is ever part of it.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import process from 'node:process';
import { syncError } from '../model/error.ts';
import type { Processes } from '../ports/processes.ts';
import { partsOfReference, type SecretSource, type Secrets } from '../ports/secrets.ts';
import { commandWords } from '../stdx/command-words.ts';

export interface SecretPlaces {
  /** Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly processes: Processes;
  /** How long a program or a key store may take; a locked one may be asking somebody. */
  readonly limitMs?: number;
}

const defaultLimitMs = 30_000;
const bytesMax = 64 * 1024;
const readableByOthers = 0o044;

export function openSecrets(places: SecretPlaces): Secrets {
  const read: Record<SecretSource, (place: string) => string | Promise<string>> = {
    env: (name) => (places.environment ?? process.env)[name] ?? missing('this variable is not set'),
    file: (path) => fromFile(path, places.home),
    command: (line) => fromCommand(line, places),
    keyring: (entry) => fromKeyring(entry, places.limitMs ?? defaultLimitMs),
  };
  return {
    resolve: async (reference) => {
      try {
        const parts = partsOfReference(reference);
        if (parts === null) missing('it is no reference: env:, file:, command: and keyring: are');
        const value = (await read[parts.source](parts.place)).replace(/\r?\n$/, '');
        return value === '' ? missing('it is empty') : value;
      } catch (thrown) {
        if (!(thrown instanceof Missing)) throw thrown;
        throw syncError('secret-missing', { reference, reason: thrown.message });
      }
    },
  };
}

class Missing extends Error {}

function missing(reason: string): never {
  throw new Missing(reason);
}

/** What is looked at is what is read: the file is opened first. */
function fromFile(path: string, home: string): string {
  const absolute = path.startsWith('~/') ? join(home, path.slice(2)) : path;
  if (!isAbsolute(absolute)) missing('write its path from / or ~ on');
  const file = opened(absolute);
  try {
    const { mode, size, uid } = fstatSync(file);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) missing('it is not a file');
    if (size > bytesMax) missing(`it is larger than ${bytesMax} bytes`);
    if (process.platform !== 'win32') refuseShared(mode, uid);
    const bytes = Buffer.alloc(bytesMax);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytesMax, 0));
  } finally {
    closeSync(file);
  }
}

/** Without blocking, should a pipe lie there. */
function opened(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return missing(code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`);
  }
}

function refuseShared(mode: number, uid: number): void {
  if ((mode & readableByOthers) !== 0)
    missing('others can read it. Make it yours alone: chmod 600');
  const own = process.getuid?.();
  if (uid !== own && uid !== 0) missing('it belongs to somebody else');
}

/** It is a program of the person, with the person's environment: an agent is found by it. */
async function fromCommand(line: string, places: SecretPlaces): Promise<string> {
  const [program, ...rest] = commandWords(line) ?? missing('a quotation mark has no end');
  if (program === undefined) missing('it names no program');
  const environment = Object.entries(places.environment ?? process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const running = await places.processes
    .start({
      program,
      arguments: rest,
      folder: places.home,
      environment: Object.fromEntries(environment),
    })
    .catch(() => missing('the program cannot be started'));
  running.endInput();
  void drained(running.errors);
  const limitMs = places.limitMs ?? defaultLimitMs;
  const timer = setTimeout(() => running.signal('SIGKILL'), limitMs);
  try {
    const output = await drained(running.output);
    if (output === null) missing(`it printed more than ${bytesMax} bytes`);
    const end = await running.ended;
    if (end.signal !== null) missing(`it gave no answer within ${limitMs / 1000} s`);
    if (end.code !== 0) missing(`the program ended with ${end.code}`);
    return output;
  } finally {
    clearTimeout(timer);
    running.signal('SIGKILL');
  }
}

/** Null, and nothing more is read, when it is too much. */
async function drained(stream: AsyncIterable<Uint8Array>): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of stream) {
    size += part.length;
    if (size > bytesMax) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The key store of the system: Secret Service, Keychain, Credential Manager. */
async function fromKeyring(entry: string, limitMs: number): Promise<string> {
  const at = entry.indexOf('/');
  if (at < 1 || at === entry.length - 1) missing('write it as keyring:SERVICE/ACCOUNT');
  const { AsyncEntry } = await import('@napi-rs/keyring').catch(() =>
    missing('the package @napi-rs/keyring, which reads key stores, is not installed'),
  );
  // A store that forgets with the next restart is no store: better to say that the other is missing.
  const options = { linux: { store: 'secret-service' as const } };
  const value = await new AsyncEntry(entry.slice(0, at), entry.slice(at + 1), options)
    .getPassword(AbortSignal.timeout(limitMs))
    .catch(() => missing('the key store cannot be reached, or is locked'));
  return value ?? missing('the key store has no such entry');
}
