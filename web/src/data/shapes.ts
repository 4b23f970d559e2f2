// What the page knows of the program: the shapes of src/api, and nothing behind them.
import type { Client } from '../../../src/api/client.ts';
import type { PlanPage, SessionShape } from '../../../src/api/shapes.ts';

export type { LogQuery } from '../../../src/api/client.ts';
export type * from '../../../src/api/inbox-shapes.ts';
export type * from '../../../src/api/settings-shapes.ts';
export type * from '../../../src/api/shapes.ts';

export type Phase = SessionShape['phase'];
export type Halt = PlanPage['plan']['halts'][number];
export type PlanChange = PlanPage['changes'][number];
export type Resolution = Parameters<Client['resolve']>[1];
export type JsonObject = NonNullable<Parameters<Client['answer']>[1]>;
