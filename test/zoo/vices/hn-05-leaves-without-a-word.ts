// Ends well, as far as its exit code goes, and never said that it was done.
import { serve, tell } from '../frame.ts';

serve({
  synchronize: () => {
    tell('progress', { item: 'a', status: 'succeeded' });
    setTimeout(() => process.exit(0), 50);
    return new Promise(() => {});
  },
});
