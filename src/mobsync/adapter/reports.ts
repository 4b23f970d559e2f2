// From the structures of Progress and LogError to the manager's reports and lines, member by member
// as the mask says (mobsync 2.5.1, 2.5.2). Null: the argument is none, nothing may come of it.
import type { LogDraft, LogLevel } from '../../model/event.ts';
import type { ItemStatus } from '../../model/item.ts';
import type { ProgressReport } from '../../ports/handler.ts';
import {
  SYNCMGRERRORFLAG_ENABLEJUMPTEXT,
  SYNCMGRLOGERROR_ERRORFLAGS,
  SYNCMGRLOGERROR_ERRORID,
  SYNCMGRLOGERROR_ITEMID,
  SYNCMGRLOGLEVEL_ERROR,
  SYNCMGRLOGLEVEL_INFORMATION,
  SYNCMGRLOGLEVEL_WARNING,
} from '../constants/log.ts';
import {
  SYNCMGRPROGRESSITEM_MAXVALUE,
  SYNCMGRPROGRESSITEM_PROGVALUE,
  SYNCMGRPROGRESSITEM_STATUSTEXT,
  SYNCMGRPROGRESSITEM_STATUSTYPE,
} from '../constants/progress.ts';
import * as status from '../constants/status.ts';
import { canonicalGuid } from '../guid.ts';
import { isRightSize, type SYNCMGRLOGERRORINFO, type SYNCMGRPROGRESSITEM } from '../structures.ts';

const statusOf = new Map<unknown, ItemStatus>([
  [status.SYNCMGRSTATUS_STOPPED, 'stopped'],
  [status.SYNCMGRSTATUS_SKIPPED, 'skipped'],
  [status.SYNCMGRSTATUS_PENDING, 'pending'],
  [status.SYNCMGRSTATUS_UPDATING, 'updating'],
  [status.SYNCMGRSTATUS_SUCCEEDED, 'succeeded'],
  [status.SYNCMGRSTATUS_FAILED, 'failed'],
  [status.SYNCMGRSTATUS_PAUSED, 'paused'],
  [status.SYNCMGRSTATUS_RESUMING, 'resuming'],
  [status.SYNCMGRSTATUS_UPDATING_INDETERMINATE, 'updating'],
  [status.SYNCMGRSTATUS_DELETED, 'deleted'],
]);

const levelOf = new Map<unknown, LogLevel>([
  [SYNCMGRLOGLEVEL_INFORMATION, 'information'],
  [SYNCMGRLOGLEVEL_WARNING, 'warning'],
  [SYNCMGRLOGLEVEL_ERROR, 'error'],
]);

/** Members that are no value of theirs are left out, as if their bit were clear (A30). */
export function progressReport(info: SYNCMGRPROGRESSITEM): ProgressReport | null {
  if (typeof info !== 'object' || !isRightSize('SYNCMGRPROGRESSITEM', info)) return null;
  const { mask, lpcStatusText, dwStatusType, iProgValue, iMaxValue } = info;
  const text = has(mask, SYNCMGRPROGRESSITEM_STATUSTEXT) ? textOf(lpcStatusText) : undefined;
  const type = has(mask, SYNCMGRPROGRESSITEM_STATUSTYPE) ? dwStatusType : undefined;
  const value = has(mask, SYNCMGRPROGRESSITEM_PROGVALUE) ? numberOf(iProgValue) : undefined;
  const isEndless = type === status.SYNCMGRSTATUS_UPDATING_INDETERMINATE;
  const max = has(mask, SYNCMGRPROGRESSITEM_MAXVALUE) ? numberOf(iMaxValue) : undefined;
  const named = statusOf.get(type);
  return {
    ...(text !== undefined && { text }),
    ...(named !== undefined && { status: named }),
    ...(value !== undefined && { value }),
    ...(isEndless ? { max: 0 } : max !== undefined && { max }),
  };
}

type Line = Omit<LogDraft, 'session' | 'partnership'>;

export function logLine(
  dwErrorLevel: unknown,
  pszErrorText: unknown,
  info: SYNCMGRLOGERRORINFO | null,
): Line | null {
  const level = levelOf.get(dwErrorLevel);
  if (level === undefined || typeof pszErrorText !== 'string' || pszErrorText === '') return null;
  const line = { level, text: pszErrorText, subject: null, code: null };
  if (info === null) return { ...line, item: null, errorId: null, jump: false };
  if (typeof info !== 'object' || !isRightSize('SYNCMGRLOGERRORINFO', info)) return null;
  const { mask, dwSyncMgrErrorFlags = 0, ErrorID, ItemID } = info;
  const errorId = has(mask, SYNCMGRLOGERROR_ERRORID) ? canonicalGuid(ErrorID) : null;
  const item = has(mask, SYNCMGRLOGERROR_ITEMID) ? canonicalGuid(ItemID) : null;
  const flags = has(mask, SYNCMGRLOGERROR_ERRORFLAGS) ? dwSyncMgrErrorFlags : 0;
  return { ...line, item, errorId, jump: has(flags, SYNCMGRERRORFLAG_ENABLEJUMPTEXT) };
}

const has = (mask: unknown, bit: number) => typeof mask === 'number' && (mask & bit) !== 0;
const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);
