// Viewers of the events in a process of their own, so that their reading is not the manager's cost.
//
// Arguments: port, token, how many. Says `ready` when all are let in, and how many
// bytes each read at least when its input ends. Fails if one of them is closed before.
import { type IncomingMessage, request } from 'node:http';
import process from 'node:process';

const [port, token, count] = process.argv.slice(2);

function open(): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/v1/events', headers, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
}

const over = new AbortController();
const read = new Array<number>(Number(count)).fill(0);
for (const index of read.keys()) {
  const answer = await open();
  if (answer.statusCode !== 200) throw new Error(`a viewer was answered ${answer.statusCode}`);
  answer.on('data', (chunk: Buffer) => {
    read[index] = (read[index] ?? 0) + chunk.length;
  });
  answer.on('error', () => {});
  answer.on('close', () => {
    if (!over.signal.aborted) throw new Error('a viewer was closed');
  });
}
process.stdout.write('ready\n');
for await (const _ of process.stdin);
over.abort();
process.stdout.write(`${read.length === 0 ? 0 : Math.min(...read)}\n`, () => process.exit());
