// Reports success for what it has not done.
import { serve, tell } from '../frame.ts';

serve({
  synchronize: () => {
    tell('progress', { item: 'a', status: 'succeeded', value: 10, max: 10 });
    return { outcome: 'done', counts: { 'right.create': 1_000 }, bytes: 2 ** 40 };
  },
});
