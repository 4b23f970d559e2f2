// Has nothing to do any more, and does not say that it is done.
import { never, serve } from '../frame.ts';

serve({ synchronize: () => never });
