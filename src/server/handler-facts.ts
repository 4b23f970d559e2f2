// What is known of handlers, and what one says when it is asked.
import type { HandlerGreeting } from '../api/settings-shapes.ts';
import type { HandlerShape } from '../api/shapes.ts';
import { errorRecord, syncError } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Session } from '../model/session.ts';
import type { Opening } from '../ports/handler.ts';
import type { LocalDeps } from './local-deps.ts';
import { instant, instantOrNull } from './shaping.ts';

/** Among so many failures a handler's newest is looked for. */
const failuresMax = 200;
const patienceMs = 30_000;

export async function handlerShapes(deps: LocalDeps): Promise<readonly HandlerShape[]> {
  const { store, programs } = deps;
  const partnerships = await store.partnerships.list();
  const failed = await store.sessions.list({ phases: ['failed'], limit: failuresMax });
  return deps.handlers().map((name) => {
    const own = partnerships.filter((one) => isOf(name, one));
    return {
      name,
      partnerships: own.length,
      disabledSince: instantOrNull(programs.disabledSince(name)),
      apartSince: instantOrNull(programs.apartSince(name)),
      source: deps.sourceOf(name),
      ...programs.facts(name),
      lastError: lastError(failed, own),
    };
  });
}

/** One of the old contract is used by its class. */
const isOf = (name: string, { handler, settings }: Partnership) =>
  handler === name || settings.class === name;

function lastError(
  failed: readonly Session[],
  own: readonly Partnership[],
): HandlerShape['lastError'] {
  const ids = new Set(own.map(({ id }) => id));
  const session = failed.find(({ partnership }) => ids.has(partnership));
  const error = session?.result?.error ?? null;
  if (session === undefined || error === null) return null;
  return { at: instant(session.endedAt ?? session.startedAt), error };
}

/** Never rejects but for a name that is unknown: what goes wrong is what was asked for. */
export async function greetHandler(deps: LocalDeps, name: string): Promise<HandlerGreeting> {
  const { clock, programs } = deps;
  if (!deps.handlers().includes(name)) throw syncError('handler-unknown', { handler: name });
  const own = (await deps.store.partnerships.list()).find((one) => isOf(name, one)) ?? null;
  const begun = clock.monotonic();
  const inTime = new AbortController();
  const late = clock.sleep(patienceMs, inTime.signal).then((): never => {
    throw syncError('handler-silent', { handler: name, limit: `${patienceMs / 1_000} s` });
  });
  const greeting = own === null ? greetAlone(deps, name) : greetFor(deps, own);
  const said = await Promise.race([greeting, late]).catch((thrown: unknown) => ({
    title: null,
    items: null,
    error: errorRecord(thrown),
  }));
  inTime.abort();
  late.catch(() => {});
  greeting.catch(() => {});
  return {
    name,
    version: programs.facts(name).version,
    partnership: own?.name ?? null,
    durationMs: Math.round(clock.monotonic() - begun),
    ...said,
  };
}

async function greetFor({ manager }: LocalDeps, { id }: Partnership) {
  const described = await manager.describe(id, 'manual');
  const items = described?.items.length ?? 0;
  return { title: described?.info.name ?? null, items, error: null };
}

async function greetAlone(deps: LocalDeps, name: string) {
  const opening: Opening = {
    partnership: { id: `greeting-${name}`, name },
    trigger: 'manual',
    interactive: false,
    settingsOnly: true,
    cookie: null,
    settings: {},
  };
  const session = await (await deps.handler(name)).open(opening);
  if (session === null) return { title: null, items: null, error: null };
  try {
    const { name: title } = await session.describe();
    return { title: String(title).slice(0, 31), items: null, error: null };
  } finally {
    await session.close();
  }
}
