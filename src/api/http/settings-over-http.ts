// Setting things up over HTTP.
import { resolve } from 'node:path';
import type { SettingsClient } from '../settings-client.ts';
import { type Ask, at } from './wire.ts';

type AskFor = <Reply>(ask: Ask) => Promise<Reply>;

const fileAt = (partnership: string | null) =>
  partnership === null ? '/v1/configuration/file' : at`/v1/partnerships/${partnership}/file`;

export function setting(ask: AskFor): SettingsClient {
  return {
    file: (name) => ask({ method: 'GET', path: fileAt(name) }),
    editFile: (name, keys, version) =>
      ask({
        method: 'PATCH',
        path: fileAt(name),
        body: { keys },
        ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
      }),
    undoFile: (name) => ask({ method: 'POST', path: `${fileAt(name)}/undo` }),
    preview: (body) => ask({ method: 'POST', path: '/v1/preview', body }),
    nextRuns: (query) => ask({ method: 'GET', path: '/v1/next-runs', query: { ...query } }),
    ticks: (name, trigger, connection) =>
      ask({
        method: 'GET',
        path: at`/v1/partnerships/${name}/ticks`,
        query: { trigger, connection: connection ?? undefined },
      }),
    setTicks: (name, body) =>
      ask({ method: 'PATCH', path: at`/v1/partnerships/${name}/ticks`, body }),
    connections: () => ask({ method: 'GET', path: '/v1/connections' }),
    folders: (path) =>
      ask({
        method: 'GET',
        path: '/v1/folders',
        query: { path: path === null ? undefined : resolve(path) },
      }),
    greetHandler: (name) => ask({ method: 'POST', path: at`/v1/handlers/${name}/greet` }),
    notifyWays: () => ask({ method: 'GET', path: '/v1/notify-ways' }),
    openProperties: (name, item) =>
      ask({ method: 'POST', path: at`/v1/partnerships/${name}/properties`, body: { item } }),
  };
}
