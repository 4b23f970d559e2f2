// Entry of the thread that notices when the one of the manager does not come back.
import { watch } from './platform/watchdog-thread.ts';

watch();
