// Sleep and shutdown, announced by logind, which waits for whoever holds a delay lock. The lock is a
// descriptor, which D-Bus in plain JavaScript cannot carry: the program `systemd-inhibit` holds it for
// as long as its input is open, so that it is let go of whatever becomes of us.
import { type ChildProcess, spawn } from 'node:child_process';
import process from 'node:process';
import type { PendingEnd } from '../ports/power.ts';
import { hasSlept } from './core/power-tables.ts';
import type { Bus, BusObject } from './dbus.ts';

export const logind: BusObject = {
  service: 'org.freedesktop.login1',
  path: '/org/freedesktop/login1',
  interface: 'org.freedesktop.login1.Manager',
};

/** What logind grants unless it is told otherwise. */
const usualDelayMs = 5_000;
const lookEveryMs = 10_000;

const announced = { PrepareForSleep: 'sleep', PrepareForShutdown: 'shutdown' } as const;

export function watchEnd(bus: Bus, listener: (pending: PendingEnd) => Promise<void>): () => void {
  if (process.platform !== 'linux') return () => {};
  let lock = takeLock();
  const come = async (kind: PendingEnd['kind']) => {
    const budgetMs = lock.isHeld() ? await delayMs(bus) : 0;
    await listener({ kind, budgetMs }).catch(() => {});
    lock.release();
  };
  const ends = Object.entries(announced).map(([signal, kind]) =>
    bus.listen(logind, signal, ([isComing]) => {
      if (isComing === true) return void come(kind);
      // It is over, or was called off: the next one shall wait for us again.
      lock.release();
      lock = takeLock();
    }),
  );
  return () => {
    for (const end of ends) end();
    lock.release();
  };
}

async function delayMs(bus: Bus): Promise<number> {
  const micros = await bus.property(logind, 'InhibitDelayMaxUSec');
  return typeof micros === 'number' && micros > 0 ? micros / 1_000 : usualDelayMs;
}

interface DelayLock {
  isHeld(): boolean;
  release(): void;
}

function takeLock(): DelayLock {
  const what = ['--what=sleep:shutdown', '--mode=delay', '--who=syncmgr'];
  const why = '--why=What is being synchronized is brought to a good end';
  const holder: ChildProcess = spawn('systemd-inhibit', [...what, why, 'cat'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  let held = true;
  const lost = () => {
    held = false;
  };
  holder.once('error', lost);
  holder.once('exit', lost);
  holder.stdin?.on('error', () => {});
  holder.unref();
  return { isHeld: () => held, release: () => void holder.stdin?.destroy() };
}

/** Told by logind; where there is none, seen by a timer that comes much too late. */
export function watchResume(bus: Bus, listener: () => void): () => void {
  const isTold = process.platform === 'linux';
  let heard = false;
  const end = isTold
    ? bus.listen(logind, 'PrepareForSleep', ([isComing]) => {
        heard = true;
        if (isComing === false) listener();
      })
    : () => {};
  let last = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    const slept = hasSlept(now - last, lookEveryMs);
    last = now;
    if (slept && !heard) listener();
  }, lookEveryMs).unref();
  return () => {
    clearInterval(timer);
    end();
  };
}
