// Ends what was asked for: the computer, its wakefulness, or the session of the person.
import process from 'node:process';
import { syncError } from '../model/error.ts';
import type { ComputerEnd } from '../ports/power.ts';
import { askProgram } from './ask-program.ts';
import type { Bus } from './dbus.ts';
import { logind } from './pending-end.ts';

type Command = readonly [string, ...string[]];
type Commands = Partial<Record<ComputerEnd, Command>>;

const apple: Commands = {
  shutdown: ['/usr/bin/osascript', '-e', 'tell application "System Events" to shut down'],
  sleep: ['/usr/bin/pmset', 'sleepnow'],
  'log-off': ['/usr/bin/osascript', '-e', 'tell application "System Events" to log out'],
};

const windows: Commands = {
  shutdown: ['shutdown.exe', '/s', '/t', '0'],
  sleep: ['rundll32.exe', 'powrprof.dll,SetSuspendState', '0,1,0'],
  hibernate: ['shutdown.exe', '/h'],
  'log-off': ['shutdown.exe', '/l'],
};

const words: Record<ComputerEnd, string> = {
  shutdown: 'be shut down',
  sleep: 'go to sleep',
  hibernate: 'hibernate',
  'log-off': 'end the session',
};

/** Of logind. */
const methods = { shutdown: 'PowerOff', sleep: 'Suspend', hibernate: 'Hibernate' } as const;

/** What logind says of them but `yes`. */
const refusals: Readonly<Record<string, string>> = {
  na: 'it does not know how to',
  no: 'this user may not do that',
  challenge: 'the system would ask for a password first',
};

/** Rejects with `system-unable`. */
export async function requireEnd(bus: Bus, how: ComputerEnd): Promise<void> {
  if (process.platform !== 'linux') commandFor(how);
  else if (how === 'log-off') session();
  else {
    const verdict = await bus
      .call(logind, `Can${methods[how]}`)
      .catch((cause: Error) => Promise.reject(unable(how, cause.message, cause)));
    const refusal = refusals[String(verdict)];
    if (refusal !== undefined) throw unable(how, refusal);
  }
}

/** Rejects with `system-unable`. */
export async function endComputer(bus: Bus, how: ComputerEnd): Promise<void> {
  if (process.platform === 'linux') return endLinux(bus, how);
  const command = commandFor(how);
  if ((await askProgram(...command)) === null) throw unable(how, `${command[0]} refused`);
}

function commandFor(how: ComputerEnd): Command {
  const known: Partial<Record<string, Commands>> = { darwin: apple, win32: windows };
  const command = known[process.platform]?.[how];
  if (command === undefined) throw unable(how, 'no way to is known');
  return command;
}

async function endLinux(bus: Bus, how: ComputerEnd): Promise<void> {
  const id = how === 'log-off' ? session() : '';
  try {
    if (how === 'log-off') await bus.call(logind, 'TerminateSession', 's', [id]);
    else await bus.call(logind, methods[how], 'b', [false]);
  } catch (cause) {
    throw unable(how, (cause as Error).message, cause);
  }
}

function session(): string {
  const id = process.env.XDG_SESSION_ID;
  if (id === undefined) throw unable('log-off', 'this is no session of a person');
  return id;
}

function unable(how: ComputerEnd, reason: string, cause?: unknown) {
  return syncError('system-unable', { what: words[how], reason }, cause);
}
