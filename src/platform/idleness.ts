// Whether somebody is there: the desktop, the X server, the consoles and logind are asked, each where
// it is. A desktop tells to the millisecond; logind tells only what a desktop told it; a terminal is
// used by people without any of them.
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import process from 'node:process';
import type { Idleness } from '../ports/idleness.ts';
import { askPowerShell, askProgram } from './ask-program.ts';
import { idleOf, idleOfRegistry, numberIn, type Witness } from './core/idle-tables.ts';
import type { Bus, BusObject } from './dbus.ts';
import { logind } from './pending-end.ts';

export interface IdlePlaces {
  readonly system: Bus;
  /** Null outside of a session of a person. */
  readonly session: Bus | null;
  /** Folders in which terminals stand; default: those of this system. */
  readonly terminals?: readonly string[];
  /** Of the X server; default: that of the environment. Null: none. */
  readonly display?: string | null;
}

export function openIdleness(places: IdlePlaces): Idleness {
  const { system, session, terminals = ['/dev/pts', '/dev'] } = places;
  const display = places.display === undefined ? (process.env.DISPLAY ?? null) : places.display;
  return {
    idleMs: async () => {
      if (process.platform === 'darwin') return appleIdle();
      if (process.platform === 'win32') return numberIn(await askPowerShell(lastInput));
      const desktop = await Promise.all([mutterIdle(session), xIdle(display)]);
      return idleOf([
        ...desktop,
        terminalIdle(terminals.flatMap(terminalsIn), Date.now()),
        await hintOf(system),
      ]);
    },
    load: () => {
      // Windows has no such measure, and Node then says nought.
      if (process.platform === 'win32') return null;
      const [minute] = loadavg();
      return minute === undefined ? null : minute / availableParallelism();
    },
  };
}

const unknown: Witness = { idleMs: null, isHint: false };

const mutter: BusObject = {
  service: 'org.gnome.Mutter.IdleMonitor',
  path: '/org/gnome/Mutter/IdleMonitor/Core',
  interface: 'org.gnome.Mutter.IdleMonitor',
};

async function mutterIdle(session: Bus | null): Promise<Witness> {
  const idleMs = await session?.call(mutter, 'GetIdletime').catch(() => null);
  return typeof idleMs === 'number' ? { idleMs, isHint: false } : unknown;
}

async function xIdle(display: string | null): Promise<Witness> {
  if (display === null) return unknown;
  return { idleMs: numberIn(await askProgram('xprintidle')), isHint: false };
}

/** A terminal is read when somebody has typed: its time of access is the last key. */
function terminalIdle(terminals: readonly string[], now: number): Witness {
  const idle = terminals.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    // A console at which nobody has signed in belongs to the system.
    const isUsed = !path.includes('/tty') || stat.uid !== 0;
    return isUsed ? [now - stat.atimeMs] : [];
  });
  return { idleMs: idle.length === 0 ? null : Math.min(...idle), isHint: false };
}

function terminalsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^(tty)?\d+$/.test(name))
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}

async function hintOf(system: Bus): Promise<Witness> {
  const [hint, since] = await Promise.all([
    system.property(logind, 'IdleHint'),
    system.property(logind, 'IdleSinceHint'),
  ]);
  if (typeof hint !== 'boolean') return unknown;
  if (!hint) return { idleMs: 0, isHint: true };
  const isDated = typeof since === 'number' && since > 0;
  return { idleMs: isDated ? Date.now() - since / 1_000 : null, isHint: true };
}

async function appleIdle(): Promise<number | null> {
  return idleOfRegistry(
    (await askProgram('/usr/sbin/ioreg', '-c', 'IOHIDSystem', '-d', '4')) ?? '',
  );
}

const lastInput = `
Add-Type -Namespace Own -Name Input -MemberDefinition '
[StructLayout(LayoutKind.Sequential)] public struct Last { public uint size; public uint time; }
[DllImport("user32.dll")] static extern bool GetLastInputInfo(ref Last last);
public static uint Idle() {
  Last last = new Last(); last.size = 8; GetLastInputInfo(ref last);
  return unchecked((uint)System.Environment.TickCount - last.time); }'
[Own.Input]::Idle()`;
