// Tells what it finds in its environment.
import { log, serve } from '../frame.ts';

log(JSON.stringify(Object.keys(process.env)));
log(JSON.stringify(process.env));
serve();
