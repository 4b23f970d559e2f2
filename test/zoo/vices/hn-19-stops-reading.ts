// Asks without end, and never reads an answer.
import { writeSync } from 'node:fs';
import { never, serve } from '../frame.ts';

serve({
  synchronize: () => {
    process.stdin.pause();
    setTimeout(() => {
      for (let id = 0; ; id++) {
        const params = { item: `item ${'x'.repeat(200)}` };
        const text = `${JSON.stringify({ jsonrpc: '2.0', id, method: 'progress', params })}\n`;
        for (let at = 0; at < text.length; ) at += written(text.slice(at));
      }
    }, 10);
    return never;
  },
});

function written(text: string): number {
  try {
    return writeSync(1, text);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') throw fault;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    return 0;
  }
}
