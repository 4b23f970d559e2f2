// A manager that goes on by itself, as it is installed, with folders and a configuration of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Installed } from '../../tools/packed.ts';
import { plainEnvironment } from '../tools.ts';

export interface Daemon {
  /** Of its loopback address. */
  readonly port: number;
  readonly token: string;
  /** Seconds until it could be reached. */
  readonly started: number;
  use(): Use;
  stop(): Promise<void>;
}

export interface Use {
  /** User and system, all threads, since its start. */
  readonly processorSeconds: number;
  readonly residentMebibytes: number;
  /** Of memory shared with other processes only its part. */
  readonly ownMebibytes: number;
}

/** `items`: the files of its partnerships, by name. */
export async function startDaemon(
  packed: Installed,
  /** Whether there is a handler `noop`, which has nothing to do. */
  noop: boolean,
  items: ReadonlyMap<string, string>,
): Promise<Daemon> {
  const home = mkdtempSync(join(tmpdir(), 'syncmgr-bench-daemon-'));
  const configuration = join(home, 'config', 'syncmgr');
  mkdirSync(join(configuration, 'items.d'), { recursive: true });
  mkdirSync(join(home, 'run'), { mode: 0o700 });
  if (noop) writeNoop(packed, configuration);
  for (const [name, text] of items) writeFileSync(join(configuration, 'items.d', name), text);
  const env = {
    ...plainEnvironment(),
    PATH: packed.path,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
  };
  const from = performance.now();
  const allowed = process.getuid?.() === 0 ? ['--allow-root'] : [];
  const child = spawn(packed.program, ['up', '--port', '0', ...allowed], {
    env,
    cwd: home,
    stdio: 'pipe',
  });
  const port = await reached(child);
  const started = (performance.now() - from) / 1_000;
  const folder = join(home, 'run', 'syncmgr');
  return {
    port,
    started,
    token: readFileSync(
      join(folder, readdirSync(folder).find((one) => one.endsWith('.token')) ?? ''),
      'utf8',
    ).trim(),
    use: () => useOf(child.pid ?? 0),
    stop: async () => {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function writeNoop({ home }: Installed, configuration: string): void {
  const sdk = join(home, 'node_modules', 'syncmgr', 'dist', 'sdk', 'handler.js');
  writeFileSync(
    join(configuration, 'noop.mjs'),
    `import { defineHandler } from ${JSON.stringify(sdk)};
export const handler = defineHandler({
  name: 'noop',
  items: async () => [{ id: 'all' }],
  synchronizeItem: async () => undefined,
});\n`,
  );
  writeFileSync(join(configuration, 'config.yaml'), 'handlers:\n  noop: ./noop.mjs\n');
}

async function reached(child: ChildProcess): Promise<number> {
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  for await (const chunk of child.stdout ?? []) {
    said += chunk;
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port === undefined) continue;
    child.stdout?.resume();
    return Number(port);
  }
  throw new Error(`the manager did not come up: ${said}`);
}

/** Linux alone says it this way. */
function useOf(pid: number): Use {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const memory = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const mebibytes = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(memory)?.[1]) / 1_024;
  return {
    processorSeconds: (Number(fields[11]) + Number(fields[12])) / 100,
    residentMebibytes: mebibytes('Rss'),
    ownMebibytes: mebibytes('Pss'),
  };
}
