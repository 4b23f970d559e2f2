// Says twice that it is done, and was in the middle of an item both times.
import { done, never, say, serve, tell } from '../frame.ts';

serve({
  synchronize: (_, id) => {
    tell('progress', { item: 'a', status: 'updating', value: 3, max: 10 });
    tell('progress', { item: 'b', status: 'succeeded' });
    say({ id, result: done });
    say({ id, result: { ...done, bytes: 999 } });
    return never;
  },
});
