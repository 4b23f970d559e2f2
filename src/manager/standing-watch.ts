// Looks after all partnerships from time to time: who has become stale, who is fresh again, and what a
// person has to be told of.
import type { EventDraft } from '../model/event.ts';
import type { Partnership } from '../model/partnership.ts';
import { everything, type Standing } from '../model/standing.ts';
import type { Outside } from '../ports/outside.ts';
import { freshness } from '../record/core/freshness.ts';
import { grouped, type News, newsOf } from '../record/core/worries.ts';
import type { World } from './world.ts';

const lookEveryMs = 60_000;

export async function keepWatch(
  world: World,
  outside: Outside,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = world.deps;
  while (!signal.aborted) {
    await clock.sleep(lookEveryMs, signal);
    if (signal.aborted) return;
    // What cannot be told now is told at the next look.
    await look(world, outside).catch((thrown: unknown) =>
      world.faults.tell('say how things stand', thrown),
    );
    await outside.beacon
      ?.ping()
      .catch((thrown: unknown) => world.faults.tell('give a sign of life', thrown));
  }
}

async function look(world: World, outside: Outside): Promise<void> {
  const { store } = world.deps;
  const [partnerships, stored] = await Promise.all([
    store.partnerships.list(),
    store.standings.list(),
  ]);
  const standings = new Map(stored.map((one) => [one.partnership, one]));
  const isQuiet = isPaused(standings.get(everything), world.deps.clock.now());
  const news: News[] = [];
  for (const partnership of partnerships) {
    if (partnership.adHoc || !partnership.enabled) continue;
    const standing = standings.get(partnership.id) ?? (await store.standings.get(partnership.id));
    const found = await lookAt(world, partnership, standing);
    if (found !== null && !isQuiet) news.push(found);
  }
  for (const notification of grouped(news)) await outside.notifier.send(notification);
  for (const { partnership, telling } of news) {
    await store.standings.change(partnership, (before) => ({ ...before, told: telling }));
  }
}

/** A paused one gets stale, but whoever paused it knows. */
async function lookAt(
  world: World,
  partnership: Partnership,
  standing: Standing,
): Promise<News | null> {
  const { store, clock } = world.deps;
  const { id, name, createdAt, terms } = partnership;
  const now = clock.now();
  const facts = { createdAt, freshWithinMs: terms.freshWithinMs, nextRunAt: null };
  const { staleSince } = freshness(standing, facts, now);
  const isStale = staleSince !== null;
  if (isStale !== standing.isStale) {
    await store.standings.change(
      id,
      (before) => ({ ...before, isStale }),
      () => [became(id, staleSince)],
    );
  }
  if (isPaused(standing, now)) return null;
  return newsOf({ name, standing, staleSince, terms: terms.notify }, now);
}

const isPaused = (standing: Standing | undefined, now: number): boolean => {
  const pause = standing?.pause ?? null;
  return pause !== null && (pause.until === null || pause.until > now);
};

const became = (partnership: string, staleSince: number | null): EventDraft => ({
  type: staleSince === null ? 'partnership.fresh' : 'partnership.stale',
  partnership,
  session: null,
  item: null,
  data: { staleSince },
});
