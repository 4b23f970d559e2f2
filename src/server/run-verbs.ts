// Making sessions run, watching and stopping them.
import type { Client } from '../api/client.ts';
import type { InvocationShape } from '../api/shapes.ts';
import type { Invocation } from '../manager/manager.ts';
import { runningHere, skipHere, type Told, tellHere } from './here.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { answerNeighbour, countElsewhere, runningElsewhere } from './neighbours.ts';
import { watchManager } from './notices.ts';
import { namesOf, requestShape, sessionShape } from './shaping.ts';

type Verbs = Pick<
  Client,
  | 'invoke'
  | 'whenEnded'
  | 'choices'
  | 'confirm'
  | 'cancel'
  | 'question'
  | 'answer'
  | 'running'
  | 'skip'
  | 'stop'
  | 'pauseRunning'
  | 'resumeRunning'
  | 'watch'
>;

export function runVerbs(deps: LocalDeps): Verbs {
  const { manager, store, channel } = deps;
  const names = async () => namesOf(await store.partnerships.list());
  const tell = async (verb: Told, name: string | null) => {
    const partnership = name === null ? null : (await findPartnership(store, name)).id;
    const here = tellHere(deps, verb, partnership);
    return here + (await countElsewhere(channel, { verb, partnership }));
  };
  return {
    invoke: async (shape) => {
      channel.listen((question) => answerNeighbour(deps, question));
      return requestShape(await manager.invoke(await invocationOf(deps, shape)));
    },
    whenEnded: async (request) => {
      const sessions = await manager.whenEnded(request);
      const nameOf = await names();
      return sessions.map((session) => sessionShape(session, nameOf));
    },
    choices: async (request) => {
      const nameOf = await names();
      return (await manager.choices(request)).map(({ session, partnership, info, items }) => ({
        session,
        partnership: nameOf(partnership),
        handlerName: info.name,
        items: items.map(({ id, name, ticked }) => ({ id, name, ticked })),
      }));
    },
    confirm: (request, ticked, remember) => manager.confirm(request, ticked, remember),
    cancel: (request) => manager.cancel(request),
    question: async () => manager.question(),
    answer: async (question, answer) => manager.answer(question, answer),
    running: async () => [
      ...runningHere(deps, await names()),
      ...(await runningElsewhere(channel)),
    ],
    skip: async (name) =>
      (await skipHere(deps, name)) + (await countElsewhere(channel, { verb: 'skip', name })),
    stop: (name) => tell('stop', name),
    pauseRunning: (name) => tell('pause', name),
    resumeRunning: (name) => tell('resume', name),
    watch: (since, signal, part) => watchManager(deps, { since, signal, part: part ?? 'looks-on' }),
  };
}

async function invocationOf(deps: LocalDeps, shape: InvocationShape): Promise<Invocation> {
  const { partnerships, cookie, waits, ...rest } = shape;
  const named = partnerships?.map(async (name) => (await findPartnership(deps.store, name)).id);
  return {
    ...rest,
    ifBusy: waits === true ? 'wait' : 'fail',
    partnerships: named === undefined ? null : await Promise.all(named),
    ...(cookie === undefined ? {} : { cookie: Buffer.from(cookie, 'base64') }),
  };
}
