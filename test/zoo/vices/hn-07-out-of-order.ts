// Answers what nobody asked, and answers again what it has answered.
import { done, never, say, serve } from '../frame.ts';

serve({
  prepare: (_, id) => {
    say({ id: 'synchronize', result: done });
    say({ id, result: { outcome: 'ready', plan: null } });
    say({ id, result: { outcome: 'ready', plan: null } });
    say({ id: 7, result: done });
    return never;
  },
  synchronize: () => new Promise((resolve) => setTimeout(() => resolve(done), 10_000)),
});
