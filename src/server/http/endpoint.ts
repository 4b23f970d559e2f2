// One thing that can be asked over HTTP, as a value: its address, who may, what goes in, what comes
// out. Routing, checks and the OpenAPI document are all made from the list of these.
import type { z } from 'zod';
import type { Client } from '../../api/client.ts';
import type { Principal, Scope } from './core/scopes.ts';
import type { Service } from './service.ts';

export type Method = 'get' | 'post' | 'patch' | 'delete';

export interface Call<Query, Body> {
  readonly client: Client;
  readonly service: Service;
  readonly who: Principal;
  readonly query: Query;
  readonly body: Body;
  /** Of the header Idempotency-Key. */
  readonly key: string | null;
  /** Of the header If-Match. */
  readonly version: string | null;
  /** A part of the address, decoded. */
  part(name: string): string;
}

interface Spec<Query, Body, Reply> {
  readonly method: Method;
  /** With `{name}` for a part that varies. */
  readonly path: string;
  readonly scope: Scope | 'anybody';
  readonly summary: string;
  readonly query?: z.ZodType<Query>;
  readonly body?: z.ZodType<Body>;
  /** Null: nothing comes back but that it was done. */
  readonly reply: z.ZodType<Reply> | null;
  readonly status?: 200 | 201 | 202 | 204;
  answer(call: Call<Query, Body>): Promise<Reply>;
  /** Of what is answered, for If-Match of a later change. */
  readonly versionOf?: (reply: Reply) => string;
  readonly locationOf?: (reply: Reply) => string;
  /** It is asked with a body, and yet nothing comes of it that an audit had to tell. */
  readonly changes?: 'nothing';
  /** What the audit names, beside the address. Never anything secret. */
  readonly subject?: (body: Body) => string;
}

export interface Endpoint extends Omit<Spec<unknown, unknown, unknown>, 'status'> {
  readonly status: number;
}

export function endpoint<Query, Body, Reply>(spec: Spec<Query, Body, Reply>): Endpoint {
  const status = spec.status ?? (spec.reply === null ? 204 : 200);
  // Whoever calls it has had query and body checked by the schemas that stand beside.
  return { ...spec, status } as unknown as Endpoint;
}
