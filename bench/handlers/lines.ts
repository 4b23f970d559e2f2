// Prints so many lines, evenly over so many milliseconds: what a program does that is at work.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const [count = 0, overMs = 0] = process.argv.slice(2).map(Number);
const everyMs = 20;
const start = performance.now();
let printed = 0;
while (printed < count) {
  const done = overMs === 0 ? 1 : Math.min(1, (performance.now() - start) / overMs);
  let some = '';
  for (; printed < Math.floor(count * done); printed++)
    some += `Documents/Letters/${printed}.txt\n`;
  if (some !== '') write(some);
  if (printed < count) await pause(everyMs);
}

/** A pipe that is full for now is written to again. */
function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') throw fault;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
