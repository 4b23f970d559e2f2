// What it costs that a program runs as an item of the handler `command`, beside the bare program: in the
// manager, and for a person at the terminal, with a manager that goes on by itself and without one.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from '../measure.ts';
import { type Bed, environment } from './bed.ts';

const node = process.execPath;
const lines = join(import.meta.dirname, 'lines.ts');
const binary = join(import.meta.dirname, '..', '..', 'bin', 'syncmgr');

interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly rounds: number;
}

export async function commandSessions(
  bed: Bed,
  rounds: number,
  say: (text: string) => void,
): Promise<void> {
  const programs: readonly Program[] = [
    { name: 'true', command: ['true'], rounds: rounds * 5 },
    { name: '20,000 lines in 2 s', command: [node, lines, '20000', '2000'], rounds },
    {
      name: '200,000 lines in 20 s',
      command: [node, lines, '200000', '20000'],
      rounds: Math.ceil(rounds / 3),
    },
    { name: '200,000 lines at once', command: [node, lines, '200000', '0'], rounds },
  ];
  say('programs as items of `command`, from the request to its result:');
  for (const { name, command, rounds: times } of programs) {
    const id = await bed.addCommand({ synchronize: { command: [...command] } });
    const [alone, session]: [number[], number[]] = [[], []];
    await bed.run(id);
    for (let round = 0; round < times; round++) {
      alone.push(await bareRun(command));
      const start = performance.now();
      const { phase } = await bed.run(id);
      if (phase !== 'succeeded') throw new Error(`${name} ended as ${phase}`);
      session.push(performance.now() - start);
    }
    const over = median(session.map((took, round) => took - (alone[round] ?? Number.NaN)));
    const allowed = 60 + median(alone) / 100;
    say(
      `  ${name}: ${ms(alone)} alone, ${ms(session)} as an item; ${over.toFixed(1)} ms more (goal < ${allowed.toFixed(0)})`,
    );
  }
}

/** Its output goes where nobody looks at it: no reader can be faster. */
function bareRun([program = '', ...rest]: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(program, rest, { env: environment, stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve(performance.now() - start));
  });
}

/** The whole command `syncmgr run`, whose own start is measured as well. */
export async function commandAtTerminal(
  rounds: number,
  say: (text: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-bench-terminal-'));
  const env = {
    ...environment,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_STATE_HOME: join(folder, 'state'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_CACHE_HOME: join(tmpdir(), 'syncmgr-bench-cache'),
  };
  const items = join(env.XDG_CONFIG_HOME, 'syncmgr', 'items.d');
  mkdirSync(items, { recursive: true });
  writeFileSync(
    join(items, 'quick.yaml'),
    'handler: command\nsettings:\n  synchronize:\n    command: ["true"]\n',
  );
  const syncmgr = (...words: string[]) =>
    spawn(node, [binary, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let manager: ChildProcess | null = null;
  try {
    const [start, without, through]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round++) {
      start.push(await timeOf(syncmgr('--version')));
      without.push(await timeOf(syncmgr('run', 'quick')));
    }
    manager = syncmgr('up', '--no-tcp');
    await untilUp(manager);
    for (let round = 0; round < rounds; round++) {
      start.push(await timeOf(syncmgr('--version')));
      through.push(await timeOf(syncmgr('run', 'quick')));
    }
    say(
      `syncmgr run of an item that runs \`true\`: ${ms(through)} through a manager, ${ms(without)} without one; syncmgr --version ${ms(start)}`,
    );
  } finally {
    manager?.kill('SIGKILL');
    await pause(100);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf(child: ChildProcess): Promise<number> {
  const start = performance.now();
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      said += text;
    });
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`syncmgr ended with ${code}: ${said}`);
  return performance.now() - start;
}

function untilUp(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => resolve());
    child.on('exit', (code) => reject(new Error(`syncmgr up ended with ${code}`)));
  });
}

const ms = (times: readonly number[]) => `${median(times).toFixed(0)} ms`;
