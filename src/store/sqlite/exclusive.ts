// The one exclusive right that the operating system takes back when a process dies, on all three
// systems and without a native module: a transaction held open on an empty database.
import { DatabaseSync } from 'node:sqlite';
import { resultCode } from './fault.ts';

const busy = 5;

/** Kept reachable: a connection that is collected as garbage would give its right up. */
const held = new Set<DatabaseSync>();

/** Ends the right, once; null when somebody else holds it after `waitMs`. */
export function holdExclusively(file: string, waitMs: number): (() => void) | null {
  const db = new DatabaseSync(file, { timeout: waitMs });
  try {
    db.exec('begin exclusive');
    held.add(db);
    return () => {
      if (held.delete(db)) db.close();
    };
  } catch (error) {
    db.close();
    if (resultCode(error) === busy) return null;
    throw error;
  }
}
