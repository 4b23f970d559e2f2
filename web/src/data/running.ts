// Calls about what runs, and about what starts by itself.
import { part, send } from './http.ts';
import type { ItemShape, PauseShape, RequestShape, RequestStateShape, WhyShape } from './shapes.ts';

type Counted = { readonly count: number };

export const itemsOf = (partnership: string) =>
  send<readonly ItemShape[]>('GET', `/v1/items?partnership=${part(partnership)}`);

/** Null: of everything that runs. */
export const pauseRunning = (partnership: string | null) =>
  send<Counted>('POST', '/v1/running/pause', { body: { partnership } });
export const resumeRunning = (partnership: string | null) =>
  send<Counted>('POST', '/v1/running/resume', { body: { partnership } });

/** Answered when it has ended, or a second later: what begins at once is not said to wait. */
export const requestState = (id: string) =>
  send<RequestStateShape>('GET', `/v1/requests/${part(id)}?wait=1`);

export const why = (partnership: string) =>
  send<WhyShape>('GET', `/v1/partnerships/${part(partnership)}/why`);
export const retry = (partnership: string) =>
  send<RequestShape>('POST', `/v1/partnerships/${part(partnership)}/retry`);

/** Nothing of it (null: nothing at all) starts by itself, until then (null: until it is resumed). */
export const pause = (partnership: string | null, until: string | null) =>
  send<void>('POST', '/v1/pause', { body: { partnership, until } });
export const resume = (partnership: string | null) =>
  send<void>('POST', '/v1/resume', { body: { partnership } });
export const paused = () => send<PauseShape | null>('GET', '/v1/pause');
