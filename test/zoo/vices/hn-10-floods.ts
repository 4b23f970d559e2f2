// Reports and complains as fast as the pipes take it.
import { writeSync } from 'node:fs';
import { done, never, say, serve } from '../frame.ts';

const report = (value: number) =>
  `{"jsonrpc":"2.0","method":"progress","params":{"item":"a","value":${value},"max":1e9}}\n`;

serve({
  synchronize: (_, id) => {
    setTimeout(() => {
      let value = 0;
      const end = Date.now() + Number(process.argv[2] ?? 2_000);
      while (Date.now() < end) {
        let some = '';
        for (let turn = 0; turn < 500; turn++) some += report(value++);
        write(1, some);
        write(2, 'It is all so very much.\n'.repeat(2_000));
      }
      say({ id, result: done });
    }, 10);
    return never;
  },
});

/** A pipe that is full for now is written to again. */
function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EAGAIN') throw fault;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
