// Is told to skip an item, and completes it all the same.
import { done, never, say, serve, tell } from '../frame.ts';

let pending: unknown = null;

serve({
  setItemStatus: ({ item }) => {
    tell('progress', { item, status: 'succeeded' });
    say({ id: pending, result: done });
  },
  synchronize: (_, id) => {
    pending = id;
    tell('progress', { item: 'a', status: 'updating' });
    return never;
  },
});
