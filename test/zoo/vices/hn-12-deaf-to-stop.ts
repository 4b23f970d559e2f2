// Ignores a skip, a stop, the end of its input, and the signal to end; so does its child.
import { spawn } from 'node:child_process';
import { log, never, serve } from '../frame.ts';

process.on('SIGTERM', () => {});
process.stdin.on('end', () => {});
setInterval(() => {}, 1_000);
const child = spawn('sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], { stdio: 'ignore' });

serve({
  synchronize: () => {
    log(`pids ${process.pid} ${child.pid}`);
    return never;
  },
});
