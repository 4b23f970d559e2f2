// Cannot go on without a person, and asks for one.
import { ask, done, log, serve } from '../frame.ts';

const error = { code: 'prepare-refused', text: 'Sign in first.', retry: 'needs-person' };

serve({
  prepare: async () => {
    const answer = await ask('ask', { title: 'Password', schema: {}, values: {} });
    log(`answer ${JSON.stringify(answer)}`);
    if (answer === null) return { outcome: 'refused', error };
    return { outcome: 'ready', plan: null };
  },
  synchronize: () => done,
});
