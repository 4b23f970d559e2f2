// The other end of watchdog.ts. It writes by itself, without the thread that it watches: what goes
// through `process.stderr` of a thread waits for exactly the one that is blocked.
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import { culpritOf } from './core/blame.ts';
import { type Frame, type LastWord, lookAtMainThread } from './thread-stack.ts';
import { followsVariable, type WatchdogInput, type WatchedModule } from './watchdog.ts';

const noticeMs = 2_000;
const graveMs = 30_000;
const lookEveryMs = 250;
const framesMax = 8;
/** As after anything that nothing caught. */
const crashCode = 7;
/** For what the other thread does last; then the process ends all the same. */
const leaveMs = 2_000;

export function watch(): void {
  new Watch(workerData as WatchdogInput).begin();
}

class Watch {
  readonly #input: WatchdogInput;
  readonly #modules = new Map<string, WatchedModule>();
  #beat = -1;
  #lookedAt = 0;
  /** While looks found nothing new; time in which this thread was held as well does not count. */
  #blockedMs = 0;
  #told: 'nothing' | 'noticed' | 'grave' = 'nothing';
  #limitMs = graveMs;

  constructor(input: WatchdogInput) {
    this.#input = input;
  }

  begin(): void {
    parentPort?.on('message', (module: WatchedModule) => this.#modules.set(module.handler, module));
    this.#lookedAt = performance.now();
    setInterval(() => this.#look(), lookEveryMs);
  }

  #look(): void {
    const now = performance.now();
    const sinceMs = Math.min(now - this.#lookedAt, 2 * lookEveryMs);
    this.#lookedAt = now;
    const beat = Atomics.load(this.#input.beat, 0);
    if (beat !== this.#beat) {
      [this.#beat, this.#blockedMs, this.#told, this.#limitMs] = [beat, 0, 'nothing', graveMs];
      return;
    }
    this.#blockedMs += sinceMs;
    if (this.#told === 'nothing' && this.#blockedMs >= this.#noticeMs) {
      this.#told = 'noticed';
      lookAtMainThread((stack) => this.#notice(stack));
    } else if (this.#told === 'noticed' && this.#blockedMs >= this.#limitMs) {
      this.#told = 'grave';
      lookAtMainThread((stack) => this.#grave(stack));
    }
  }

  get #noticeMs(): number {
    return Math.min(noticeMs, ...[...this.#modules.values()].map(({ blockedMs }) => blockedMs));
  }

  #notice(stack: readonly Frame[]): null {
    this.#limitMs = this.#culprit(stack)?.blockedMs ?? graveMs;
    this.#tell(`Nothing has been answered for ${seconds(this.#blockedMs)}: ${stackText(stack)}`);
    return null;
  }

  #grave(stack: readonly Frame[]): LastWord | null {
    const culprit = this.#culprit(stack);
    const where = `For ${seconds(this.#blockedMs)}: ${stackText(stack)}`;
    if (culprit === null) {
      this.#tell(
        `Something in this process does not come back, and cannot be ended alone. End syncmgr with Ctrl-\\ or SIGKILL. ${where}`,
      );
      return null;
    }
    keep(culprit, stackText(stack));
    const since = `${culprit.handler} held up everything, and runs in a process of its own from the next start on.`;
    // A thread that was stopped late has come back meanwhile, and needs no new beginning.
    const isBlocked = Atomics.load(this.#input.beat, 0) === this.#beat;
    if (this.#input.course === 'one-command' || !isBlocked) {
      this.#tell(`${since} ${where}`);
      return null;
    }
    this.#tell(`${since} syncmgr begins anew. ${where}`);
    this.#beginAnew();
    setTimeout(end, leaveMs);
    // Whatever is done at the end of the process is done, such as ending the programs it has started.
    return { expression: `process.emit('exit', ${crashCode})`, said: end };
  }

  #culprit(stack: readonly Frame[]): WatchedModule | null {
    return culpritOf(
      stack.map(({ url }) => url),
      [...this.#modules.values()],
    );
  }

  #beginAnew(): void {
    const { successor } = this.#input;
    if (successor === null) return;
    const env = { ...process.env, [followsVariable]: String(process.pid) };
    spawn(successor.program, successor.words, { stdio: 'inherit', env });
  }

  #tell(text: string): void {
    writeSync(2, `${text}\n`);
    try {
      appendFileSync(this.#input.file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
    } catch {
      // Said it was, at least.
    }
  }
}

const end = () => process.kill(process.pid, 'SIGKILL');

function keep({ handler, note }: WatchedModule, where: string): void {
  try {
    mkdirSync(dirname(note), { recursive: true, mode: 0o700 });
    writeFileSync(note, JSON.stringify({ handler, since: Date.now(), where }), { mode: 0o600 });
  } catch {
    // It is noticed again next time.
  }
}

function stackText(stack: readonly Frame[]): string {
  return stack
    .slice(0, framesMax)
    .map(({ name, url, line }) => {
      const place = url === '' ? 'a place without a name' : `${url}:${line}`;
      return `${name || 'a function'} (${place})`;
    })
    .join(', called by ');
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
