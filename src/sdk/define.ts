// The short way to write a handler: plain async functions. The manager's contract (ports/handler.ts)
// tells calls that ended from calls that go on; here a promise says it, and the window for skips is
// open as long as the promise is pending.
import type { Resolution } from '../model/conflict.ts';
import { type ErrorRecord, SyncError } from '../model/error.ts';
import type { Item, ItemId } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import type { PlanDraft } from '../model/plan.ts';
import type { Counts } from '../model/session.ts';
import type {
  ConflictSubject,
  Handler,
  HandlerSession,
  ItemList,
  Opening,
  Pass,
  PrepareCall,
  Prepared,
  Shown,
  Synchronized,
} from '../ports/handler.ts';
import { type Context, SessionContext } from './context.ts';
import { eachItem } from './each-item.ts';

/** An item, of which only the identity must be said: by default it is ticked. */
export type ItemDraft = Pick<Item, 'id'> & Partial<Item>;

/** What the items were, and whether some could not be seen now: their ticks are then kept. */
export interface ItemDrafts {
  readonly complete: boolean;
  readonly items: readonly ItemDraft[];
}

/** What synchronize may say of its work; nothing said is nothing counted. */
export interface Report {
  /** Changes carried out, keyed `side.kind`: `right.create`. */
  readonly counts?: Counts;
  /** Bytes that travelled. */
  readonly bytes?: number;
  /** Why it could not go on; fails every item that reported no outcome of its own. */
  readonly error?: ErrorRecord;
}

/**
 * A handler. Only `name`, `items` and one of the two `synchronize` are needed. Whatever a function
 * throws ends this session as failed, and no other. A SyncError keeps its code and its retry class.
 */
export interface HandlerDefinition<State> {
  /** The name it is registered under: what a partnership names as its handler. */
  readonly name: string;
  /** What a person reads; at most 31 characters. Default: the name. */
  readonly title?: string;
  /** Listed in a choice even while it has no items. */
  readonly alwaysListed?: boolean;
  /**
   * Called first, once per session: looks at the settings, and keeps what the others need as
   * `context.state`. Null: this trigger is not for me.
   */
  open?(opening: Opening): Promise<State | null>;
  /** What can be synchronized. Called again whenever the manager wants the list anew. */
  items(context: Context<State>): Promise<readonly ItemDraft[] | ItemDrafts>;
  /**
   * First half: look, ask, sign in, count. It changes nothing. The plan it may return is stored,
   * looked at by the guards and perhaps approved by a person before anything happens.
   * Throws a Refusal when it cannot go on without a person and there is none.
   */
  prepare?(context: Context<State>, call: PrepareCall): Promise<PlanDraft | null>;
  /** Second half: do it, for all items at once. */
  synchronize?(context: Context<State>): Promise<Report | undefined>;
  /** Second half, item by item: progress, skips, stops and failures of one are seen to. */
  synchronizeItem?(
    context: Context<State>,
    item: ItemId,
    signal: AbortSignal,
  ): Promise<Report | undefined>;
  /** Hold the work, or go on with it; called only while synchronize runs. */
  pause?(context: Context<State>, paused: boolean): void;
  /** So many bytes a second from now on, 0 for no limit; null: as the settings say. */
  setBandwidth?(context: Context<State>, rate: number | null): void;
  /** A person opened the properties of an item, or with null of the handler. */
  properties?(context: Context<State>, item: ItemId | null): Promise<Shown>;
  /** A person opened a line logged with a jump; may ask for a retry of some items. */
  showError?(context: Context<State>, errorId: string): Promise<Shown>;
  /** Carries out what a person decided; returns what `undo` needs, or null if there is no way back. */
  resolve?(
    context: Context<State>,
    conflict: ConflictSubject,
    resolution: Resolution,
  ): Promise<Json>;
  undo?(context: Context<State>, conflict: ConflictSubject, undo: Json): Promise<void>;
  /** Last: give back what `open` took. */
  close?(context: Context<State>): Promise<void>;
}

/** Thrown by prepare: not now, or not without a person. */
export class Refusal extends SyncError {
  constructor(text: string) {
    super('prepare-refused', text, 'needs-person');
    this.name = 'Refusal';
  }
}

export function defineHandler<State = undefined>(definition: HandlerDefinition<State>): Handler {
  return {
    name: definition.name,
    open: async (opening) => {
      const state = await definition.open?.(opening);
      if (state === null) return null;
      return sessionOf(definition, new SessionContext(opening, state as State));
    },
  };
}

function sessionOf<State>(
  definition: HandlerDefinition<State>,
  context: SessionContext<State>,
): HandlerSession {
  const { pause, setBandwidth, properties, showError, resolve, undo } = definition;
  return {
    describe: async () => ({
      name: definition.title ?? definition.name,
      hasProperties: properties !== undefined,
      alwaysListed: definition.alwaysListed ?? false,
    }),
    items: async () => itemList(await definition.items(context), properties !== undefined),
    attach: async (callback) => context.attach(callback),
    prepare: async (call) => {
      context.items = call.items;
      return pending(prepared(definition, context, call));
    },
    synchronize: async () => pending(synchronized(definition, context)),
    // The answers of progress and the signals say the same; nothing is left to do.
    setItemStatus: () => {},
    ...(pause && { pause: (paused) => pause(context, paused) }),
    ...(setBandwidth && { setBandwidth: (rate) => setBandwidth(context, rate) }),
    ...(properties && { properties: async (item) => pending(properties(context, item)) }),
    ...(showError && { showError: async (errorId) => pending(showError(context, errorId)) }),
    ...(resolve && { resolve: (conflict, choice) => resolve(context, conflict, choice) }),
    ...(undo && { undo: (conflict, past) => undo(context, conflict, past) }),
    close: async () => definition.close?.(context),
  };
}

const pending = <T>(promise: Promise<T>): Pass<T> => ({ pending: promise });

function itemList(drafts: readonly ItemDraft[] | ItemDrafts, hasProperties: boolean): ItemList {
  const { complete, items } = 'items' in drafts ? drafts : { complete: true, items: drafts };
  return {
    complete,
    items: items.map((item) => ({
      name: item.id,
      checked: true,
      hasProperties,
      temporary: false,
      lastUpdate: null,
      ...item,
    })),
  };
}

async function prepared<State>(
  { prepare }: HandlerDefinition<State>,
  context: Context<State>,
  call: PrepareCall,
): Promise<Prepared> {
  try {
    return { outcome: 'ready', plan: (await prepare?.(context, call)) ?? null };
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const error: ErrorRecord = { code: thrown.code, text: thrown.message, retry: thrown.retry };
    return { outcome: 'refused', error };
  }
}

async function synchronized<State>(
  definition: HandlerDefinition<State>,
  context: SessionContext<State>,
): Promise<Synchronized> {
  const { synchronize, synchronizeItem } = definition;
  const report: Report | undefined =
    synchronize === undefined
      ? await eachItem(context, async (item, signal) => synchronizeItem?.(context, item, signal))
      : await synchronize(context);
  return {
    outcome: report?.error === undefined ? 'done' : 'failed',
    error: report?.error ?? null,
    counts: report?.counts ?? {},
    bytes: report?.bytes ?? 0,
  };
}
