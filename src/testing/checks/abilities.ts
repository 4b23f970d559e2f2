// What not every handler can: it is tried only where it is offered.
import type { Shown } from '../../ports/handler.ts';
import type { Check } from '../check.ts';
import type { FakeManager } from '../fake-manager.ts';
import type { Said } from '../said.ts';
import { failed, passed, unproven } from '../verdict.ts';

/** To finish the step in its hands, and how long it is watched then. */
const [inHandMs, heldMs] = [250, 500];

const answers: readonly Shown['next'][] = ['nothing', 'list-again', 'item-deleted', 'retry'];

export const abilities: readonly Check[] = [
  {
    name: 'pause',
    title: 'It holds its work when paused, and goes on afterwards',
    advice:
      'Finish the step that is in your hands, then wait for paused: false, a skip or a stop; go on where you were. A pause is no stop.',
    run: async (bench) => {
      const { manager } = await bench.prepared();
      const { session } = manager;
      if (session.pause === undefined) return unproven('It does not offer pause.');
      const { working, begun, isOver } = underWay(manager);
      await begun;
      session.pause(true);
      await bench.clock.sleep(inHandMs);
      const [at, wasOver] = [manager.said.length, isOver()];
      await bench.clock.sleep(heldMs);
      const moves = manager.said.slice(at).filter(isMove);
      session.pause(false);
      await working;
      if (Object.values(manager.outcomes()).includes('stopped')) {
        return failed('all items done after the pause', 'some were stopped');
      }
      if (wasOver) return unproven('It was finished before the pause arrived. Lay out more work.');
      // One step may have been in its hands.
      return moves.length > 1
        ? failed('no step while it is paused', `${moves.length} within ${heldMs} ms`)
        : passed;
    },
  },
  {
    name: 'properties',
    title: 'It answers when a person opens its properties',
    advice: 'Answer properties with what is next: nothing, list-again, item-deleted or retry.',
    run: async (bench) => {
      const manager = bench.manager({ interactive: true });
      const info = await manager.open();
      if (info === null) return unproven('It declined to open.');
      const [item] = (await manager.list()).items.filter(({ hasProperties }) => hasProperties);
      const { session } = manager;
      if (session.properties === undefined) {
        return info.hasProperties || item !== undefined
          ? failed('the ability properties', 'it says that there are some, and cannot show them')
          : unproven('It does not offer properties.');
      }
      const pass = await session.properties(item?.id ?? null);
      const { next } = 'ended' in pass ? pass.ended : await pass.pending;
      return answers.includes(next) ? passed : failed(answers.join(', '), String(next));
    },
  },
  {
    name: 'show-error',
    title: 'It answers when a person opens one of its lines',
    advice: 'Answer showError for each errorId that was logged with a jump.',
    run: async (bench) => {
      const { manager } = await bench.prepared({ interactive: true });
      await manager.synchronize();
      const line = manager.of('log').find(({ jump }) => jump);
      const { session } = manager;
      if (line === undefined || session.showError === undefined) {
        return unproven('No line was logged that can be opened.');
      }
      const pass = await session.showError(line.errorId ?? '');
      const { next } = 'ended' in pass ? pass.ended : await pass.pending;
      return answers.includes(next) ? passed : failed(answers.join(', '), String(next));
    },
  },
];

/** Its work, and when the first was heard of it. */
function underWay(manager: FakeManager) {
  const begun = Promise.withResolvers<void>();
  let over = false;
  manager.listen(({ call, moment }) => {
    if (call === 'progress' && moment === 'synchronizing') begun.resolve();
  });
  const working = manager.synchronize().finally(() => {
    over = true;
    begun.resolve();
  });
  // It may fail while it is paused; who waits for it hears of it then.
  working.catch(() => {});
  return { working, begun: begun.promise, isOver: () => over };
}

const isMove = (said: Said) =>
  said.call === 'progress' && (said.report?.value !== undefined || hasMoved(said.report?.status));

const hasMoved = (status: string | undefined) =>
  status !== undefined && status !== 'paused' && status !== 'resuming';
