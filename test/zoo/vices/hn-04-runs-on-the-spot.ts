// Reports without end, and nothing ever moves: only the text changes.
import { never, serve, tell } from '../frame.ts';

let turn = 0;

serve({
  synchronize: () => {
    setInterval(() => {
      turn += 1;
      tell('progress', {
        item: 'a',
        status: 'updating',
        value: turn % 2,
        max: 10,
        text: `${turn}`,
      });
    }, 20);
    return never;
  },
});
