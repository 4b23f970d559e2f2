// Viewers of the events in a process of their own, so that their reading is not the manager's cost; and they read
// as cheaply as can be, for what they do on the other processor slows both. As a browser does, they take what is
// packed.
//
// Arguments: port, token, how many. Says `ready` when all are let in, and how many
// bytes each read at least when its input ends. Fails if one of them is closed before.
import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';

const [port, token, count] = process.argv.slice(2);
const asked = `GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nAccept-Encoding: gzip\r\n\r\n`;
const buffer = Buffer.alloc(1024 * 1024);
const over = new AbortController();
const read = new Array<number>(Number(count)).fill(0);

for (const index of read.keys()) {
  let isLetIn = () => {};
  const letIn = new Promise<void>((resolve) => {
    isLetIn = resolve;
  });
  const callback = (length: number): boolean => {
    if (read[index] === 0 && !buffer.toString('latin1', 0, length).startsWith('HTTP/1.1 200')) {
      throw new Error('a viewer was not let in');
    }
    read[index] = (read[index] ?? 0) + length;
    isLetIn();
    return true;
  };
  const socket = connect({ host: '127.0.0.1', port: Number(port), onread: { buffer, callback } });
  socket.on('close', () => {
    if (!over.signal.aborted) throw new Error('a viewer was closed');
  });
  await once(socket, 'connect');
  socket.write(asked);
  await letIn;
}
const before = [...read];
process.stdout.write('ready\n');
for await (const _ of process.stdin);
over.abort();
const least = read.length === 0 ? 0 : Math.min(...read.map((now, at) => now - (before[at] ?? 0)));
process.stdout.write(`${least}\n`, () => process.exit());
