// A registration is a partnership: its identifier is the class, its settings say the rest, and the
// store keeps it (mobsync 2.1).
import type { JsonObject } from '../model/json.ts';
import type { Partnership } from '../model/partnership.ts';
import { plainTerms } from '../model/terms.ts';
import type { TriggerKind } from '../model/trigger.ts';
import {
  SYNCMGRREGISTERFLAG_CONNECT,
  SYNCMGRREGISTERFLAG_IDLE,
  SYNCMGRREGISTERFLAG_PENDINGDISCONNECT,
} from './constants/register.ts';
import { type CLSID, canonicalGuid } from './guid.ts';
import type { DWORD } from './unknown.ts';

export interface Registration {
  readonly clsid: CLSID;
  readonly description: string | null;
  /** Bits of SYNCMGRREGISTERFLAGS. */
  readonly flags: DWORD;
}

export function registrationOf(settings: JsonObject): Registration {
  const { class: clsid, description, flags } = settings;
  return {
    clsid: canonicalGuid(clsid) ?? '',
    description: typeof description === 'string' ? description : null,
    flags: typeof flags === 'number' ? flags : 0,
  };
}

/** The triggers it takes part in by itself, whatever the user ticked (A5). */
const triggerOf: readonly (readonly [DWORD, TriggerKind])[] = [
  [SYNCMGRREGISTERFLAG_CONNECT, 'connect'],
  [SYNCMGRREGISTERFLAG_PENDINGDISCONNECT, 'pending-disconnect'],
  [SYNCMGRREGISTERFLAG_IDLE, 'idle'],
];

const nameMax = 128;

/** @param former Its earlier registration, whose other settings stay. */
export function partnershipOf(
  { clsid, description, flags }: Registration,
  handler: string,
  former: Partnership | null,
  now: number,
): Partnership {
  return {
    id: clsid,
    enabled: true,
    resources: [],
    approve: 'guarded',
    createdAt: now,
    adHoc: false,
    terms: plainTerms,
    ...former,
    name: (description || clsid).slice(0, nameMax),
    handler,
    settings: { class: clsid, description, flags },
    triggers: triggerOf.flatMap(([flag, trigger]) => ((flags & flag) === 0 ? [] : [trigger])),
  };
}
