// Makes a copy of the source with one bug in it, and lets a simulation look for it there.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Patch } from './patch.ts';
import type { Found } from './seek.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const copied = ['src', 'test/simulation', 'test/support', 'package.json', 'tsconfig.json'];

/** The text with the bug in it; throws where the source has moved on and the patch has not. */
export function withBug({ name, file, take, put }: Patch): string {
  const text = readFileSync(join(root, file), 'utf8');
  const parts = text.split(take);
  if (parts.length !== 2) throw new Error(`${name}: stands ${parts.length - 1} times in ${file}`);
  return parts.join(put);
}

export async function seek(patch: Patch): Promise<Found> {
  const text = withBug(patch);
  const copy = mkdtempSync(join(tmpdir(), 'syncmgr-planted-'));
  try {
    for (const path of copied) cpSync(join(root, path), join(copy, path), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, patch.file), text);
    return await run(copy, patch);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Whether it was found, and for what it is. */
export function isNamed({ breaks }: Patch, { broke }: Found): boolean {
  return broke !== null && (breaks.length === 0 || breaks.includes(broke));
}

async function run(copy: string, { world, seeds }: Patch): Promise<Found> {
  const script = join(copy, 'test/simulation/planted/seek.ts');
  const child = spawn(process.execPath, [script, world, String(seeds)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    told += part;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const line = said.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`it did not run: ${told.slice(0, 2000)}`);
  return JSON.parse(line) as Found;
}
