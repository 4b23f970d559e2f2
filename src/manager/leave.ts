// Before the computer sleeps or goes down: what is marked for it runs, the smallest first, as far as
// the time reaches. The rest waits in the queue, which outlives this process.
import type { RequestId } from '../model/request.ts';
import { fits, inOrder, type Leaver } from '../trigger/core/leaving.ts';
import type { Taker, TriggerDesk } from '../trigger/desk.ts';
import type { World } from './world.ts';

const atOnce = 4;

export async function leave(world: World, desk: TriggerDesk, budgetMs: number): Promise<void> {
  const { clock, store } = world.deps;
  const end = clock.monotonic() + budgetMs;
  const leaving = new Set<RequestId>();
  world.gate.goDown(leaving);
  const takers = new Map(
    (await desk.takers('pending-disconnect')).map((one) => [one.partnership.id, one]),
  );
  const lastly = await Promise.all(
    [...takers.keys()].map(async (partnership): Promise<Leaver> => {
      return { partnership, lastMs: (await store.standings.get(partnership)).lastDurationMs };
    }),
  );
  const line = [...inOrder(lastly)];
  const over = new AbortController();
  const next = async (): Promise<void> => {
    for (let one = line.shift(); one !== undefined; one = line.shift()) {
      const taker = takers.get(one.partnership);
      if (taker !== undefined) await begin(taker, fits(one, end - clock.monotonic()));
    }
  };
  const begin = async (taker: Taker, isInTime: boolean): Promise<void> => {
    const { id } = await desk.fire('pending-disconnect', taker);
    if (!isInTime) return;
    leaving.add(id);
    world.gate.goDown(leaving);
    await Promise.race([
      world.queue().whenEnded(id),
      clock.sleep(end - clock.monotonic(), over.signal),
    ]);
  };
  await Promise.all(Array.from({ length: atOnce }, next)).finally(() => over.abort());
  // Whoever waits for a place now has lost it.
  leaving.clear();
}
