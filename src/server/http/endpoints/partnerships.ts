// Partnerships, items and handlers.
import { z } from 'zod';
import type { Client } from '../../../api/client.ts';
import { word } from '../../../api/schemas/basics.ts';
import {
  addedPartnership,
  handler,
  item,
  pairDraft,
  pairedPartnership,
  partnership,
  partnershipDraft,
} from '../../../api/schemas/partnerships.ts';
import type { PartnershipShape } from '../../../api/shapes.ts';
import { syncError } from '../../../model/error.ts';
import { shortHash } from '../../../stdx/short-hash.ts';
import { type Call, type Endpoint, endpoint } from '../endpoint.ts';

export const partnershipEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/v1/partnerships',
    scope: 'read',
    summary: 'What is kept.',
    reply: z.array(partnership),
    answer: ({ client }) => client.partnerships(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/partnerships',
    scope: 'admin',
    summary: 'Keeps a partnership, in a file of the configuration.',
    body: partnershipDraft,
    reply: addedPartnership,
    status: 201,
    subject: ({ name }) => name,
    answer: ({ client, who, body }) => {
      // Settings of other handlers can name programs to run; whoever may is at this computer.
      const isPlain = body.handler === 'folder' && Object.keys(body.settings).length === 0;
      if (!isPlain && !who.isOwner) {
        throw syncError('only-by-socket', { what: 'A partnership with settings of its own' });
      }
      return client.add(body);
    },
    locationOf: ({ name }) => `/v1/partnerships/${encodeURIComponent(name)}`,
  }),
  endpoint({
    method: 'get',
    path: '/v1/partnerships/{name}',
    scope: 'read',
    summary: 'One of them, by name or id. Its ETag is for If-Match of a change.',
    reply: partnership,
    answer: ({ client, part }) => named(client, part('name')),
    versionOf,
  }),
  endpoint({
    method: 'patch',
    path: '/v1/partnerships/{name}',
    scope: 'admin',
    summary: 'Enables or disables it. With If-Match: only if it is as it was read.',
    body: z.strictObject({ enabled: z.boolean() }),
    reply: partnership,
    answer: (call) =>
      oneByOne(async () => {
        await requireVersion(call);
        await call.client.setEnabled(call.part('name'), call.body.enabled);
        return named(call.client, call.part('name'));
      }),
    versionOf,
  }),
  endpoint({
    method: 'delete',
    path: '/v1/partnerships/{name}',
    scope: 'admin',
    summary: 'Forgets it; no file of a person is touched. If it runs, it is stopped first.',
    reply: null,
    answer: (call) =>
      oneByOne(async () => {
        await requireVersion(call);
        await call.client.remove(call.part('name'));
      }),
  }),
  endpoint({
    method: 'post',
    path: '/v1/pairs',
    scope: 'admin',
    summary: 'The partnership of two folders given by absolute paths, made if it is not there yet.',
    body: pairDraft,
    reply: pairedPartnership,
    answer: ({ client, body }) => client.pair(body),
  }),
  endpoint({
    method: 'get',
    path: '/v1/items',
    scope: 'read',
    summary: 'Everything that can be synchronized, with its times; of one partnership if asked.',
    query: z.strictObject({ partnership: word.exactOptional() }),
    reply: z.array(item),
    answer: ({ client, query }) => client.items(query.partnership),
  }),
  endpoint({
    method: 'get',
    path: '/v1/handlers',
    scope: 'read',
    summary: 'Who can synchronize what.',
    reply: z.array(handler),
    answer: ({ client }) => client.handlers(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/handlers/{name}/enable',
    scope: 'admin',
    summary: 'One that failed too often, and is not started any more, is started again.',
    reply: null,
    answer: ({ client, part }) => client.enableHandler(part('name')),
  }),
];

async function named(client: Client, name: string): Promise<PartnershipShape> {
  const all = await client.partnerships();
  const found = all.find((one) => one.name === name) ?? all.find(({ id }) => id === name);
  if (found === undefined) throw syncError('partnership-unknown', { name });
  return found;
}

function versionOf(shape: PartnershipShape): string {
  return `"${shortHash(JSON.stringify(shape))}"`;
}

async function requireVersion({ client, part, version }: Call<unknown, unknown>): Promise<void> {
  if (version === null || version === '*') return;
  const name = part('name');
  if (versionOf(await named(client, name)) !== version) {
    throw syncError('version-stale', { what: name });
  }
}

let turn: Promise<unknown> = Promise.resolve();

/** Between the look at the version and the change nobody else changes it. */
function oneByOne<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}
