// A handler that works for so many milliseconds, and ends when its input does.
import { setTimeout as pause } from 'node:timers/promises';
import { done, serve } from '../../test/zoo/frame.ts';

serve({
  synchronize: async () => {
    await pause(Number(process.argv[2]));
    return done;
  },
});
