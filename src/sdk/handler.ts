// What `syncmgr/handler` exports: everything that whoever writes a handler needs to name.
export type { Conflict, ConflictVersion, Resolution } from '../model/conflict.ts';
export { SyncError } from '../model/error.ts';
export type { Form, LogLevel } from '../model/event.ts';
export type { Item, ItemId, ItemStatus } from '../model/item.ts';
export type { Json, JsonObject } from '../model/json.ts';
export type { Alarm, GuardFacts, PlanChange, PlanDraft } from '../model/plan.ts';
export type { Counts } from '../model/session.ts';
export type { TriggerKind } from '../model/trigger.ts';
export type * from '../ports/handler.ts';
export type { Context, LineOptions } from './context.ts';
export type { HandlerDefinition, ItemDraft, ItemDrafts, Report } from './define.ts';
export { defineHandler, Refusal } from './define.ts';
export { serve } from './serve.ts';
