// The manager itself, its configuration, its health.
import { z } from 'zod';
import { filePath, jsonObject } from '../../../api/schemas/basics.ts';
import {
  about,
  configurationReport,
  finding,
  ignoreVerdict,
} from '../../../api/schemas/installation.ts';
import { syncError } from '../../../model/error.ts';
import { scopes } from '../core/scopes.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';

const token = z.strictObject({ name: z.string(), scopes: z.array(z.enum(scopes)) });
const pattern = z.string().max(4096);

export const installationEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/healthz',
    scope: 'anybody',
    summary: 'Whether it is there, and runs things by itself.',
    reply: z.strictObject({ status: z.enum(['ok', 'safe-mode', 'stopping']) }),
    answer: async ({ service }) => {
      if (service.isStopping()) return { status: 'stopping' as const };
      const isSafe = ((await service.about()).service?.safeMode ?? null) !== null;
      return { status: isSafe ? ('safe-mode' as const) : ('ok' as const) };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/about',
    scope: 'read',
    summary: 'Which manager this is.',
    reply: about,
    answer: ({ client }) => client.about(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/stop',
    scope: 'admin',
    summary: 'Ends the manager, cleanly.',
    reply: null,
    status: 202,
    answer: async ({ service }) => service.stop(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/login-code',
    scope: 'admin',
    summary: 'A code that opens the page in a browser, once and within five minutes.',
    reply: z.strictObject({ code: z.string() }),
    answer: async ({ service, who }) => {
      if (!who.isOwner) throw syncError('only-by-socket', { what: 'A code for a browser' });
      return { code: service.loginCode() };
    },
  }),
  endpoint({
    method: 'get',
    path: '/v1/tokens',
    scope: 'admin',
    summary: 'The tokens in force, by name and scopes. Further ones are named in the file only.',
    reply: z.array(token),
    answer: async ({ service }) =>
      service.tokens().map(({ name, scopes }) => ({ name, scopes: [...scopes] })),
  }),
  endpoint({
    method: 'delete',
    path: '/v1/tokens/{name}',
    scope: 'admin',
    summary: 'Takes a token of the configuration away, at once and out of the file.',
    reply: null,
    answer: ({ service, part }) => service.revokeToken(part('name')),
  }),
  endpoint({
    method: 'get',
    path: '/v1/configuration',
    scope: 'read',
    summary: 'The files as they were read last, and what is wrong in them.',
    reply: configurationReport,
    answer: async ({ service }) => service.configuration(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/configuration/reload',
    scope: 'admin',
    summary: 'Reads the files anew. What is broken changes nothing.',
    changes: 'nothing',
    reply: configurationReport,
    answer: ({ client }) => client.catchUp(),
  }),
  endpoint({
    method: 'get',
    path: '/v1/configuration/schema',
    scope: 'read',
    summary: 'The JSON Schema of the files.',
    reply: jsonObject,
    answer: ({ client }) => client.configurationSchema(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/doctor',
    scope: 'admin',
    summary: 'Examines the whole installation.',
    changes: 'nothing',
    reply: z.array(finding),
    answer: ({ client }) => client.doctor(),
  }),
  endpoint({
    method: 'post',
    path: '/v1/ignore-test',
    scope: 'admin',
    summary: 'Which pattern decides over a path below a folder.',
    changes: 'nothing',
    body: z.strictObject({
      path: filePath,
      root: filePath,
      patterns: z.array(pattern).max(1000),
    }),
    reply: ignoreVerdict,
    answer: ({ client, body }) => client.testIgnore(body.path, body.root, body.patterns),
  }),
];
