// Which triggers nobody pulled by hand.
import type { TriggerKind } from '../../model/trigger.ts';

export const isAutomatic: Record<TriggerKind, boolean> = {
  manual: false,
  invoke: false,
  connect: true,
  'pending-disconnect': true,
  idle: true,
  schedule: true,
  change: true,
  start: true,
  volume: true,
};
