// Where disks and shares are mounted. The kernel's table is small and read often; elsewhere a program
// or the letters of drives are looked at.
import { existsSync } from 'node:fs';
import process from 'node:process';
import type { Volumes } from '../ports/volumes.ts';
import { askProgram } from './ask-program.ts';
import { mountsOfCommand, mountsOfTable } from './core/mount-tables.ts';
import { readText } from './read-text.ts';
import { lookRegularly } from './regular-look.ts';

const lookEveryMs = process.platform === 'linux' ? 2_000 : 10_000;

export const volumes: Volumes = {
  mounted,
  watch: (listener) => lookRegularly({ look: mounted, tell: listener, everyMs: lookEveryMs }),
};

/** Sorted, each once: one mounted over another is one place. */
async function mounted(): Promise<readonly string[]> {
  return [...new Set(await all())].sort((one, other) => (one < other ? -1 : 1));
}

async function all(): Promise<readonly string[]> {
  if (process.platform === 'win32') return drives();
  const table = readText('/proc/self/mountinfo');
  if (table !== null) return mountsOfTable(table);
  return mountsOfCommand((await askProgram('/sbin/mount')) ?? '');
}

function drives(): readonly string[] {
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`).filter(existsSync);
}
