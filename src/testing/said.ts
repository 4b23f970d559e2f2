// Everything a handler said to its manager, in order, with the moment at which it did.
import type { ConflictDraft } from '../model/conflict.ts';
import type { Form, LogDraft } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { ProgressAnswer, ProgressReport } from '../ports/handler.ts';

/** `between`: after prepare and before synchronize, or after it. */
export type Moment =
  | 'opening'
  | 'preparing'
  | 'between'
  | 'synchronizing'
  | 'afterwards'
  | 'closed';

export type Conflict = Omit<ConflictDraft, 'session' | 'partnership'>;
export type LogLine = Omit<LogDraft, 'session' | 'partnership'>;

export type Said = { readonly moment: Moment } & (
  | {
      readonly call: 'progress';
      readonly item: ItemId;
      /** Null: it only asked. */
      readonly report: ProgressReport | null;
      readonly answer: ProgressAnswer;
    }
  | ({ readonly call: 'log' } & LogLine)
  | { readonly call: 'withdraw'; readonly errorId: string | null }
  | { readonly call: 'ask'; readonly form: Form }
  | { readonly call: 'floor' }
  | { readonly call: 'connect'; readonly name: string | null }
  | { readonly call: 'conflict'; readonly conflict: Conflict }
  | { readonly call: 'decide'; readonly conflict: Conflict }
  | { readonly call: 'conflictsSeen'; readonly item: ItemId; readonly complete: boolean }
);

export type SaidOf<Call extends Said['call']> = Extract<Said, { readonly call: Call }>;

type WithoutMoment<T> = T extends unknown ? Omit<T, 'moment'> : never;
export type Saying = WithoutMoment<Said>;
