// Calls about what waits for a person, where it is long or no JSON.
import { part, query, send } from './http.ts';
import type {
  ConflictShape,
  PairDraft,
  PartnershipShape,
  PlanFolder,
  PlanFolderQuery,
  RequestShape,
} from './shapes.ts';

export const planFolder = (hash: string, { kinds, ...wanted }: PlanFolderQuery) =>
  send<PlanFolder>(
    'GET',
    `/v1/plans/${part(hash)}/folder${query({ ...wanted, kinds: kinds?.join(',') })}`,
  );

export const openLogEntry = (id: number) => send<RequestShape | null>('POST', `/v1/log/${id}/open`);

export const merge = (id: string, text: string, version: number) =>
  send<ConflictShape>('POST', `/v1/conflicts/${part(id)}/merge`, {
    body: { text },
    version: String(version),
  });

/** For an `img`: the browser sends its cookie by itself. */
export const imageAddress = (id: string, side: string): string =>
  `/v1/conflicts/${part(id)}/image/${part(side)}`;

/** The partnership of two folders by their paths, made if it is not there. */
export const pair = (draft: PairDraft) =>
  send<PartnershipShape>('POST', '/v1/pairs', { body: draft });
