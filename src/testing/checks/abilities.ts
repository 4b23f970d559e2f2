// What not every handler can: it is tried only where it is offered.
import type { Shown } from '../../ports/handler.ts';
import type { Check } from '../check.ts';
import { failed, passed, unproven } from '../verdict.ts';

const answers: readonly Shown['next'][] = ['nothing', 'list-again', 'item-deleted', 'retry'];

export const abilities: readonly Check[] = [
  {
    name: 'pause',
    title: 'It holds its work when paused, and goes on afterwards',
    advice: 'A pause is no stop: after paused: false everything is done that would have been done.',
    run: async (bench) => {
      const { manager } = await bench.prepared();
      const { session } = manager;
      if (session.pause === undefined) return unproven('It does not offer pause.');
      const working = manager.synchronize();
      session.pause(true);
      await bench.clock.sleep(100);
      session.pause(false);
      await working;
      const stopped = Object.values(manager.outcomes()).includes('stopped');
      return stopped ? failed('all items done after the pause', 'some were stopped') : passed;
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
