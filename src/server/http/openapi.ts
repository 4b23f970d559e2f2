// The document of the API (OpenAPI 3.1), made of the endpoints and their schemas: what is checked and
// what is written down cannot differ.
import { z } from 'zod';
import { errorRecord } from '../../api/schemas/basics.ts';
import { notice } from '../../api/schemas/inbox.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';

type Schemas = Record<string, JsonObject>;

const refused = z.strictObject({
  error: errorRecord,
  problems: z.array(z.strictObject({ pointer: z.string(), reason: z.string() })).optional(),
});

export function openApiDocument(): JsonObject {
  const schemas: Schemas = {};
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const one of endpoints) {
    paths[one.path] = { ...paths[one.path], [one.method]: operation(one, schemas) };
  }
  const failure = schemaOf(refused, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: {
      title: 'syncmgr',
      version: '1',
      description:
        'The Synchronization Manager, for programs. Served on a socket of this user and on a loopback address with a token.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:7396' }],
    security: [{ token: [] }],
    paths: { ...paths, ...otherPaths(schemas) },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      responses: {
        Refused: {
          description: 'It was refused or failed; the code says why.',
          content: { 'application/json': { schema: failure } },
        },
      },
      schemas: Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function operation(one: Endpoint, schemas: Schemas): JsonObject {
  const { reply, status } = one;
  const done: JsonObject =
    reply === null
      ? { description: 'It is done.' }
      : { description: 'The answer.', content: inJson(schemaOf(reply, 'output', schemas)) };
  return {
    operationId: nameOf(one),
    summary: one.summary,
    'x-scope': one.scope,
    ...(one.scope === 'anybody' ? { security: [] } : {}),
    parameters: [...pathParameters(one.path), ...queryParameters(one, schemas), ...headers(one)],
    ...(one.body === undefined
      ? {}
      : { requestBody: { required: true, content: inJson(schemaOf(one.body, 'input', schemas)) } }),
    responses: {
      [reply === null ? 204 : status]: done,
      default: { $ref: '#/components/responses/Refused' },
    },
  };
}

const inJson = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });

/** `post /v1/plans/{hash}/approve` → `postPlansHashApprove`. */
function nameOf({ method, path }: Endpoint): string {
  const words = path
    .replace('/v1', '')
    .split(/[^\w]+/)
    .filter((word) => word !== '');
  return method + words.map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`).join('');
}

function pathParameters(path: string): JsonObject[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name ?? '',
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Endpoint, schemas: Schemas): JsonObject[] {
  if (query === undefined) return [];
  const { properties } = schemaOf(query, 'input', schemas);
  return Object.entries((properties ?? {}) as JsonObject).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));
}

function headers({ path, versionOf, method }: Endpoint): JsonObject[] {
  const header = (name: string) => ({ name, in: 'header', schema: { type: 'string' } });
  if (path === '/v1/requests' && method === 'post') return [header('Idempotency-Key')];
  return versionOf !== undefined && method !== 'get' ? [header('If-Match')] : [];
}

/** Schemas with a name are written once, among the components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Schemas): JsonObject {
  const {
    $defs,
    $schema: _,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    cycles: 'ref',
    reused: 'inline',
  }) as { readonly [key: string]: Json };
  for (const [name, one] of Object.entries(($defs ?? {}) as JsonObject)) {
    schemas[name] = moved(one) as JsonObject;
  }
  const { id, ...rest } = moved(own) as { readonly id?: string; readonly [key: string]: Json };
  if (id === undefined) return rest as JsonObject;
  schemas[id] = rest as JsonObject;
  return { $ref: `#/components/schemas/${id}` };
}

function moved(json: Json): Json {
  if (Array.isArray(json)) return json.map(moved);
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : moved(value),
    ]),
  );
}

function otherPaths(schemas: Schemas): JsonObject {
  const text = (type: string, schema: JsonObject) => ({
    200: { description: 'The answer.', content: { [type]: { schema } } },
    default: { $ref: '#/components/responses/Refused' },
  });
  return {
    '/v1/events': {
      get: {
        operationId: 'getEvents',
        summary:
          'What happens, as server-sent events. `since` or Last-Event-ID: what was stored after it comes first; a notice of the type gap says that some of it is gone. `answers`: handlers may ask while this viewer is there, if its token may decide.',
        'x-scope': 'read',
        parameters: [
          { name: 'since', in: 'query', schema: { type: 'string', pattern: '^\\d{1,15}$' } },
          { name: 'answers', in: 'query', schema: { const: 'yes' } },
          { name: 'Last-Event-ID', in: 'header', schema: { type: 'string' } },
        ],
        responses: text('text/event-stream', schemaOf(notice, 'output', schemas)),
      },
    },
    '/v1/conflicts/{id}/image/{side}': {
      get: {
        operationId: 'getConflictImage',
        summary: 'The image in a version: PNG, JPEG, GIF, WebP or AVIF by its bytes, up to 24 MiB.',
        'x-scope': 'read',
        parameters: ['id', 'side'].map((name) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        responses: text('image/*', { type: 'string', format: 'binary' }),
      },
    },
    '/metrics': {
      get: {
        operationId: 'getMetrics',
        summary: 'Numbers for Prometheus.',
        'x-scope': 'read',
        responses: text('text/plain', { type: 'string' }),
      },
    },
  };
}
