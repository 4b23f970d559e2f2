// What is asked with GET and is not answered with plain JSON: the stream, the metrics, the document,
// the door for a browser.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Client } from '../../api/client.ts';
import { syncError } from '../../model/error.ts';
import { type Access, cookieName, signedInMs } from './access.ts';
import type { WireContext } from './app.ts';
import { takesGzip } from './core/encoding.ts';
import { sinceOf } from './core/event-text.ts';
import { may, type Principal, type Scope } from './core/scopes.ts';
import { openStream } from './event-stream.ts';
import { openApiDocument } from './openapi.ts';
import type { Service } from './service.ts';

type Route = (context: WireContext, who: Principal | null) => Promise<Response>;

const streamsMax = 128;

export function otherRoutes(
  client: Client,
  service: Service,
  access: Access,
): Readonly<Record<string, Route>> {
  return {
    '/v1/events': needs('read', async (context, who) => events(service, context, who)),
    '/metrics': needs('read', async (context) => {
      context.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      return context.body(await service.metrics());
    }),
    '/openapi.json': needs('read', async (context) => context.json(openApiDocument())),
    '/v1/conflicts/:id/image/:side': needs('read', async (context) => image(client, context)),
    '/login': async (context) => login(access, context),
  };
}

function needs(
  scope: Scope,
  route: (context: WireContext, who: Principal) => Promise<Response>,
): Route {
  return async (context, who) => {
    if (who === null) throw syncError('token-missing');
    if (!may(who, scope)) throw syncError('scope-missing', { scope });
    return route(context, who);
  };
}

async function events(service: Service, context: WireContext, who: Principal): Promise<Response> {
  if (service.isStopping()) throw syncError('manager-stopping');
  if (service.hub.viewers >= streamsMax) throw syncError('too-many-viewers');
  const asked = context.req.query('since');
  if (asked !== undefined && !/^\d{1,15}$/.test(asked)) {
    throw syncError('request-malformed', { reason: '/since: it must be a whole number' });
  }
  const since = sinceOf(
    context.req.header('last-event-id'),
    asked === undefined ? undefined : Number(asked),
  );
  if (context.req.method === 'HEAD') return context.body(null);
  const part =
    context.req.query('answers') === 'yes' && may(who, 'decide') ? 'answers' : 'looks-on';
  const packing = takesGzip(context.req.header('accept-encoding')) ? 'packed' : 'plain';
  openStream(context.env.outgoing, service, { since, name: who.name, part, packing });
  return RESPONSE_ALREADY_SENT;
}

/**
 * Bytes that somebody else chose: a browser may draw them, and nothing else. Opened by itself the answer
 * is an image in a place without scripts, forms or an origin.
 */
async function image(client: Client, context: WireContext): Promise<Response> {
  const { type, bytes } = await client.conflictImage(
    context.req.param('id') ?? '',
    context.req.param('side') ?? '',
  );
  context.header('content-type', type);
  context.header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
  context.header('cache-control', 'no-store');
  return context.body(bytes);
}

/** The code is gone with its first use, whoever uses it; the address bar does not keep it. */
async function login(access: Access, context: WireContext): Promise<Response> {
  const session = access.login(context.req.query('code') ?? '');
  if (session === null) throw syncError('token-missing');
  const attributes = `HttpOnly; SameSite=Strict; Path=/; Max-Age=${signedInMs / 1000}`;
  context.header('set-cookie', `${cookieName}=${session}; ${attributes}`);
  context.header('cache-control', 'no-store');
  return context.redirect('/', 303);
}
