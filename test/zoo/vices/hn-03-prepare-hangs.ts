// Never comes back from prepare; it is well otherwise, and says so.
import { never, serve, tell } from '../frame.ts';

setInterval(() => tell('alive', {}), 50);
serve({ prepare: () => never });
