// The other end of watchdog.ts. It writes by itself, without the thread that it watches: what goes
// through `process.stderr` of a thread waits for exactly the one that is blocked.
import { appendFileSync, writeSync } from 'node:fs';
import { Session } from 'node:inspector';
import { workerData } from 'node:worker_threads';
import type { WatchdogInput } from './watchdog.ts';

const noticeMs = 2_000;
const graveMs = 30_000;
const lookEveryMs = 250;
const framesMax = 8;

interface Paused {
  readonly callFrames: readonly {
    readonly functionName: string;
    readonly location: { readonly scriptId: string; readonly lineNumber: number };
  }[];
}

export function watch(): void {
  const { beat, file } = workerData as WatchdogInput;
  let last = -1;
  let since = performance.now();
  let told: 'nothing' | 'noticed' | 'grave' = 'nothing';
  setInterval(() => {
    const now = Atomics.load(beat, 0);
    if (now !== last) {
      [last, since, told] = [now, performance.now(), 'nothing'];
      return;
    }
    const ms = performance.now() - since;
    if (told === 'nothing' && ms >= noticeMs) {
      told = 'noticed';
      whereItIs((where) => tell(file, `Nothing has been answered for ${seconds(ms)}: ${where}`));
    } else if (told === 'noticed' && ms >= graveMs) {
      told = 'grave';
      const advice =
        'A handler in this process does not come back, and cannot be ended alone. End syncmgr with Ctrl-\\ or SIGKILL; to keep the handler from holding up the others, let it run as a program: command: in config.yaml.';
      whereItIs((where) => tell(file, `${advice} For ${seconds(ms)}: ${where}`));
    }
  }, lookEveryMs);
}

interface Parsed {
  readonly scriptId: string;
  readonly url: string;
}

/** Stops the other thread where it is, reads its stack, and lets it go on. */
function whereItIs(then: (where: string) => void): void {
  const session = new Session();
  const urls = new Map<string, string>();
  session.connectToMainThread();
  session.on('Debugger.scriptParsed', ({ params }: { readonly params: Parsed }) => {
    urls.set(params.scriptId, params.url);
  });
  session.once('Debugger.paused', ({ params }: { readonly params: Paused }) => {
    session.post('Debugger.resume', () =>
      session.post('Debugger.disable', () => session.disconnect()),
    );
    then(stackText(params, urls));
  });
  session.post('Debugger.enable', () => session.post('Debugger.pause'));
}

function stackText({ callFrames }: Paused, urls: ReadonlyMap<string, string>): string {
  return callFrames
    .slice(0, framesMax)
    .map(({ functionName, location }) => {
      const url = urls.get(location.scriptId) ?? '';
      const place = url === '' ? 'a place without a name' : `${url}:${location.lineNumber + 1}`;
      return `${functionName || 'a function'} (${place})`;
    })
    .join(', called by ');
}

function tell(file: string, text: string): void {
  writeSync(2, `${text}\n`);
  try {
    appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 });
  } catch {
    // Said it was, at least.
  }
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
