// A folder of a test's own.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface TestFolder {
  readonly folder: string;
  readonly remove: () => void;
}

export const temporaryFolder = (): TestFolder => folderIn(tmpdir());

/** In memory where the system offers it: for tests of answers, which need not wait for a disk. */
export const quickFolder = (): TestFolder =>
  folderIn(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

function folderIn(parent: string): TestFolder {
  const folder = mkdtempSync(join(parent, 'syncmgr-store-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
