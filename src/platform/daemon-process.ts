// The process of a manager that goes on by itself: the signals it hears, the folder it watches, and
// whoever watches over it.
import { spawn } from 'node:child_process';
import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** A second word to end is obeyed at once. One press can arrive twice; that is one word. */
const echoMs = 500;

export function onSignal(heard: (signal: 'stop' | 'reload') => void): void {
  let first: number | null = null;
  const stop = () => {
    if (first !== null && performance.now() - first > echoMs) process.exit(130);
    first ??= performance.now();
    heard('stop');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', () => heard('reload'));
}

/** What nothing else caught: it is told, and the process ends. */
export function onCrash(told: (cause: string) => void): void {
  const crashed = (cause: unknown) => {
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    told(text);
    process.exit(7);
  };
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
}

const rewatchMs = 5000;

/** The folder and its `items.d`; either may come later. */
export function watchFolders(folder: string, changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  const begin = () => {
    for (const path of [folder, join(folder, 'items.d')]) {
      if (watchers.has(path)) continue;
      const watcher = watchOne(path, changed, () => watchers.delete(path));
      if (watcher === null) continue;
      watchers.set(path, watcher);
      changed();
    }
  };
  begin();
  const timer = setInterval(begin, rewatchMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function watchOne(path: string, changed: () => void, lost: () => void): FSWatcher | null {
  try {
    const watcher = watch(path, { persistent: false }, (kind, name) => {
      // The folder itself went: it is watched anew when it is back.
      if (kind === 'rename' && name === null) lost();
      changed();
    });
    watcher.on('error', lost);
    return watcher;
  } catch {
    return null;
  }
}

/** Whether standard error goes to the journal of systemd, which has times of its own. */
export function isJournal(): boolean {
  return process.env.JOURNAL_STREAM !== undefined && process.stderr.isTTY !== true;
}

export function writeLine(text: string): void {
  process.stderr.write(`${text}\n`);
}

type Environment = Readonly<Record<string, string | undefined>>;

export function openSupervisor(environment: Environment = process.env) {
  const { NOTIFY_SOCKET, WATCHDOG_USEC } = environment;
  const usec = Number(WATCHDOG_USEC);
  return {
    watchdogMs: NOTIFY_SOCKET && usec > 0 ? usec / 1000 : null,
    tell(state: string, status?: string): void {
      if (!NOTIFY_SOCKET) return;
      const words = [`--pid=${process.pid}`, '--no-block', state];
      const more = status === undefined ? [] : [`--status=${status}`];
      const child = spawn('systemd-notify', [...words, ...more], {
        stdio: 'ignore',
        env: { PATH: environment.PATH, NOTIFY_SOCKET },
      });
      // Without that program nobody is told; the manager runs all the same.
      child.on('error', () => {});
      child.unref();
    },
  };
}
