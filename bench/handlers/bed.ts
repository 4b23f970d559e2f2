// A manager as the program has it, with a store on disk and threads, and handlers to be measured in it.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandHandler } from '../../src/command/handler.ts';
import { folderHandler } from '../../src/folder/handler.ts';
import { processHandler } from '../../src/handler/process-host.ts';
import { Registry } from '../../src/handler/registry.ts';
import { StartBook } from '../../src/handler/start-book.ts';
import { createManager } from '../../src/manager/kernel.ts';
import { usualPatience } from '../../src/model/handler-source.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Session } from '../../src/model/session.ts';
import { plainTerms } from '../../src/model/terms.ts';
import { trueClock as clock } from '../../src/platform/clock.ts';
import { openCrew } from '../../src/platform/crew.ts';
import { disk as filesystem } from '../../src/platform/disk.ts';
import { processes } from '../../src/platform/processes.ts';
import { trueRandom as random } from '../../src/platform/random.ts';
import { openLocks } from '../../src/store/sqlite/locks.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';

export const environment = { PATH: process.env.PATH ?? '' };

export function openBed() {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-bench-handlers-'));
  const { store } = openSqliteStore({ folder: join(folder, 'state'), clock });
  const locks = openLocks({ folder: join(folder, 'locks') });
  const crew = openCrew(new URL('../../src/worker.ts', import.meta.url), 2);
  const book = new StartBook({ filesystem, clock, processes, folder: join(folder, 'book') });
  const world = { filesystem, crew, clock, random, locks, stateFolder: join(folder, 'state') };
  const stateFolder = join(folder, 'state');
  const commands = { processes, filesystem, clock, environment, stateFolder, home: folder };
  const handlers = new Registry({
    folder: async () => folderHandler(world),
    command: async () => commandHandler(commands),
  });
  const manager = createManager({
    store,
    clock,
    random,
    locks,
    connections: { isUp: async () => true, open: async () => true, close: async () => {} },
    handlers,
    hash: (parts) =>
      createHash('sha256')
        .update([...parts].join(''))
        .digest('hex'),
    approverPresent: () => false,
    answererPresent: () => false,
    graceMs: () => 30_000,
  });
  const secrets = { resolve: async () => '' };
  const ports = { processes, filesystem, clock, random, secrets, book, version: '0' };
  let partnerships = 0;

  async function add(handler: string, settings: JsonObject): Promise<string> {
    partnerships += 1;
    const id = `p-${partnerships}`;
    await manager.put({
      id,
      name: id,
      handler,
      settings,
      enabled: true,
      triggers: [],
      terms: plainTerms,
      resources: [],
      approve: 'guarded',
      createdAt: 0,
      adHoc: false,
    });
    return id;
  }

  async function run(id: string, begun: () => void = () => {}): Promise<Session> {
    const invocation = { trigger: 'manual', startNow: true, interactive: false } as const;
    const { id: request } = await manager.invoke({ ...invocation, partnerships: [id] });
    begun();
    const [session] = await manager.whenEnded(request);
    if (session === undefined) throw new Error('no session was recorded');
    return session;
  }

  return {
    folder,
    manager,
    store,
    book,
    run,
    addFolders: (left: string, right: string) => add('folder', { left, right }),
    addCommand: (settings: JsonObject) => add('command', settings),
    /** A handler that is this program. */
    addProgram: (...command: readonly string[]) => {
      const [program = '', ...rest] = command;
      // As its partnership will be called.
      const name = `p-${partnerships + 1}`;
      const handler = processHandler(
        name,
        {
          program,
          arguments: rest,
          folder: join(folder, 'work'),
          environment,
          secrets: {},
          handshakeMs: 60_000,
          patience: usualPatience,
        },
        ports,
      );
      handlers.register(name, async () => handler);
      return add(name, {});
    },
    /** Of programs that run now. */
    pidsOf: (id: string): readonly number[] =>
      readdirSync(join(folder, 'book'))
        .filter((name) => name.startsWith('running-'))
        .map((name) => JSON.parse(readFileSync(join(folder, 'book', name), 'utf8')) as Note)
        .filter(({ handler }) => handler === id)
        .map(({ process: { pid } }) => pid),
    close: async () => {
      await manager.close();
      await crew.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Note {
  readonly handler: string;
  readonly process: { readonly pid: number };
}

export type Bed = ReturnType<typeof openBed>;

const frames = [
  ['initialize', { protocol: 1, features: [], manager: { name: 'bench', version: '0' } }],
  ['open', { settings: {}, secrets: {}, cookie: null }],
  ['describe', {}],
  ['items', { cursor: null }],
  ['prepare', { items: ['a', 'b'], approved: null }],
  ['synchronize', {}],
  ['close', {}],
] as const;

/** All it would be asked, at once. */
export function speakTo({ stdin }: ChildProcess, keepOpen: boolean): void {
  for (const [id, [method, params]] of frames.entries()) {
    if (keepOpen && method === 'close') return;
    stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
  }
  stdin?.end();
}

/** The program alone: everything it is asked stands in its input from the beginning. */
export function bare(...command: readonly string[]): Promise<number> {
  const [program = '', ...rest] = command;
  const start = performance.now();
  const child = spawn(program, rest, { env: environment, stdio: ['pipe', 'ignore', 'ignore'] });
  speakTo(child, false);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve(performance.now() - start));
  });
}
