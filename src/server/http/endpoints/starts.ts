// What starts by itself: why not now, pause, resume, retry, how fresh.
import { z } from 'zod';
import { computerEnd, lastRun, lastRunWish } from '../../../api/schemas/computer-end.ts';
import { paused } from '../../../api/schemas/partnerships.ts';
import { freshness, pause, request, resume, why } from '../../../api/schemas/requests.ts';
import { syncError } from '../../../model/error.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';

export const startEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/v1/partnerships/{name}/why',
    scope: 'read',
    summary: 'Everything that holds it back now, and when that is looked at again.',
    reply: why,
    answer: ({ client, part }) => client.why(part('name')),
  }),
  endpoint({
    method: 'post',
    path: '/v1/partnerships/{name}/retry',
    scope: 'run',
    summary: 'Forgets that it failed, and runs it now.',
    reply: request,
    status: 202,
    answer: async ({ client, service, who, part }) => {
      const made = await client.retry(part('name'));
      service.invokers.remember(made.id, who, null);
      return made;
    },
    locationOf: ({ id }) => `/v1/requests/${id}`,
  }),
  endpoint({
    method: 'get',
    path: '/v1/pause',
    scope: 'read',
    summary: 'Whether everything is paused; null: it is not.',
    reply: paused.nullable(),
    answer: ({ client }) => client.paused(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/pause',
    scope: 'run',
    summary: 'Nothing of it (null: nothing at all) starts by itself, until then (null: resumed).',
    body: pause,
    reply: null,
    subject: ({ partnership }) => partnership ?? 'everything',
    answer: ({ client, body }) => client.pause(body.partnership, body.until),
  }),
  endpoint({
    method: 'post',
    path: '/v1/resume',
    scope: 'run',
    summary: 'It may start by itself again.',
    body: resume,
    reply: null,
    subject: ({ partnership }) => partnership ?? 'everything',
    answer: ({ client, body }) => client.resume(body.partnership),
  }),
  endpoint({
    method: 'post',
    path: '/v1/last-run',
    scope: 'run',
    summary:
      'What to run before the computer is ended, the smallest first, and what would take longer than there is time. Nothing is done yet.',
    body: lastRunWish,
    reply: lastRun,
    changes: 'nothing',
    answer: ({ client, body }) => client.lastRun(body),
  }),
  endpoint({
    method: 'post',
    path: '/v1/computer-end',
    scope: 'admin',
    summary: 'Ends the computer now; those named wait for the next start. By the socket alone.',
    body: computerEnd,
    reply: null,
    subject: ({ end }) => end,
    answer: async ({ client, who, body }) => {
      if (!who.isOwner) throw syncError('only-by-socket', { what: 'The end of the computer' });
      await client.endComputer(body);
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/freshness',
    scope: 'read',
    summary: 'Of each partnership: four times, and whether its last success is too long ago.',
    reply: z.array(freshness),
    answer: ({ client }) => client.freshness(),
  }),
];
