// The client of a manager in another process. Same interface, same errors as the one in this process.
import { resolve } from 'node:path';
import type { Client } from '../client.ts';
import type { RequestStateShape, SessionShape } from '../shapes.ts';
import { EventSource } from './event-source.ts';
import { setting } from './settings-over-http.ts';
import { type Ask, at, type Http, type Where, Wire } from './wire.ts';

export interface HttpClient extends Client {
  /** Begins to end the manager; its socket is gone when it has. */
  stopManager(): Promise<void>;
  /** Opens the page in a browser, once. */
  loginCode(): Promise<string>;
}

const waitSeconds = 30;

export function httpClient(where: Where, http: Http): HttpClient {
  const wire = new Wire(where, http);
  const opening = new Set<Promise<void>>();
  /** Whoever watches before he asks for something must see all of it. */
  const ask = async <Reply>(one: Ask): Promise<Reply> => {
    await Promise.all(opening);
    return wire.ask<Reply>(one);
  };
  const looks: string[] = [];
  return {
    ...keeping(ask, looks),
    ...running(ask),
    ...starting(ask),
    ...deciding(ask),
    ...looking(ask),
    ...setting(ask),
    conflictImage: async (id, side) => {
      await Promise.all(opening);
      return wire.bytes({ method: 'GET', path: at`/v1/conflicts/${id}/image/${side}` });
    },
    watch: (since, signal, part = 'looks-on') => {
      const source = new EventSource(wire, { since, signal, part });
      opening.add(source.begun);
      void source.begun.then(() => opening.delete(source.begun));
      return source;
    },
    warnings: [],
    stopManager: () => ask({ method: 'POST', path: '/v1/stop' }),
    loginCode: async () => {
      const { code } = await ask<{ code: string }>({ method: 'POST', path: '/v1/login-code' });
      return code;
    },
    close: async () => {
      for (const id of looks) {
        await ask({ method: 'DELETE', path: at`/v1/partnerships/${id}` }).catch(() => {});
      }
      wire.close();
    },
  };
}

type AskFor = <Reply>(ask: Ask) => Promise<Reply>;

/** `looks`: partnerships that stand for a folder that is not there yet; gone with the client. */
function keeping(ask: AskFor, looks: string[]) {
  return {
    about: () => ask({ method: 'GET', path: '/v1/about' }),
    partnerships: () => ask({ method: 'GET', path: '/v1/partnerships' }),
    items: (partnership) => ask({ method: 'GET', path: '/v1/items', query: { partnership } }),
    handlers: () => ask({ method: 'GET', path: '/v1/handlers' }),
    enableHandler: (name) => ask({ method: 'POST', path: at`/v1/handlers/${name}/enable` }),
    pair: async (draft) => {
      const body = { ...draft, left: resolve(draft.left), right: resolve(draft.right) };
      const pair = await ask<Awaited<ReturnType<Client['pair']>>>({
        method: 'POST',
        path: '/v1/pairs',
        body,
      });
      if (draft.lookOnly && pair.rightWasMissing) looks.push(pair.id);
      return pair;
    },
    add: (draft) => ask({ method: 'POST', path: '/v1/partnerships', body: draft }),
    remove: (name) => ask({ method: 'DELETE', path: at`/v1/partnerships/${name}` }),
    setEnabled: (name, enabled) =>
      ask({ method: 'PATCH', path: at`/v1/partnerships/${name}`, body: { enabled } }),
  } satisfies Partial<Client>;
}

function running(ask: AskFor) {
  return {
    invoke: (body) => ask({ method: 'POST', path: '/v1/requests', body }),
    whenEnded: async (id): Promise<readonly SessionShape[]> => {
      for (;;) {
        const { ended, sessions } = await ask<RequestStateShape>({
          method: 'GET',
          path: at`/v1/requests/${id}`,
          query: { wait: waitSeconds },
        });
        if (ended) return sessions;
      }
    },
    choices: (id) => ask({ method: 'GET', path: at`/v1/requests/${id}/choices` }),
    confirm: (id, ticked, remember) =>
      ask({ method: 'POST', path: at`/v1/requests/${id}/choices`, body: { ticked, remember } }),
    cancel: (id) => ask({ method: 'DELETE', path: at`/v1/requests/${id}` }),
    question: () => ask({ method: 'GET', path: '/v1/question' }),
    answer: (question, answer) =>
      ask({ method: 'POST', path: '/v1/question', body: { question, answer } }),
    running: () => ask({ method: 'GET', path: '/v1/running' }),
    skip: (name) => counted(ask, { method: 'POST', path: '/v1/running/skip', body: { name } }),
    stop: (partnership) =>
      counted(ask, { method: 'POST', path: '/v1/running/stop', body: { partnership } }),
    pauseRunning: (partnership) =>
      counted(ask, { method: 'POST', path: '/v1/running/pause', body: { partnership } }),
    resumeRunning: (partnership) =>
      counted(ask, { method: 'POST', path: '/v1/running/resume', body: { partnership } }),
  } satisfies Partial<Client>;
}

function starting(ask: AskFor) {
  return {
    why: (name) => ask({ method: 'GET', path: at`/v1/partnerships/${name}/why` }),
    retry: (name) => ask({ method: 'POST', path: at`/v1/partnerships/${name}/retry` }),
    pause: (partnership, until) =>
      ask({ method: 'POST', path: '/v1/pause', body: { partnership, until } }),
    resume: (partnership) => ask({ method: 'POST', path: '/v1/resume', body: { partnership } }),
    paused: () => ask({ method: 'GET', path: '/v1/pause' }),
    freshness: () => ask({ method: 'GET', path: '/v1/freshness' }),
    lastRun: (body) => ask({ method: 'POST', path: '/v1/last-run', body }),
    endComputer: (body) => ask({ method: 'POST', path: '/v1/computer-end', body }),
  } satisfies Partial<Client>;
}

async function counted(ask: AskFor, one: Ask): Promise<number> {
  return (await ask<{ readonly count: number }>(one)).count;
}

function deciding(ask: AskFor) {
  return {
    waiting: () => ask({ method: 'GET', path: '/v1/waiting' }),
    plans: (states) =>
      ask({ method: 'GET', path: '/v1/plans', query: { state: states.join(',') } }),
    plan: (hash, limit) => ask({ method: 'GET', path: at`/v1/plans/${hash}`, query: { limit } }),
    planFolder: (hash, { kinds, ...query }) =>
      ask({
        method: 'GET',
        path: at`/v1/plans/${hash}/folder`,
        query: { ...query, kinds: kinds?.join(',') },
      }),
    approve: (hash) => ask({ method: 'POST', path: at`/v1/plans/${hash}/approve` }),
    reject: (hash) => ask({ method: 'POST', path: at`/v1/plans/${hash}/reject` }),
    conflicts: (query) => ask({ method: 'GET', path: '/v1/conflicts', query }),
    conflict: (id) => ask({ method: 'GET', path: at`/v1/conflicts/${id}` }),
    conflictTexts: (id) => ask({ method: 'GET', path: at`/v1/conflicts/${id}/texts` }),
    resolve: (id, body, version) =>
      ask({ method: 'POST', path: at`/v1/conflicts/${id}/resolve`, body, ...onlyIf(version) }),
    merge: (id, text, version) =>
      ask({
        method: 'POST',
        path: at`/v1/conflicts/${id}/merge`,
        body: { text },
        ...onlyIf(version),
      }),
    undo: (id) => ask({ method: 'POST', path: at`/v1/conflicts/${id}/undo` }),
  } satisfies Partial<Client>;
}

const onlyIf = (version: number | undefined) =>
  version === undefined ? {} : { headers: { 'if-match': `"${version}"` } };

function looking(ask: AskFor) {
  const reload = { method: 'POST', path: '/v1/configuration/reload' } as const;
  return {
    sessions: (query) => ask({ method: 'GET', path: '/v1/sessions', query }),
    log: ({ levels, ...query }) =>
      ask({ method: 'GET', path: '/v1/log', query: { ...query, levels: levels?.join(',') } }),
    openLogEntry: (id) => ask({ method: 'POST', path: at`/v1/log/${String(id)}/open` }),
    testIgnore: (path, root, patterns) =>
      ask({
        method: 'POST',
        path: '/v1/ignore-test',
        body: { path, root: resolve(root), patterns },
      }),
    catchUp: () => ask(reload),
    checkConfiguration: () => ask(reload),
    configurationSchema: () => ask({ method: 'GET', path: '/v1/configuration/schema' }),
    doctor: () => ask({ method: 'POST', path: '/v1/doctor' }),
  } satisfies Partial<Client>;
}
