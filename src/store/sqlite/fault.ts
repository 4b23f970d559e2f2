// What SQLite's error numbers mean for whoever wrote: the catalogue's error with the right class.
import { SyncError, syncError } from '../../model/error.ts';

/** SQLite's primary result codes that are told apart. */
const code = {
  perm: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The index of the log is memory mapped from a file, which had no room to grow. */
const indexHasNoRoom = 4874;

/** Another program's lock is waited for no longer (DB-09). */
export const busyMs = 5_000;

/** SQLite's primary result code, or null for an error that is not SQLite's. */
export function resultCode(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return null;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : null;
}

function lacksRoom(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && thrown.errcode === indexHasNoRoom;
}

/** The content of the file is wrong, and not only out of reach. */
function meansDamage(thrown: unknown): boolean {
  const found = resultCode(thrown);
  return found === code.corrupt || found === code.notADatabase;
}

/** After these the connection cannot be trusted any more and is opened anew (MT-16). */
export function breaksConnection(thrown: unknown): boolean {
  return meansDamage(thrown) || resultCode(thrown) === code.ioError;
}

/** Whatever SQLite or the file system threw about the file, as the catalogue's error. */
export function storeFault(thrown: unknown, file: string): SyncError {
  if (thrown instanceof SyncError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  if (lacksRoom(thrown)) return syncError('store-full', { file }, thrown);
  switch (resultCode(thrown) ?? systemCode(thrown)) {
    case code.busy:
    case code.locked:
      return syncError('store-busy', { file }, thrown);
    case code.full:
    case 'ENOSPC':
    case 'EDQUOT':
      return syncError('store-full', { file }, thrown);
    case code.readOnly:
    case code.perm:
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return syncError('store-read-only', { file, reason }, thrown);
    case code.corrupt:
    case code.notADatabase:
      return syncError('store-damaged', { file, reason }, thrown);
    case code.ioError:
    case code.cannotOpen:
      return syncError('store-failed', { file, reason }, thrown);
    default:
      return systemCode(thrown) === null
        ? syncError('internal', { reason: `store: ${reason}` }, thrown)
        : syncError('store-failed', { file, reason }, thrown);
  }
}

/** `ENOENT` and its like, or null for an error that is not the system's. */
function systemCode(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return null;
  return String(thrown.code);
}
