// What waits for a person, and what is left of sessions.
import { z } from 'zod';
import { flagIn, listOf, numberIn, word } from '../../../api/schemas/basics.ts';
import {
  conflict,
  conflictTexts,
  logLevel,
  logLine,
  mergedText,
  plan,
  planFolder,
  planPage,
  planState,
  resolution,
  waiting,
} from '../../../api/schemas/inbox.ts';
import { request, session } from '../../../api/schemas/requests.ts';
import type { ConflictShape } from '../../../api/shapes.ts';
import { errorRecord, syncError } from '../../../model/error.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';

const rowsMax = 10_000;
const entriesMax = 1_000;

export const inboxEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/v1/waiting',
    scope: 'read',
    summary: 'How many open plans and conflicts wait for a person.',
    reply: waiting,
    answer: ({ client }) => client.waiting(),
  }),
  endpoint({
    method: 'get',
    path: '/v1/plans',
    scope: 'read',
    summary: 'Plans, newest first; `state`: open, approved, rejected, carried-out, outdated.',
    query: z.strictObject({ state: listOf(planState).exactOptional() }),
    reply: z.array(plan),
    answer: ({ client, query }) => client.plans(query.state ?? ['open']),
  }),
  endpoint({
    method: 'get',
    path: '/v1/plans/{hash}',
    scope: 'read',
    summary: 'A plan with its first changes; the hash, or a beginning of it that is unique.',
    query: z.strictObject({ limit: numberIn(0, Number.MAX_SAFE_INTEGER).exactOptional() }),
    reply: planPage,
    answer: ({ client, query, part }) => client.plan(part('hash'), query.limit ?? 1000),
  }),
  endpoint({
    method: 'get',
    path: '/v1/plans/{hash}/folder',
    scope: 'read',
    summary:
      'One folder of it (`folder`; left out: the top): its folders with counts of all below, then its own changes, from `from` on. `kinds`: side.kind,…',
    query: z.strictObject({
      folder: z.string().max(8192).exactOptional(),
      kinds: listOf(z.string().max(200)).exactOptional(),
      search: z.string().max(1000).exactOptional(),
      from: numberIn(0, Number.MAX_SAFE_INTEGER).exactOptional(),
      limit: numberIn(1, entriesMax).exactOptional(),
    }),
    reply: planFolder,
    answer: ({ client, query: { folder = '', ...query }, part }) =>
      client.planFolder(part('hash'), { folder, ...query }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/plans/{hash}/approve',
    scope: 'decide',
    summary: 'Carries out exactly this plan, by a new request. The whole hash is needed.',
    reply: request,
    status: 202,
    answer: async ({ client, service, who, part }) => {
      const made = await client.approve(part('hash'));
      service.invokers.remember(made.id, who, null);
      return made;
    },
    locationOf: ({ id }) => `/v1/requests/${id}`,
  }),
  endpoint({
    method: 'post',
    path: '/v1/plans/{hash}/reject',
    scope: 'decide',
    summary: 'Drops it.',
    reply: plan,
    answer: ({ client, part }) => client.reject(part('hash')),
  }),
  endpoint({
    method: 'get',
    path: '/v1/sessions',
    scope: 'read',
    summary: 'What ran, newest first.',
    query: z.strictObject({
      partnership: word.exactOptional(),
      limit: numberIn(1, rowsMax).exactOptional(),
    }),
    reply: z.array(session),
    answer: ({ client, query }) => client.sessions(query),
  }),
  endpoint({
    method: 'get',
    path: '/v1/log',
    scope: 'read',
    summary: 'What was reported, newest first.',
    query: z.strictObject({
      partnership: word.exactOptional(),
      session: word.exactOptional(),
      levels: listOf(logLevel).exactOptional(),
      search: z.string().max(1000).exactOptional(),
      before: numberIn(0, Number.MAX_SAFE_INTEGER).exactOptional(),
      after: numberIn(0, Number.MAX_SAFE_INTEGER).exactOptional(),
      limit: numberIn(1, rowsMax).exactOptional(),
    }),
    reply: z.array(logLine),
    answer: ({ client, query }) => client.log(query),
  }),
  endpoint({
    method: 'post',
    path: '/v1/log/{id}/open',
    scope: 'run',
    summary:
      'Opens a line with a jump: its handler shows what it has to, and the retry it asks for is the request that comes back; else null.',
    reply: request.nullable(),
    answer: async ({ client, service, who, part }) => {
      const id = part('id');
      if (!/^\d{1,15}$/.test(id)) throw syncError('not-found', { what: `Log entry ${id}` });
      const made = await client.openLogEntry(Number(id));
      if (made !== null) service.invokers.remember(made.id, who, null);
      return made;
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/conflicts',
    scope: 'read',
    summary: 'What was changed on both sides, oldest first.',
    query: z.strictObject({ partnership: word.exactOptional(), open: flagIn.exactOptional() }),
    reply: z.array(conflict),
    answer: ({ client, query }) => client.conflicts(query),
  }),
  endpoint({
    method: 'get',
    path: '/v1/conflicts/{id}',
    scope: 'read',
    summary: 'One of them; its ETag is for If-Match of a decision.',
    reply: conflict,
    answer: ({ client, part }) => client.conflict(part('id')),
    versionOf,
  }),
  endpoint({
    method: 'get',
    path: '/v1/conflicts/{id}/texts',
    scope: 'read',
    summary: 'The versions, where they are short text.',
    reply: conflictTexts,
    answer: ({ client, part }) => client.conflictTexts(part('id')),
  }),
  endpoint({
    method: 'post',
    path: '/v1/conflicts/{id}/resolve',
    scope: 'decide',
    summary: 'Settles it. With If-Match: only if it is as it was read.',
    body: resolution,
    reply: conflict,
    subject: ({ choice }) => choice,
    answer: async ({ client, who, part, body, version }) => {
      if (body.choice === 'merged' && !who.isOwner) {
        throw syncError('only-by-socket', { what: 'A merged version from a file' });
      }
      const known = versionIn(version);
      return client.resolve(part('id'), body, known).catch(staleTo(known));
    },
    versionOf,
  }),
  endpoint({
    method: 'post',
    path: '/v1/conflicts/{id}/merge',
    scope: 'decide',
    summary:
      'Settles it by a text that was written out of the versions. If-Match as for the others.',
    body: mergedText,
    reply: conflict,
    answer: async ({ client, part, body, version }) => {
      const known = versionIn(version);
      return client.merge(part('id'), body.text, known).catch(staleTo(known));
    },
    versionOf,
  }),
  endpoint({
    method: 'post',
    path: '/v1/conflicts/{id}/undo',
    scope: 'decide',
    summary: 'Takes the decision back.',
    reply: conflict,
    answer: ({ client, part }) => client.undo(part('id')),
    versionOf,
  }),
];

/** To whoever said which version is meant, it is that which failed. */
const staleTo = (known: number | undefined) => (thrown: unknown) => {
  if (known === undefined || errorRecord(thrown).code !== 'conflict-stale') throw thrown;
  throw syncError('version-stale', { what: 'The conflict' }, thrown);
};

function versionOf({ version }: ConflictShape): string {
  return `"${version}"`;
}

function versionIn(header: string | null): number | undefined {
  if (header === null || header === '*') return undefined;
  const number = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (number === undefined) throw syncError('version-stale', { what: 'The conflict' });
  return Number(number);
}
