// `syncmgr/client`: the manager that goes on by itself, for programs. The same interface as the one in
// this process, over its socket or its loopback address.

import type { HttpClient } from './api/http/http-client.ts';
import { httpClient } from './api/http/http-client.ts';
import type { Where } from './api/http/wire.ts';
import { http } from './platform/http.ts';
import { pipeName } from './platform/manager-socket.ts';
import { places } from './platform/places.ts';

export type { Client, LogQuery } from './api/client.ts';
export type { HttpClient } from './api/http/http-client.ts';
export type { Where } from './api/http/wire.ts';
export type * from './api/shapes.ts';
export { SyncError } from './model/error.ts';

/**
 * The manager of this user on this computer, or the one at `where`. Nothing is sent yet: the first
 * verb fails with `manager-unreachable` when none answers.
 */
export function connect(where?: Where): HttpClient {
  return httpClient(where ?? { socket: pipeName(places().manager.socket) }, http);
}
