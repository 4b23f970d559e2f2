// Commands that a person has run around a session. The manager does not know how programs are run.
import type { ErrorRecord } from '../model/error.ts';
import type { Hook, HookMoment } from '../model/hooks.ts';
import type { JsonObject } from '../model/json.ts';

export interface HookCall {
  readonly moment: HookMoment;
  readonly hook: Hook;
  /** What happened: as JSON on its input, and single values as `SYNCMGR_…` in its environment. */
  readonly facts: JsonObject;
  /** Aborted when it shall end: it is then stopped, and killed if it does not listen. */
  readonly signal: AbortSignal;
  heard(line: string): void;
}

export interface HookRunner {
  /** Never rejects; null: it ended well. */
  run(call: HookCall): Promise<ErrorRecord | null>;
}
