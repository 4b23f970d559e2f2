// npm run bench:daemon: what a manager that goes on by itself costs, as it is installed (Linux).
//   --only A,B    parts: idle, viewers (both)
//   --items N     partnerships of the idle one (1000)      --seconds N   how long it is looked at (60)
//   --requests N  requests of a round (2000)               --viewers N   viewers of the events (100)
//   --rounds N    rounds with and without viewers (5)      --rate N      requests a second (200)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Installed, installPacked } from '../tools/packed.ts';
import { type Daemon, startDaemon } from './daemon/bed.ts';
import { median } from './measure.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'idle,viewers' },
    items: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    requests: { type: 'string', default: '2000' },
    viewers: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '200' },
  },
});
const parts = values.only.split(',');
const say = (text: string) => process.stdout.write(`${text}\n`);
const settleSeconds = 20;
/** A manager that just began gets quicker for a minute. */
const warmingRounds = 5;

const packed = installPacked();
try {
  if (parts.includes('idle')) await idle(packed);
  if (parts.includes('viewers')) await viewed(packed);
} finally {
  rmSync(packed.folder, { recursive: true, force: true });
}

async function idle(installed: Installed): Promise<void> {
  const numbers = Array.from({ length: Number(values.items) }, (_, at) => at);
  const items = new Map(numbers.map((at) => [`item-${at}.yaml`, scheduled(at)]));
  const daemon = await startDaemon(installed, false, items);
  try {
    await pause(settleSeconds * 1_000);
    const before = daemon.use();
    await pause(Number(values.seconds) * 1_000);
    const { processorSeconds, residentMebibytes, ownMebibytes } = daemon.use();
    const share = (processorSeconds - before.processorSeconds) / Number(values.seconds);
    say(
      `idle, ${items.size} partnerships: up after ${daemon.started.toFixed(1)} s, ${(share * 100).toFixed(2)} % of a processor over ${values.seconds} s, ${residentMebibytes.toFixed(0)} MiB resident, ${ownMebibytes.toFixed(0)} of its own`,
    );
  } finally {
    await daemon.stop();
  }
}

function scheduled(at: number): string {
  return `left: /tmp/syncmgr-bench-none/left-${at}
right: /tmp/syncmgr-bench-none/right-${at}
triggers:
  schedule: "${at % 60} 3 * * *"
  connect: true
fresh-within: 2d
`;
}

/** The same requests at the same rate, in turn without and with viewers: what a request costs. */
async function viewed(installed: Installed): Promise<void> {
  const items = new Map([['nothing.yaml', 'handler: noop\n']]);
  const daemon = await startDaemon(installed, true, items);
  try {
    for (let round = 0; round < warmingRounds; round += 1) await cost(daemon, 0);
    const costs: [number[], number[]] = [[], []];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      costs[0].push(await cost(daemon, 0));
      costs[1].push(await cost(daemon, Number(values.viewers)));
    }
    const [alone, watched] = [median(costs[0]), median(costs[1])];
    say(
      `viewers: ${alone.toFixed(2)} ms of processor a request without, ${watched.toFixed(2)} with ${values.viewers} viewers (${((watched / alone - 1) * 100).toFixed(0)} % more) at ${values.rate} a second`,
    );
  } finally {
    await daemon.stop();
  }
}

/** Milliseconds of the manager's processor time for each request. */
async function cost(daemon: Daemon, viewers: number): Promise<number> {
  const script = join(import.meta.dirname, 'daemon', 'viewers.ts');
  const words = [script, String(daemon.port), daemon.token, String(viewers)];
  const watching = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(watching.stdout, 'data');
  const before = daemon.use().processorSeconds;
  await send(daemon, Number(values.requests), Number(values.rate));
  await pause(500);
  const spent = daemon.use().processorSeconds - before;
  const read = once(watching.stdout, 'data');
  watching.stdin.end();
  const [bytes] = await read;
  if (viewers > 0 && Number(bytes) === 0) throw new Error('a viewer saw nothing');
  await once(watching, 'exit');
  return (spent * 1_000) / Number(values.requests);
}

async function send(daemon: Daemon, count: number, perSecond: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const from = performance.now();
  const sent: Promise<void>[] = [];
  for (let at = 0; at < count; at += 1) {
    const early = from + (at * 1_000) / perSecond - performance.now();
    if (early > 0) await pause(early);
    sent.push(invoke(daemon, agent));
  }
  await Promise.all(sent);
  agent.destroy();
}

function invoke({ port, token }: Daemon, agent: Agent): Promise<void> {
  const body = JSON.stringify({ trigger: 'invoke', partnerships: ['nothing'], startNow: true });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const options = { host: '127.0.0.1', port, path: '/v1/requests', method: 'POST', headers, agent };
  request(options, (answer) => {
    answer.resume();
    answer.on('end', () => {
      if (answer.statusCode === 202) resolve();
      else reject(new Error(`an invocation was answered ${answer.statusCode}`));
    });
  })
    .on('error', reject)
    .end(body);
  return promise;
}
