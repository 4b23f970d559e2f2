// How what a handler reported, what a person asked for and how the handler completed are joined
// into one outcome per item and one per session (mobsync A23, A32; S1, S4, S13).
import type { ErrorRecord } from '../../model/error.ts';
import { type FinalStatus, type Item, type ItemStatus, isFinal } from '../../model/item.ts';
import type { ItemResult } from '../../model/session.ts';

/** What a person asked for an item, and what the handler last said of it. */
export interface ItemFate {
  readonly item: Item;
  /** The last status reported, final or not. */
  readonly status: ItemStatus;
  readonly skipWanted: boolean;
}

/**
 * How the work as a whole ended. `never-begun`: it came to no synchronize; `withheld`: nor was it
 * meant to, because only a plan was wanted or the plan waits.
 */
export type Completion = 'done' | 'failed' | 'never-begun' | 'withheld';

export interface Circumstances {
  readonly completion: Completion;
  readonly stopWanted: boolean;
  /** Why the work failed; becomes the error of the items that fail with it. */
  readonly error: ErrorRecord | null;
}

export type Answer = 'continue' | 'skip' | 'stop' | 'unknown-item' | 'detached';

/** What progress answers: each time, not once; all outranks one (A32). */
export function answerFor(facts: {
  readonly detached: boolean;
  readonly stopWanted: boolean;
  readonly fate: Pick<ItemFate, 'skipWanted'> | undefined;
}): Answer {
  if (facts.detached) return 'detached';
  if (facts.fate === undefined) return 'unknown-item';
  if (facts.stopWanted) return 'stop';
  return facts.fate.skipWanted ? 'skip' : 'continue';
}

/** An item that ended stays so; only a failure found afterwards may still be reported (S1). */
export function nextStatus(former: ItemStatus, reported: ItemStatus): ItemStatus {
  if (!isFinal(former)) return reported;
  return reported === 'failed' ? 'failed' : former;
}

export function itemResult(fate: ItemFate, circumstances: Circumstances): ItemResult {
  const status = finalStatus(fate, circumstances);
  return {
    item: fate.item.id,
    name: fate.item.name,
    status,
    error: status === 'failed' ? circumstances.error : null,
    finishedBeforeSkip: fate.skipWanted && (status === 'succeeded' || status === 'deleted'),
  };
}

function finalStatus({ status, skipWanted }: ItemFate, around: Circumstances): FinalStatus {
  if (isFinal(status)) return status;
  if (skipWanted || around.completion === 'withheld') return 'skipped';
  if (around.stopWanted) return 'stopped';
  if (around.completion === 'done') return 'succeeded';
  return 'failed';
}

/** Which signal the results amount to: one bad item or open problem is enough not to succeed (S13). */
export function verdict(
  items: readonly ItemResult[],
  left: { readonly completion: Completion; readonly problems: number; readonly conflicts: number },
): 'succeed' | 'fall-short' | 'fail' {
  const well = items.filter(({ status }) => status === 'succeeded' || status === 'deleted').length;
  const failed = items.some(({ status }) => status === 'failed');
  if (well === 0 && (failed || left.completion === 'failed')) return 'fail';
  const clean = left.completion === 'done' && left.problems === 0 && left.conflicts === 0;
  return well === items.length && clean ? 'succeed' : 'fall-short';
}
