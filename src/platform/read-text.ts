// A small file of the system that may not be there.
import { readFileSync } from 'node:fs';

/** Null when it cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
