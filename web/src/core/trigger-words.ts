// What starts a partnership by itself, in words.
import type { PartnershipShape } from '../data/shapes.ts';

type TriggerKind = PartnershipShape['triggers'][number];

export const triggerWords: Readonly<Record<TriggerKind, string>> = {
  manual: 'by hand',
  invoke: 'by a program',
  schedule: 'at its times',
  connect: 'a connection comes up',
  'pending-disconnect': 'before the computer sleeps or ends',
  idle: 'nobody is at the computer',
  change: 'something changes',
  start: 'the manager starts',
  volume: 'a volume appears',
};

/** Those that pull by themselves, and can have ticks of their own, as the old dialog had its tabs. */
export const tickedTriggers = [
  'connect',
  'pending-disconnect',
  'idle',
  'schedule',
  'change',
  'start',
  'volume',
] as const satisfies readonly TriggerKind[];
