// Which folders the program was last told to copy. A program of the old contract keeps this for
// itself: its handler may be asked at any time, in a process that knows nothing of its command line.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { FolderPair } from './folders.ts';

const file = join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'file-copy.json');

export async function remember(pairs: readonly FolderPair[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(pairs, null, 2));
}

export async function remembered(): Promise<readonly FolderPair[]> {
  return JSON.parse(await readFile(file, 'utf8'));
}
