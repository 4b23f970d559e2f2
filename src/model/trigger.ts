// Why a synchronization starts (mobsync 1.2, 3.3; the last three are ours).

export const triggerKinds = [
  'manual',
  'invoke',
  'connect',
  'pending-disconnect',
  'idle',
  'schedule',
  'change',
  'start',
  'volume',
] as const;

export type TriggerKind = (typeof triggerKinds)[number];

/**
 * Whether a handler may ask the person something during a session of this trigger: the table behind
 * the old may-bother-user flag (mobsync A15). A person is present, or has just asked, in the first
 * four; nobody is in the others.
 */
export const isInteractive: Record<TriggerKind, boolean> = {
  manual: true,
  invoke: true,
  connect: true,
  'pending-disconnect': true,
  idle: false,
  schedule: false,
  change: false,
  start: false,
  volume: false,
};
