// Starts others and leaves them behind, with its output in their hands.
import { spawn } from 'node:child_process';
import { log, serve } from '../frame.ts';

const child = spawn('sleep', ['1000'], { stdio: 'inherit' });
child.unref();
log(`pids ${process.pid} ${child.pid}`);
serve();
process.stdin.on('end', () => process.exit(0));
