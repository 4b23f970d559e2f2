// Ends what was asked for: the computer, its wakefulness, or the session of the person.
import process from 'node:process';
import { syncError } from '../model/error.ts';
import type { Power } from '../ports/power.ts';
import { askProgram } from './ask-program.ts';
import type { Bus } from './dbus.ts';
import { logind } from './pending-end.ts';

type How = Parameters<Power['end']>[0];

const apple: Record<How, readonly [string, ...string[]]> = {
  shutdown: ['/usr/bin/osascript', '-e', 'tell application "System Events" to shut down'],
  sleep: ['/usr/bin/pmset', 'sleepnow'],
  'log-off': ['/usr/bin/osascript', '-e', 'tell application "System Events" to log out'],
};

const windows: Record<How, readonly [string, ...string[]]> = {
  shutdown: ['shutdown.exe', '/s', '/t', '0'],
  sleep: ['rundll32.exe', 'powrprof.dll,SetSuspendState', '0,1,0'],
  'log-off': ['shutdown.exe', '/l'],
};

const words: Record<How, string> = {
  shutdown: 'shut down',
  sleep: 'go to sleep',
  'log-off': 'end the session',
};

/** Rejects with `system-unable`. */
export async function endComputer(bus: Bus, how: How): Promise<void> {
  if (process.platform === 'linux') return endLinux(bus, how);
  const known = { darwin: apple, win32: windows } as Partial<Record<string, typeof apple>>;
  const command = known[process.platform]?.[how];
  if (command === undefined) throw unable(how, 'no way to is known');
  if ((await askProgram(...command)) === null) throw unable(how, `${command[0]} refused`);
}

async function endLinux(bus: Bus, how: How): Promise<void> {
  try {
    if (how === 'shutdown') await bus.call(logind, 'PowerOff', 'b', [false]);
    else if (how === 'sleep') await bus.call(logind, 'Suspend', 'b', [false]);
    else await bus.call(logind, 'TerminateSession', 's', [session()]);
  } catch (cause) {
    throw unable(how, (cause as Error).message, cause);
  }
}

function session(): string {
  const id = process.env.XDG_SESSION_ID;
  if (id === undefined) throw new Error('this is no session of a person');
  return id;
}

function unable(how: How, reason: string, cause?: unknown) {
  return syncError('system-unable', { what: words[how], reason }, cause);
}
