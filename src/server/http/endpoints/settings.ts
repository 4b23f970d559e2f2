// What can be set up: files key by key, ticks, and what is needed to choose. Nothing here makes the
// manager run another program, read a secret, or be reached by another address.
import { z } from 'zod';
import { word } from '../../../api/schemas/basics.ts';
import { partnershipDraft } from '../../../api/schemas/partnerships.ts';
import {
  connection,
  draftPreview,
  fileChange,
  folderListing,
  foldersQuery,
  handlerGreeting,
  keptFile,
  nextRuns,
  notifyWay,
  scheduleDraft,
  ticks,
  ticksDraft,
  ticksQuery,
} from '../../../api/schemas/settings.ts';
import type { KeptFile } from '../../../api/settings-shapes.ts';
import { syncError } from '../../../model/error.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';

export const settingsEndpoints: readonly Endpoint[] = [
  ...fileEndpoints('/v1/partnerships/{name}/file', 'The file of a partnership'),
  ...fileEndpoints('/v1/configuration/file', 'The main file'),
  endpoint({
    method: 'post',
    path: '/v1/preview',
    scope: 'admin',
    summary: 'The file that a partnership would be, and what is wrong with it. Writes nothing.',
    changes: 'nothing',
    body: partnershipDraft,
    reply: draftPreview,
    answer: ({ client, body }) => client.preview(body),
  }),
  endpoint({
    method: 'get',
    path: '/v1/next-runs',
    scope: 'read',
    summary: 'When a schedule that is being written would come next, five times.',
    query: scheduleDraft,
    reply: nextRuns,
    answer: ({ client, query }) => client.nextRuns(query),
  }),
  endpoint({
    method: 'get',
    path: '/v1/partnerships/{name}/ticks',
    scope: 'read',
    summary: 'Which items take part when a trigger starts something, on a connection or on any.',
    query: ticksQuery,
    reply: ticks,
    answer: ({ client, part, query }) =>
      client.ticks(part('name'), query.trigger, query.connection ?? null),
  }),
  endpoint({
    method: 'patch',
    path: '/v1/partnerships/{name}/ticks',
    scope: 'admin',
    summary: 'Ticks items for a trigger, or takes the tick away; others stay as they are.',
    body: ticksDraft,
    reply: ticks,
    subject: ({ trigger }) => trigger,
    answer: ({ client, part, body }) => client.setTicks(part('name'), body),
  }),
  endpoint({
    method: 'post',
    path: '/v1/partnerships/{name}/properties',
    scope: 'admin',
    summary: 'Opens the properties of an item, or of the handler: what it asks is the question.',
    body: z.strictObject({ item: word.nullable() }),
    reply: null,
    subject: ({ item }) => item ?? 'the handler',
    answer: ({ client, part, body }) => client.openProperties(part('name'), body.item),
  }),
  endpoint({
    method: 'post',
    path: '/v1/handlers/{name}/greet',
    scope: 'admin',
    summary: 'Opens a handler, asks what it is and has, and closes it. Nothing is synchronized.',
    changes: 'nothing',
    reply: handlerGreeting,
    answer: ({ client, part }) => client.greetHandler(part('name')),
  }),
  endpoint({
    method: 'get',
    path: '/v1/connections',
    scope: 'read',
    summary: 'Connections of this computer: those that are up, and those that have ticks.',
    reply: z.array(connection),
    answer: ({ client }) => client.connections(),
  }),
  endpoint({
    method: 'get',
    path: '/v1/folders',
    scope: 'admin',
    summary: 'Names of the folders in a folder of this computer; without a path, the home folder.',
    query: foldersQuery,
    reply: folderListing,
    answer: ({ client, query }) => client.folders(query.path ?? null),
  }),
  endpoint({
    method: 'get',
    path: '/v1/notify-ways',
    scope: 'admin',
    summary: 'By which ways a person is told, without what is secret in them.',
    reply: z.array(notifyWay),
    answer: ({ client }) => client.notifyWays(),
  }),
];

/** To look at it, to change keys of it, and to take the last change back. */
function fileEndpoints(path: string, what: string): readonly Endpoint[] {
  const nameOf = (part: (name: string) => string) => (path.includes('{') ? part('name') : null);
  return [
    endpoint({
      method: 'get',
      path,
      scope: 'admin',
      summary: `${what}, by keys. Its ETag is for If-Match of a change.`,
      reply: keptFile,
      answer: ({ client, part }) => client.file(nameOf(part)),
      versionOf,
    }),
    endpoint({
      method: 'patch',
      path,
      scope: 'admin',
      summary: `${what}: sets the keys that are named, null takes one out. Comments stay.`,
      body: fileChange,
      reply: keptFile,
      subject: ({ keys }) => Object.keys(keys).join(' ').slice(0, 200),
      answer: ({ client, part, body, version }) =>
        client.editFile(nameOf(part), body.keys, versionIn(version)),
      versionOf,
    }),
    endpoint({
      method: 'post',
      path: `${path}/undo`,
      scope: 'admin',
      summary: `${what}: takes the last change back; said again, makes it anew.`,
      reply: keptFile,
      answer: ({ client, part }) => client.undoFile(nameOf(part)),
      versionOf,
    }),
  ];
}

function versionOf({ version }: KeptFile): string {
  return `"${version}"`;
}

function versionIn(header: string | null): string | undefined {
  if (header === null || header === '*') return undefined;
  const version = /^"([0-9a-f]{1,64})"$/.exec(header)?.[1];
  if (version === undefined) throw syncError('version-stale', { what: 'The file' });
  return version;
}
