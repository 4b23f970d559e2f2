// Entry of a worker thread: the folder handler's jobs on the disk of this computer. Every module named
// here costs each thread start, so there are few.
import { folderJobs } from './folder/jobs.ts';
import { trueClock } from './platform/clock.ts';
import { serveJobs } from './platform/crew-thread.ts';
import { disk } from './platform/disk.ts';
import { sha256 } from './platform/hasher.ts';

serveJobs({ filesystem: disk, clock: trueClock, sha256 }, folderJobs);
