// From a request to its answer: who asks, may he, is it right; then the endpoint; then the audit.
// There is one way for all endpoints, so that none can be reached around a check.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Client } from '../../api/client.ts';
import { errorRecord, syncError } from '../../model/error.ts';
import { Malformed } from '../../model/malformed.ts';
import type { Access } from './access.ts';
import { owner } from './access.ts';
import { readBody, requireNoBody } from './body.ts';
import { checked } from './checked.ts';
import { oneMore } from './core/pace.ts';
import { may, type Principal } from './core/scopes.ts';
import { retryAfterOf, statusOf } from './core/status.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoints } from './endpoints.ts';
import type { Audited, Service } from './service.ts';

export interface AppPorts {
  readonly client: Client;
  readonly service: Service;
  readonly access: Access;
  audit(call: Audited): void;
  /** Addresses at which nothing but the files of the page is to be had. */
  readonly files: ReadonlySet<string>;
}

export type Listener = 'socket' | 'loopback';

/** When strangers were answered last, at one listener. */
export interface Pace {
  answered: readonly number[];
}

interface Wire {
  readonly Bindings: {
    readonly incoming: IncomingMessage;
    readonly outgoing: ServerResponse;
    readonly listener: Listener;
    readonly pace: Pace;
  };
}

export type WireContext = Context<Wire>;
type Route = (context: WireContext, who: Principal | null) => Promise<Response>;

/** `more`: what is no endpoint with JSON in and out. */
export function apiApp(ports: AppPorts, more: Readonly<Record<string, Route>> = {}): Hono<Wire> {
  const app = new Hono<Wire>();
  app.use(async (context, next) => {
    keepPace(ports, context);
    await next();
  });
  for (const one of endpoints) {
    app.on(one.method.toUpperCase(), one.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (context) =>
      answer(ports, one, context),
    );
  }
  for (const [path, route] of Object.entries(more)) {
    app.get(path, async (context) => route(context, await whoAsks(ports, context)));
  }
  app.notFound(async (context) => {
    // Whether something is there is nobody's business but of those who may ask.
    await whoAsks(ports, context, 'required');
    throw syncError('not-found', { what: `The address ${context.req.path}` });
  });
  app.onError((thrown, context) => failed(context, thrown));
  return app;
}

/** A browser that is not signed in loads the page all the same: some thirty files at once. */
function keepPace({ access, service, files }: AppPorts, { env, req }: WireContext): void {
  if (env.listener === 'socket' || files.has(req.path)) return;
  if (access.knows(req.header('authorization'), req.header('cookie'))) return;
  const answered = oneMore(env.pace.answered, service.clock.monotonic());
  if (answered === null) throw syncError('too-many-requests');
  env.pace.answered = answered;
}

async function answer(ports: AppPorts, one: Endpoint, context: WireContext): Promise<Response> {
  const who = one.scope === 'anybody' ? nobody : await whoAsks(ports, context, 'required');
  if (one.scope !== 'anybody' && !may(who, one.scope)) {
    throw syncError('scope-missing', { scope: one.scope });
  }
  if (one.method === 'get') return carryOut(ports, one, context, who, undefined);
  if (who.byCookie && context.req.header('x-syncmgr') === undefined) {
    throw syncError('origin-refused', { origin: 'somebody else' });
  }
  if (ports.service.isStopping()) throw syncError('manager-stopping');
  return audited(ports, one, context, who);
}

const nobody: Principal = { name: 'nobody', scopes: [], isOwner: false, byCookie: false };

async function audited(
  ports: AppPorts,
  one: Endpoint,
  context: WireContext,
  who: Principal,
): Promise<Response> {
  let subject: string | null = null;
  const { method, path } = context.req;
  const tell = (status: number) => {
    if (one.changes !== 'nothing') ports.audit({ who: who.name, method, path, subject, status });
  };
  try {
    const body = await bodyOf(one.body, context);
    subject = one.subject?.(body) ?? null;
    const response = await carryOut(ports, one, context, who, body);
    tell(response.status);
    return response;
  } catch (thrown) {
    tell(statusOf(errorRecord(thrown)));
    throw thrown;
  }
}

async function bodyOf(schema: z.ZodType | undefined, context: WireContext): Promise<unknown> {
  if (schema === undefined) return requireNoBody(context.env.incoming);
  return checked(schema, await readBody(context.env.incoming));
}

async function carryOut(
  { client, service }: AppPorts,
  one: Endpoint,
  context: WireContext,
  who: Principal,
  body: unknown,
): Promise<Response> {
  const query = checked(one.query ?? nothing, queryOf(context));
  const reply = await one.answer({
    client,
    service,
    who,
    query,
    body,
    key: context.req.header('idempotency-key') ?? null,
    version: context.req.header('if-match') ?? null,
    part: (name) => context.req.param(name) ?? '',
  });
  context.header('cache-control', 'no-store');
  if (one.versionOf) context.header('etag', one.versionOf(reply));
  if (one.locationOf) context.header('location', one.locationOf(reply));
  if (one.reply === null) return context.body(null, 204);
  return context.json(reply as object, one.status as 200);
}

const nothing = z.strictObject({});

/** Each key once: of two, one would be overlooked. */
function queryOf(context: WireContext): Readonly<Record<string, string>> {
  const all = context.req.queries();
  const twice = Object.entries(all).find(([, values]) => values.length > 1);
  if (twice !== undefined) {
    throw syncError('request-malformed', { reason: `/${twice[0]}: it stands there twice` });
  }
  return Object.fromEntries(Object.entries(all).map(([key, [value]]) => [key, value ?? '']));
}

async function whoAsks(ports: AppPorts, context: WireContext): Promise<Principal | null>;
async function whoAsks(ports: AppPorts, context: WireContext, need: 'required'): Promise<Principal>;
async function whoAsks({ access }: AppPorts, context: WireContext, need?: 'required') {
  if (context.env.listener === 'socket') return owner;
  const verdict = await access.judge(
    context.req.header('authorization'),
    context.req.header('cookie'),
  );
  if (verdict === 'guessing') throw syncError('token-guessed');
  if (verdict === 'nobody' && need === 'required') throw syncError('token-missing');
  return verdict === 'nobody' ? null : verdict;
}

/** A code and its sentence; never a stack. */
function failed(context: WireContext, thrown: unknown): Response {
  const error = errorRecord(thrown);
  const status = statusOf(error);
  if (status === 401) context.header('www-authenticate', 'Bearer realm="syncmgr"');
  const later = retryAfterOf(error);
  if (later !== null) context.header('retry-after', String(later));
  // What was not read to its end cannot be followed by another request.
  if (!context.env.incoming.complete) context.header('connection', 'close');
  const problems = thrown instanceof Malformed ? { problems: thrown.faults } : {};
  return context.json({ error, ...problems }, status as 500);
}
