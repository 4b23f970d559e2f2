// One item after another, as a person expects it: asked before each whether to go on, the rest left
// alone after a stop, and one that fails does not keep the others from being done.
import { errorRecord } from '../model/error.ts';
import type { ItemId } from '../model/item.ts';
import type { Counts } from '../model/session.ts';
import type { ProgressAnswer } from '../ports/handler.ts';
import type { SessionContext } from './context.ts';

interface Done {
  readonly counts?: Counts;
  readonly bytes?: number;
}

export async function eachItem<State>(
  context: SessionContext<State>,
  work: (item: ItemId, signal: AbortSignal) => Promise<Done | undefined>,
): Promise<Required<Done>> {
  const counts: Record<string, number> = {};
  let bytes = 0;
  for (const item of context.items) {
    const answer = context.progress(item);
    if (answer !== 'continue') {
      context.progress(item, { status: leftAs[answer] });
      continue;
    }
    const done = await oneItem(context, item, work);
    for (const [key, count] of Object.entries(done?.counts ?? {})) {
      counts[key] = (counts[key] ?? 0) + count;
    }
    bytes += done?.bytes ?? 0;
  }
  return { counts, bytes };
}

const leftAs: Record<Exclude<ProgressAnswer, 'continue'>, 'skipped' | 'stopped'> = {
  skip: 'skipped',
  stop: 'stopped',
  'unknown-item': 'skipped',
  detached: 'stopped',
};

async function oneItem<State>(
  context: SessionContext<State>,
  item: ItemId,
  work: (item: ItemId, signal: AbortSignal) => Promise<Done | undefined>,
): Promise<Done | undefined> {
  context.progress(item, { status: 'updating' });
  try {
    const done = await work(item, context.signalOf(item));
    context.progress(item, { status: 'succeeded' });
    return done;
  } catch (thrown) {
    const answer = context.progress(item);
    // Cut short because somebody asked for it is not a failure.
    if (answer === 'skip' || answer === 'stop') {
      context.progress(item, { status: leftAs[answer] });
    } else {
      const { code, text } = errorRecord(thrown, 'handler-failed');
      context.log('error', text, { item, code });
      context.progress(item, { status: 'failed' });
    }
    return undefined;
  }
}
