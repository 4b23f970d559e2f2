// What stands at the store's path. Whoever finds anything but a sound store of the present form must
// look again with the right to replace it (open.ts): another process may be making one right now.
import { statSync } from 'node:fs';
import { SyncError, syncError } from '../../model/error.ts';
import { Connection } from './connection.ts';
import { deadOpeners } from './presence.ts';
import { applicationId, formOf, forms } from './schema/migrate.ts';

export type Finding =
  | { readonly state: 'sound'; readonly connection: Connection }
  /** Of an older form. */
  | { readonly state: 'older'; readonly connection: Connection }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly reason: string };

/** A file up to this size is looked over at every start: it takes a millisecond or two. */
const quickCheckBytesMax = 1 << 20;

/** Throws `store-newer`, and what keeps the file from being read at all. */
export function inspect(file: string): Finding {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return { state: 'absent' };
  if (size === 0) return { state: 'damaged', reason: 'the file is empty' };
  try {
    return inspectContent(file, size);
  } catch (error) {
    if (!(error instanceof SyncError) || error.code !== 'store-damaged') throw error;
    const reason = error.cause instanceof Error ? error.cause.message : error.message;
    return { state: 'damaged', reason };
  }
}

function inspectContent(file: string, size: number): Finding {
  const connection = new Connection(file);
  try {
    const finding = judge(connection, size);
    if (finding.state === 'damaged') connection.close();
    return finding;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function judge(connection: Connection, size: number): Finding {
  const form = formOf(connection);
  const id = connection.get<{ application_id: number }>('pragma application_id')?.application_id;
  if (id !== applicationId) {
    return { state: 'damaged', reason: 'it belongs to another program' };
  }
  if (form > forms.length) {
    throw syncError('store-newer', { file: connection.file, found: form, known: forms.length });
  }
  connection.useLog();
  if (size <= quickCheckBytesMax || deadOpeners(connection).length > 0) {
    const fault = quickCheck(connection);
    if (fault !== null) return { state: 'damaged', reason: fault };
  }
  return { state: form < forms.length ? 'older' : 'sound', connection };
}

function quickCheck(connection: Connection): string | null {
  const found = connection.get<{ quick_check: string }>('pragma quick_check(1)')?.quick_check;
  // Which database it is, says the first line; there is only one.
  return found === undefined || found === 'ok' ? null : found.replace(/^\*{3}.*\n/, '');
}
