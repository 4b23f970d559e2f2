// Making sessions run, watching and stopping them.
import { z } from 'zod';
import { count, numberIn, word } from '../../../api/schemas/basics.ts';
import {
  answer,
  choice,
  confirmation,
  invocation,
  question,
  request,
  requestState,
  running,
} from '../../../api/schemas/requests.ts';
import type { RequestStateShape } from '../../../api/shapes.ts';
import { syncError } from '../../../model/error.ts';
import { checked } from '../checked.ts';
import { type Call, type Endpoint, endpoint } from '../endpoint.ts';

const counted = z.strictObject({ count });
const waitSecondsMax = 60;
const waiting = z.strictObject({ wait: numberIn(0, waitSecondsMax).exactOptional() });

export const requestEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/v1/requests',
    scope: 'run',
    summary:
      'Asks for a synchronization. Answered once the request is durable; the work goes on. With Idempotency-Key: a second request with the same key is the first one.',
    body: invocation,
    reply: request,
    status: 202,
    subject: ({ partnerships }) => partnerships?.join(', ') ?? 'everything',
    answer: async ({ client, service, who, body, key }) => {
      if (key !== null && body.key !== undefined && key !== body.key) {
        throw syncError('request-malformed', { reason: '/key: it is not the Idempotency-Key' });
      }
      const made = await client.invoke(key === null ? body : { ...body, key: checked(word, key) });
      service.invokers.remember(made.id, who, body.cookie ?? null);
      return made;
    },
    locationOf: ({ id }) => `/v1/requests/${id}`,
  }),
  endpoint({
    method: 'get',
    path: '/v1/requests/{id}',
    scope: 'read',
    summary: 'How far it is, with its sessions. `wait`: answered when it has ended, or that late.',
    query: waiting,
    reply: requestState,
    answer: (call) => stateOf(call),
  }),
  endpoint({
    method: 'delete',
    path: '/v1/requests/{id}',
    scope: 'run',
    summary: 'Withdraws it, or stops its sessions.',
    reply: null,
    answer: ({ client, part }) => client.cancel(part('id')),
  }),
  endpoint({
    method: 'get',
    path: '/v1/requests/{id}/choices',
    scope: 'read',
    summary: 'The items to tick, while it waits for that.',
    reply: z.array(choice),
    answer: ({ client, part }) => client.choices(part('id')),
  }),
  endpoint({
    method: 'post',
    path: '/v1/requests/{id}/choices',
    scope: 'decide',
    summary: 'The items that were ticked, by session; it goes on with these.',
    body: confirmation,
    reply: null,
    answer: ({ client, part, body }) => client.confirm(part('id'), body.ticked, body.remember),
  }),
  endpoint({
    method: 'get',
    path: '/v1/question',
    scope: 'read',
    summary: 'The question of a handler that waits for a person, or null.',
    reply: question.nullable(),
    answer: ({ client }) => client.question(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/question',
    scope: 'decide',
    summary: 'Answers it; null: no answer.',
    body: answer,
    reply: null,
    answer: ({ client, body }) => client.answer(body.question, body.answer),
  }),
  endpoint({
    method: 'get',
    path: '/v1/running',
    scope: 'read',
    summary: 'Sessions of every process that works on this store.',
    reply: z.array(running),
    answer: ({ client }) => client.running(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/running/skip',
    scope: 'run',
    summary: 'Leaves out an item of what runs: `partnership`, or `partnership/item`.',
    body: z.strictObject({ name: z.string().min(1).max(2048) }),
    reply: counted,
    subject: ({ name }) => name,
    answer: async ({ client, body }) => ({ count: await client.skip(body.name) }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/running/stop',
    scope: 'run',
    summary: 'Asks sessions to end cleanly; null: all of them.',
    body: z.strictObject({ partnership: word.nullable() }),
    reply: counted,
    subject: ({ partnership }) => partnership ?? 'everything',
    answer: async ({ client, body }) => ({ count: await client.stop(body.partnership) }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/running/pause',
    scope: 'run',
    summary: 'Holds the work of sessions as soon as it can be held; null: of all of them.',
    body: z.strictObject({ partnership: word.nullable() }),
    reply: counted,
    subject: ({ partnership }) => partnership ?? 'everything',
    answer: async ({ client, body }) => ({ count: await client.pauseRunning(body.partnership) }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/running/resume',
    scope: 'run',
    summary: 'Lets them go on.',
    body: z.strictObject({ partnership: word.nullable() }),
    reply: counted,
    subject: ({ partnership }) => partnership ?? 'everything',
    answer: async ({ client, body }) => ({ count: await client.resumeRunning(body.partnership) }),
  }),
];

async function stateOf({
  client,
  service,
  who,
  query,
  part,
}: Call<z.output<typeof waiting>, unknown>): Promise<RequestStateShape> {
  const id = part('id');
  const patience = new AbortController();
  const ended = client.whenEnded(id).finally(() => patience.abort());
  const late = service.clock.sleep((query.wait ?? 0) * 1000, patience.signal).then(() => null);
  const inTime = await Promise.race([ended, late]);
  ended.catch(() => {});
  patience.abort();
  const sessions =
    inTime ?? (await client.sessions({ limit: 1000 })).filter(({ request: of }) => of === id);
  const cookie = service.invokers.cookieOf(id, who);
  const state = { id, ended: inTime !== null, sessions };
  return cookie === null ? state : { ...state, cookie };
}
