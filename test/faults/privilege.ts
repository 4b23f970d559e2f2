// What needs the system's administrator: mounts, marks of files, other users. Where this process may
// not do it, a line says so, and the test asserts what can be seen without.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Rig } from './rig.ts';

/** Somebody without rights, on every Linux. */
export const nobody = 65534;

export const isRoot = process.getuid?.() === 0;

export type Undo = () => void;

/** Mounts there, and unmounts when the test ends; null, and a line, where it may not. */
export function mount(
  rig: Rig,
  path: string,
  words: readonly string[] = ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs'],
): Undo | null {
  mkdirSync(path, { recursive: true });
  if (!able(rig, 'mount', [...words, path])) return null;
  const undo = once(() => void spawnSync('umount', ['--lazy', path]));
  rig.later(undo);
  return undo;
}

/** `chattr`, taken back when the test ends; null, and a line, where it may not. */
export function mark(rig: Rig, letter: string, path: string): Undo | null {
  if (!able(rig, 'chattr', [`+${letter}`, path])) return null;
  const undo = once(() => void spawnSync('chattr', [`-${letter}`, path]));
  rig.later(undo);
  return undo;
}

/** Runs the command; where it fails, a line says what this machine could not do. */
export function able(rig: Rig, command: string, words: readonly string[]): boolean {
  const { status, error, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (error === undefined && status === 0) return true;
  const reason = (error?.message ?? stderr).trim();
  rig.say(`not possible here: ${command} ${words.join(' ')}: ${reason}`);
  return false;
}

function once(act: Undo): Undo {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
