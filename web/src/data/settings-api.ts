// Calls by which things are set up.
import { invoke } from './api.ts';
import { part, query, send } from './http.ts';
import type {
  ConnectionShape,
  DraftPreview,
  FolderListing,
  FreshnessShape,
  HandlerGreeting,
  JsonObject,
  KeptFile,
  NextRuns,
  NotifyWayShape,
  PartnershipDraft,
  RequestStateShape,
  ScheduleDraft,
  SessionShape,
  TicksDraft,
  TicksShape,
  TokenShape,
} from './shapes.ts';

const fileAt = (partnership: string | null) =>
  partnership === null ? '/v1/configuration/file' : `/v1/partnerships/${part(partnership)}/file`;

export const file = (partnership: string | null) => send<KeptFile>('GET', fileAt(partnership));
export const editFile = (partnership: string | null, keys: JsonObject, version: string) =>
  send<KeptFile>('PATCH', fileAt(partnership), { body: { keys }, version });
export const undoFile = (partnership: string | null) =>
  send<KeptFile>('POST', `${fileAt(partnership)}/undo`);

export const preview = (draft: PartnershipDraft) =>
  send<DraftPreview>('POST', '/v1/preview', { body: draft });
export const nextRuns = (draft: ScheduleDraft) =>
  send<NextRuns>('GET', `/v1/next-runs${query({ ...draft })}`);
export const freshness = () => send<readonly FreshnessShape[]>('GET', '/v1/freshness');

const ticksAt = (partnership: string) => `/v1/partnerships/${part(partnership)}/ticks`;
export const ticks = (partnership: string, trigger: string, connection: string | null) =>
  send<TicksShape>(
    'GET',
    `${ticksAt(partnership)}${query({ trigger, connection: connection ?? undefined })}`,
  );
export const setTicks = (partnership: string, draft: TicksDraft) =>
  send<TicksShape>('PATCH', ticksAt(partnership), { body: draft });
export const connections = () => send<readonly ConnectionShape[]>('GET', '/v1/connections');

export const folders = (path: string | null) =>
  send<FolderListing>('GET', `/v1/folders${query({ path: path ?? undefined })}`);
export const notifyWays = () => send<readonly NotifyWayShape[]>('GET', '/v1/notify-ways');
export const openProperties = (partnership: string, item: string | null) =>
  send<void>('POST', `/v1/partnerships/${part(partnership)}/properties`, { body: { item } });
export const schema = () => send<JsonObject>('GET', '/v1/configuration/schema');

/** The session that made it; it ends with the plan, or says why there is none. */
export async function planOnly(partnership: string): Promise<SessionShape | null> {
  const { id } = await invoke({
    trigger: 'manual',
    partnerships: [partnership],
    startNow: true,
    planOnly: true,
    waits: true,
  });
  for (;;) {
    const state = await send<RequestStateShape>('GET', `/v1/requests/${part(id)}?wait=20`);
    if (state.ended) return state.sessions[0] ?? null;
  }
}

export const greetHandler = (name: string) =>
  send<HandlerGreeting>('POST', `/v1/handlers/${part(name)}/greet`);
export const enableHandler = (name: string) =>
  send<void>('POST', `/v1/handlers/${part(name)}/enable`);
export const tokens = () => send<readonly TokenShape[]>('GET', '/v1/tokens');
export const revokeToken = (name: string) => send<void>('DELETE', `/v1/tokens/${part(name)}`);
