// From a trigger to the event that Initialize is told. Ours beyond the six old events are told as the
// nearest of them: a handler would take a number it does not know for a start by hand.
import type { TriggerKind } from '../../model/trigger.ts';
import type { Opening } from '../../ports/handler.ts';
import {
  type SYNCMGREVENT,
  SYNCMGRFLAG_CONNECT,
  SYNCMGRFLAG_IDLE,
  SYNCMGRFLAG_INVOKE,
  SYNCMGRFLAG_MANUAL,
  SYNCMGRFLAG_MAYBOTHERUSER,
  SYNCMGRFLAG_PENDINGDISCONNECT,
  SYNCMGRFLAG_SCHEDULED,
  SYNCMGRFLAG_SETTINGS,
} from '../constants/initialize.ts';
import type { DWORD } from '../unknown.ts';

const eventOf: Record<TriggerKind, SYNCMGREVENT> = {
  manual: SYNCMGRFLAG_MANUAL,
  invoke: SYNCMGRFLAG_INVOKE,
  connect: SYNCMGRFLAG_CONNECT,
  'pending-disconnect': SYNCMGRFLAG_PENDINGDISCONNECT,
  idle: SYNCMGRFLAG_IDLE,
  schedule: SYNCMGRFLAG_SCHEDULED,
  change: SYNCMGRFLAG_SCHEDULED,
  start: SYNCMGRFLAG_CONNECT,
  volume: SYNCMGRFLAG_CONNECT,
};

export function initializeFlags(opening: Opening): DWORD {
  const settings = opening.settingsOnly ? SYNCMGRFLAG_SETTINGS : 0;
  const bother = opening.interactive ? SYNCMGRFLAG_MAYBOTHERUSER : 0;
  return eventOf[opening.trigger] | settings | bother;
}
