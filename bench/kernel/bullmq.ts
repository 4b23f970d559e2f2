// BullMQ over a redis-server of its own, which syncs every command to disk before it answers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Engine } from './engine.ts';

const atOnce = 64;

export function bullmq(folder: string): Engine {
  const data = mkdtempSync(join(folder, 'redis-'));
  const path = join(data, 'socket');
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const server = spawn('redis-server', [
    '--port',
    '0',
    '--unixsocket',
    path,
    '--dir',
    data,
    ...durable,
  ]);
  const connect = () => new Redis(path, { maxRetriesPerRequest: null });
  const connections: Redis[] = [];
  let queue: Queue | null = null;
  let worker: Worker | null = null;
  let ended = 0;
  return {
    name: 'BullMQ',
    start: async (begun) => {
      for await (const chunk of server.stdout) if (String(chunk).includes('eady to accept')) break;
      connections.push(connect(), connect());
      const [own, other] = connections;
      if (own === undefined || other === undefined) return;
      queue = new Queue('work', { connection: own });
      const work = async (job: { readonly data: number }) => begun(job.data);
      worker = new Worker('work', work, { connection: other, concurrency: atOnce });
      worker.on('completed', () => {
        ended += 1;
      });
      await worker.waitUntilReady();
    },
    accept: async (job) => void (await queue?.add('one', job)),
    drained: async (count) => {
      while (ended < count) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    stop: async () => {
      await worker?.close();
      await queue?.close();
      for (const one of connections) one.disconnect();
      server.kill();
      await once(server, 'exit');
      rmSync(data, { recursive: true });
    },
  };
}
