// Calls into a handler written to the old contract. It may return its code or a promise of it, throw,
// or return nothing at all; behind here there is always a code.

import type { ErrorRecord } from '../../model/error.ts';
import { errorRecord, type SyncError, syncError } from '../../model/error.ts';
import { E_UNEXPECTED, type EventualHRESULT, type HRESULT } from '../hresult.ts';

/** Never rejects: what throws, or answers with no code, counts as E_UNEXPECTED. */
export async function answerOf(call: () => EventualHRESULT): Promise<HRESULT> {
  try {
    return codeOf(await call());
  } catch {
    return E_UNEXPECTED;
  }
}

/** For calls whose answer changes nothing. */
export function tell(call: () => EventualHRESULT | number): void {
  void answerOf(async () => call());
}

/** 32 bits, signed or not. */
const least = -0x8000_0000;
const greatest = 0xffff_ffff;

/** What a program passed as a code; unsigned spellings are understood. */
export function codeOf(value: unknown): HRESULT {
  const isCode = Number.isInteger(value) && Number(value) >= least && Number(value) <= greatest;
  return isCode ? Number(value) | 0 : E_UNEXPECTED;
}

export function answered(method: string, hr: HRESULT): SyncError {
  return syncError('mobsync-failed', { method, code: codeText(hr) });
}

export function answeredRecord(method: string, hr: HRESULT): ErrorRecord {
  return errorRecord(answered(method, hr));
}

const codeText = (hr: HRESULT) => `0x${(hr >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
