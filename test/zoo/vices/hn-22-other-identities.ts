// An upgrade that calls its items otherwise: argv[2] is its version.
import { serve } from '../frame.ts';

const version = process.argv[2] ?? '1';

serve({
  items: () => ({
    items: ['inbox', 'sent'].map((name) => ({ id: `v${version}-${name}`, name })),
    complete: true,
    next: null,
  }),
});
