// The one exclusive right that the operating system takes back when a process dies, on all three
// systems and without a native module: a transaction held open on an empty database.
import { DatabaseSync } from 'node:sqlite';
import { resultCode } from './fault.ts';

const busy = 5;

/** Ends the right; null when somebody else holds it after `waitMs`. */
export function holdExclusively(file: string, waitMs: number): (() => void) | null {
  const db = new DatabaseSync(file, { timeout: waitMs });
  try {
    db.exec('begin exclusive');
    return () => db.close();
  } catch (error) {
    db.close();
    if (resultCode(error) === busy) return null;
    throw error;
  }
}
