// An error on its way to the other side and back: a code of the catalogue and its retry class travel
// as data of the JSON-RPC error, so that what comes out is what was thrown.
import type { ErrorRecord } from '../../model/error.ts';
import { retryClasses } from '../../model/retry.ts';

/** Null: it is not one of ours, only its text is known. */
export function recordIn(message: string, data: unknown): ErrorRecord | null {
  if (typeof data !== 'object' || data === null) return null;
  const { code, retry } = data as Partial<ErrorRecord>;
  const known = retryClasses.find((one) => one === retry);
  if (typeof code !== 'string' || code === '' || code.length > 128 || known === undefined)
    return null;
  return { code, text: message, retry: known };
}

export const dataOf = ({ code, retry }: Pick<ErrorRecord, 'code' | 'retry'>) => ({ code, retry });
