// A handler that asks by progress whether to go on, one question after another, for so many
// milliseconds; then it logs how many answers came in a second.
import { ask, done, log, serve } from '../../test/zoo/frame.ts';

const forMs = Number(process.argv[2]);

serve({
  synchronize: async () => {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < forMs) {
      const report = { item: 'a', value: count, max: 1e9, text: 'Documents/a.txt' };
      const { answer } = (await ask('progress', report)) as { readonly answer: string };
      if (answer !== 'continue') break;
      count += 1;
    }
    log(`trips ${Math.round(count / ((performance.now() - start) / 1_000))}`);
    return done;
  },
});
