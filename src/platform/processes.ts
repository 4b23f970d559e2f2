// Other programs by Node's own means. Each leads a process group of its own, so that a signal reaches
// whatever it has started; how it was started stands in ports/processes.ts. On Windows there are no
// groups: there the tree of processes is ended by `taskkill`.
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';
import type { Readable } from 'node:stream';
import { syncError } from '../model/error.ts';
import type {
  Processes,
  ProcessIdentity,
  ProgramEnd,
  ProgramStart,
  RunningProgram,
} from '../ports/processes.ts';

const isWindows = process.platform === 'win32';

export const processes: Processes = {
  get self() {
    return { pid: process.pid, startedAt: startOf(process.pid) ?? '' };
  },
  start,
  isRunning: ({ pid, startedAt }) => startedAt !== '' && startOf(pid) === startedAt,
  endLeftOver: (identity) => {
    // The group may outlive its leader; its number is not given out again while one of it is left.
    const now = startOf(identity.pid);
    if (identity.startedAt !== '' && (now === null || now === identity.startedAt)) {
      signalGroup(identity.pid, 'SIGKILL');
    }
  },
};

async function start(command: ProgramStart): Promise<RunningProgram> {
  const [program, ...rest] = withLimits(command);
  const isFolder = statSync(command.folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (!isFolder) throw unusable(command, `there is no folder ${command.folder}`);
  const child = spawn(program, rest, {
    cwd: command.folder,
    env: { ...command.environment },
    detached: !isWindows,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // A pipe that breaks is seen where it is written to; nobody else has to hear of it.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => {});
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw unusable(command, reasonOf(cause), cause);
  }
  return new Running(child);
}

/** Programs of this process: none of them outlives it, unless it is killed. */
const running = new Set<number>();
process.on('exit', () => {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
});

class Running implements RunningProgram {
  readonly identity: ProcessIdentity;
  readonly output: AsyncIterable<Uint8Array>;
  readonly errors: AsyncIterable<Uint8Array>;
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(child: ChildProcessWithoutNullStreams) {
    const pid = child.pid ?? 0;
    this.#child = child;
    this.identity = { pid, startedAt: startOf(pid) ?? '' };
    this.output = bytesOf(child.stdout);
    this.errors = bytesOf(child.stderr);
    running.add(pid);
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        running.delete(pid);
        resolve({ code, signal });
      });
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#child.stdin.write(bytes, (fault) => (fault ? reject(fault) : resolve()));
    });
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  signal(signal: Parameters<RunningProgram['signal']>[0]): void {
    signalGroup(this.identity.pid, signal);
  }
}

/** Ends with the stream, and when the other side broke it. */
async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch {
    // A stream that broke has said all it will say.
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return;
  if (isWindows) {
    if (signal === 'SIGSTOP' || signal === 'SIGCONT') return;
    const force = signal === 'SIGKILL' ? ['/F'] : [];
    spawnSync('taskkill', ['/PID', String(pid), '/T', ...force], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

/** When the process began, in the words of the system; null when there is none. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') return startByProc(pid);
  if (isWindows) return startByList('powershell', ['-NoProfile', '-Command', windowsStart(pid)]);
  return startByList('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

const windowsStart = (pid: number) => `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;

function startByProc(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // A process that has ended and was not waited for yet is not running any more.
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function startByList(program: string, rest: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, rest, { encoding: 'utf8' });
  const text = status === 0 ? stdout.trim() : '';
  return text === '' ? null : text;
}

/** Bounds hold from the first instruction on, so another program sets them and becomes this one. */
function withLimits(command: ProgramStart): readonly [string, ...string[]] {
  const { memoryBytes, cpuSeconds } = command.limits ?? {};
  const bounds = [
    ...(memoryBytes === undefined ? [] : [`--as=${memoryBytes}`]),
    ...(cpuSeconds === undefined ? [] : [`--cpu=${cpuSeconds}`]),
  ];
  const plain = [command.program, ...command.arguments] as const;
  if (bounds.length === 0) return plain;
  if (!canLimit())
    throw unusable(command, 'the program prlimit, which sets its limits, is missing');
  return ['prlimit', ...bounds, '--', ...plain];
}

let limiting: boolean | null = null;

function canLimit(): boolean {
  limiting ??= spawnSync('prlimit', ['--version'], { stdio: 'ignore' }).status === 0;
  return limiting;
}

function unusable({ program }: ProgramStart, reason: string, cause?: unknown) {
  return syncError('program-unusable', { program, reason }, cause);
}

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'it was not found',
    EACCES: 'it may not be executed',
    ENOEXEC: 'the system cannot execute it: is its first line missing?',
  };
  return known[code] ?? (cause as Error).message;
}
