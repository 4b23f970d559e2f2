// What must outlive this process of handlers that run in their own: how often each failed, so that one
// that cannot work is left alone, and which are running, so that none survives its manager unseen.
// Small files beside the store: several managers may write them at once, each its own.
import { syncError } from '../model/error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Processes, ProcessIdentity } from '../ports/processes.ts';
import { afterFailure, cleanHistory, mayStart, type StartHistory } from './core/starts.ts';

export interface StartBookPorts {
  readonly filesystem: Filesystem;
  readonly clock: Clock;
  readonly processes: Processes;
  /** Absolute; made when something is first written. */
  readonly folder: string;
}

interface RunningNote {
  readonly handler: string;
  readonly process: ProcessIdentity;
  readonly manager: ProcessIdentity;
}

export class StartBook {
  readonly #ports: StartBookPorts;
  readonly #versions = new Map<string, string>();

  constructor(ports: StartBookPorts) {
    this.#ports = ports;
  }

  /** Resolves when it may be started now. Rejects with `handler-disabled`. */
  async turn(handler: string, signal?: AbortSignal): Promise<void> {
    const { clock } = this.#ports;
    const may = mayStart(this.#history(handler), clock.now());
    if (may.answer === 'disabled') {
      const since = new Date(may.since).toISOString();
      throw syncError('handler-disabled', { handler, since });
    }
    if (may.answer === 'wait') await clock.sleep(may.ms, signal);
  }

  disabledSince(handler: string): number | null {
    return this.#history(handler).disabledAt;
  }

  /** How often it failed lately; with the fifth it is not started any more. */
  failures(handler: string): number {
    return this.#history(handler).failures.length;
  }

  /** The version it introduced itself with, as long as this process knows. */
  versionOf(handler: string): string | null {
    return this.#versions.get(handler) ?? null;
  }

  greeted(handler: string, version: string): void {
    this.#versions.set(handler, version);
  }

  failed(handler: string): void {
    this.#put(`failed-${fileName(handler)}`, afterFailure(this.#history(handler), this.#now()));
  }

  /** It did its work, or a person wants it tried again. */
  forgive(handler: string): void {
    this.#ports.filesystem.remove(this.#file(`failed-${fileName(handler)}`));
  }

  /** Since when a module is run as a program, because it held up its manager (HN-16); null: it is not. */
  apartSince(handler: string): number | null {
    const { since } = this.#read(`apart-${fileName(handler)}`) ?? {};
    return typeof since === 'number' ? since : null;
  }

  /** Where whoever notices that writes it down, as `{"since": …}`: the thread of this book is held up. */
  apartFile(handler: string): string {
    return this.#file(`apart-${fileName(handler)}`);
  }

  /** A person wants it back in the manager's process. */
  rejoin(handler: string): void {
    this.#ports.filesystem.remove(this.apartFile(handler));
  }

  /** Returns what takes the note back when it has ended. */
  running(handler: string, process: ProcessIdentity): () => void {
    const name = `running-${process.pid}`;
    const note: RunningNote = { handler, process, manager: this.#ports.processes.self };
    this.#jot(name, note);
    return () => this.#ports.filesystem.remove(this.#file(name));
  }

  /** Ends what managers that are gone have left running; the handlers concerned. */
  endLeftOvers(): readonly string[] {
    const { filesystem, folder } = this.#ports;
    if (filesystem.stat(folder) === null) return [];
    const names = filesystem.list(folder).names.filter((name) => /^running-\d+\.json$/.test(name));
    return names.flatMap((file) => this.#endLeftOver(file.replace(/\.json$/, '')));
  }

  #endLeftOver(name: string): readonly string[] {
    const { processes } = this.#ports;
    const { handler, process, manager } = (this.#read(name) ?? {}) as Partial<RunningNote>;
    if (manager !== undefined && processes.isRunning(manager)) return [];
    if (process !== undefined) processes.endLeftOver(process);
    this.#ports.filesystem.remove(this.#file(name));
    return typeof handler === 'string' ? [handler] : [];
  }

  #history(handler: string): StartHistory {
    const { failures, disabledAt } = this.#read(`failed-${fileName(handler)}`) ?? cleanHistory;
    return {
      failures: Array.isArray(failures) ? failures.filter(Number.isFinite) : [],
      disabledAt: typeof disabledAt === 'number' ? disabledAt : null,
    };
  }

  #now(): number {
    return this.#ports.clock.now();
  }

  #file(name: string): string {
    return `${this.#ports.folder}/${name}.json`;
  }

  #put(name: string, value: object): void {
    const { filesystem, folder } = this.#ports;
    filesystem.makeFolders(folder);
    filesystem.replaceFile(this.#file(name), encoded(value));
  }

  /** Not put on disk: what it says of ends with the machine as well. */
  #jot(name: string, value: object): void {
    const { filesystem, folder } = this.#ports;
    filesystem.makeFolders(folder);
    filesystem.remove(this.#file(name));
    const opened = filesystem.openFolder(folder);
    const file = opened.createFile(`${name}.json`, 0o600);
    const bytes = encoded(value);
    file.write(bytes, bytes.length, 0);
    file.close();
    opened.close();
  }

  /** Null when there is none, or it is damaged: then it says nothing. */
  #read(name: string): Readonly<Record<string, unknown>> | null {
    try {
      const bytes = this.#ports.filesystem.readFile(this.#file(name));
      return Object(JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes))));
    } catch {
      return null;
    }
  }
}

const encoded = (value: object) => new TextEncoder().encode(JSON.stringify(value));

/** Any name as one of a file. */
const fileName = (handler: string) => encodeURIComponent(handler).replaceAll('.', '%2E');
