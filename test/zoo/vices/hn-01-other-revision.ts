// Speaks a protocol that does not exist yet.
import { serve } from '../frame.ts';

serve({
  initialize: () => ({ protocol: 99, features: [], handler: { name: 'zoo', version: '99' } }),
});
