// Errors on their way over the wire: what the handler answered, as it was thrown there; and what is
// thrown here, as it is answered.
import { errorRecord, SyncError, syncError } from '../model/error.ts';
import { WireFailure, wireCodes } from '../wire/connection.ts';
import { dataOf, recordIn } from '../wire/core/failure.ts';

export function errorIn(thrown: unknown): SyncError {
  if (thrown instanceof SyncError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const record = thrown instanceof WireFailure ? recordIn(text, thrown.data) : null;
  if (record === null) return syncError('handler-failed', { reason: text }, thrown);
  return new SyncError(record.code, record.text, record.retry);
}

export function failureOf(thrown: unknown): WireFailure {
  if (thrown instanceof WireFailure) return thrown;
  const record = errorRecord(thrown);
  return new WireFailure({
    code: wireCodes.failed,
    message: record.text,
    data: dataOf(record),
  });
}
