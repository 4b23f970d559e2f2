// What a person can tick, see the status of, and synchronize alone. An item belongs to one handler;
// the manager knows nothing of it but what stands here (mobsync 1.1, 3.5, 3.6, 3.11).

/** Stable between sessions: the key of preferences. 1 to 255 characters, chosen by the handler. */
export type ItemId = string;

/**
 * The eight statuses of the old contract, and `deleted`, which its header added later: the handler
 * found that the thing behind the item is gone.
 */
export const itemStatuses = [
  'stopped',
  'skipped',
  'pending',
  'updating',
  'succeeded',
  'failed',
  'paused',
  'resuming',
  'deleted',
] as const;
export type ItemStatus = (typeof itemStatuses)[number];

export type FinalStatus = Extract<
  ItemStatus,
  'stopped' | 'skipped' | 'succeeded' | 'failed' | 'deleted'
>;

const final: Record<ItemStatus, boolean> = {
  stopped: true,
  skipped: true,
  pending: false,
  updating: false,
  succeeded: true,
  failed: true,
  paused: false,
  resuming: false,
  deleted: true,
};

/** Whether the status is an item's outcome and not a stage on the way (mobsync 3.6, A23). */
export function isFinal(status: ItemStatus): status is FinalStatus {
  return final[status];
}

export interface Item {
  readonly id: ItemId;
  /** Hostile text: shown escaped, never interpreted. */
  readonly name: string;
  /** The default tick; a stored preference outranks it. */
  readonly checked: boolean;
  readonly hasProperties: boolean;
  /** Preferences of a temporary item are forgotten at the end of the session. */
  readonly temporary: boolean;
  /** Milliseconds since 1970, or null where the handler does not know it. */
  readonly lastUpdate: number | null;
}

/** What a person chose for one item; `connection` null means whichever connection it is. */
export interface ItemPreference {
  readonly partnership: string;
  readonly item: ItemId;
  readonly trigger: import('./trigger.ts').TriggerKind;
  readonly connection: string | null;
  readonly checked: boolean;
}
