// Is killed by a fault while it works.
import { never, serve, tell } from '../frame.ts';

serve({
  synchronize: () => {
    tell('progress', { item: 'a', status: 'updating', value: 1, max: 2 });
    tell('progress', { item: 'b', status: 'succeeded' });
    setTimeout(() => process.kill(process.pid, 'SIGSEGV'), 50);
    return never;
  },
});
