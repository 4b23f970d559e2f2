// No vice: it reports, and does what it is told. What the others are compared with.
import { ask, done, log, never, say, serve, tell } from '../frame.ts';

const stopped = new Set<string | null>();
let pending: unknown = null;

serve({
  open: ({ settings, secrets, cookie }) => {
    // Turned round: as they are, nobody would see them.
    const turned = Object.values(secrets).map((one) => [...String(one)].toReversed().join(''));
    log(JSON.stringify({ settings, secrets, turned, cookie }));
    return { accepted: settings.accept !== false, abilities: ['pause'] };
  },
  cancel: ({ item }) => {
    stopped.add(item);
    if (item === null && pending !== null) say({ id: pending, result: done });
  },
  synchronize: async (_, id) => {
    tell('progress', { item: 'a', status: 'updating', value: 0, max: 100 });
    for (let value = 1; value <= 100; value++) {
      const { answer } = (await ask('progress', { item: 'a', value, max: 100 })) as {
        answer: string;
      };
      if (answer !== 'continue') {
        tell('progress', { item: 'a', status: answer === 'skip' ? 'skipped' : 'stopped' });
        break;
      }
    }
    if (process.argv[2] !== 'waits' || stopped.has(null)) return done;
    pending = id;
    return never;
  },
});
