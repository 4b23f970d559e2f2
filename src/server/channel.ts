// The way to the other processes on the same store.
import type { JsonObject } from '../model/json.ts';

export type Question =
  | { readonly verb: 'running' }
  | { readonly verb: 'skip'; readonly name: string }
  | { readonly verb: 'stop' | 'pause' | 'resume'; readonly partnership: string | null };

/** The way to the other processes. What comes back is theirs, and checked here. */
export interface Channel {
  /** Begins to answer, unless it does already. */
  listen(answer: (question: unknown) => Promise<JsonObject>): void;
  ask(
    question: Question,
  ): Promise<readonly { readonly process: number; readonly answer: unknown }[]>;
  close(): void;
}
