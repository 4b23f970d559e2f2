// What only a program of its own can do wrong: how it begins, how it ends, and what it says in between.
import { errorRecord } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { trueClock } from '../platform/clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunningProgram } from '../ports/processes.ts';
import { WireFailure, wireCodes } from '../wire/connection.ts';
import { protocolRevision } from '../wire/protocol.ts';
import { type CheckOptions, resultOf } from './check-handler.ts';
import { Spoken } from './spoken.ts';
import {
  type CheckResult,
  callFailed,
  failed,
  named,
  passed,
  unproven,
  type Verdict,
} from './verdict.ts';

/** The program under test: a new process each time. */
export interface ProgramSubject {
  readonly settings: JsonObject;
  start(): Promise<RunningProgram>;
  layOut?(): Promise<void>;
}

interface ProgramCheck {
  readonly name: string;
  readonly title: string;
  readonly advice: string;
  run(spoken: Spoken, subject: ProgramSubject): Promise<Verdict>;
}

/** To introduce itself, and to end when its input has. */
const handshakeMs = 10_000;
const endMs = 5_000;
const callMs = 60_000;

export const programChecks: readonly ProgramCheck[] = [
  {
    name: 'introduces-itself',
    title: 'It starts, and introduces itself within 10 s',
    advice:
      'Answer initialize with {"protocol": 1, "features": [], "handler": {"name": …}} at once; do what takes time in open. Flush standard output after each line.',
    run: async (spoken) => {
      const { protocol } = await spoken.initialize();
      return protocol === protocolRevision
        ? passed
        : failed(`revision ${protocolRevision} of the protocol`, `revision ${String(protocol)}`);
    },
  },
  {
    name: 'unknown-messages',
    title: 'It answers what it does not know with an error, passes over the rest, and goes on',
    advice: `Answer a request with an unknown method with the error ${wireCodes.unknownMethod}; ignore unknown notifications and unknown members.`,
    run: async (spoken, { settings }) => {
      await spoken.initialize();
      spoken.notify('later/notification', { any: 'thing' });
      spoken.notify('$/cancelRequest', { id: 'of nobody' });
      const code = await spoken.requestAny('later/request', {}).then(
        () => null,
        (thrown: unknown) => (thrown instanceof WireFailure ? thrown.code : thrown),
      );
      if (code !== wireCodes.unknownMethod) {
        return failed(
          `the error ${wireCodes.unknownMethod} for later/request`,
          String(code ?? 'a result'),
        );
      }
      await spoken.open(settings);
      return passed;
    },
  },
  {
    name: 'protocol-kept',
    title: 'Through a whole session it says nothing but messages of the protocol',
    advice:
      'Print for people on standard error only; what stands on standard output is taken for a message. Compare the members with docs/protocol.md.',
    run: async (spoken, { settings }) => {
      await wholeSession(spoken, settings);
      const { faults, strays } = spoken;
      if (faults[0] !== undefined) return failed('messages of the protocol', faults[0]);
      return strays.length > 0
        ? failed('messages alone on standard output', named(strays))
        : passed;
    },
  },
  {
    name: 'ends-with-its-input',
    title: 'It ends by itself when its standard input ends',
    advice:
      'Leave the loop at the end of standard input and exit with code 0; do not wait for timers or threads.',
    run: async (spoken) => {
      await spoken.initialize();
      spoken.endInput();
      const end = await spoken.endWithin(endMs);
      if (end === null) return failed(`its end within ${endMs / 1_000} s`, 'it goes on');
      return end.code === 0 ? passed : failed('exit code 0', end.signal ?? `code ${end.code}`);
    },
  },
];

/** As the manager would, in messages. Whether it declines or refuses is its own affair. */
async function wholeSession(spoken: Spoken, settings: JsonObject): Promise<void> {
  await spoken.initialize();
  const { accepted } = await spoken.open(settings);
  if (accepted === false) return;
  await spoken.request('describe', {});
  const { items } = await spoken.request('items', { cursor: null });
  const ids = (items as readonly { readonly id: string }[]).map(({ id }) => id);
  const { outcome } = await spoken.request('prepare', { items: ids, approved: null });
  if (outcome === 'ready') await spoken.request('synchronize', {});
  await spoken.request('close', {});
}

/** The checks of a program, before those of `checkHandler`, which are the same for every host. */
export async function* checkProgram(
  subject: ProgramSubject,
  { clock = trueClock, only, signal }: CheckOptions = {},
): AsyncGenerator<CheckResult> {
  let hasStarted = true;
  for (const check of programChecks) {
    if (signal?.aborted === true) return;
    if (only !== undefined && !only.includes(check.name)) continue;
    const began = clock.monotonic();
    const verdict = hasStarted ? await verdictOf(check, subject, clock) : neverStarted;
    if (check === programChecks[0] && verdict.outcome === 'failed') hasStarted = false;
    yield resultOf(check, verdict, clock.monotonic() - began);
  }
}

const notStarted =
  'Name the program as in a shell: one of this folder with ./ before it, made executable by chmod +x, or with its interpreter (python3 notes.py).';

const notIntroduced =
  'Flush standard output after every line: most languages hold back what is written to a pipe. Print nothing else there, answer initialize before anything that takes time, and look at what it said on standard error.';

const neverStarted = unproven('It did not introduce itself.');

async function verdictOf(
  { name, run }: ProgramCheck,
  subject: ProgramSubject,
  clock: Clock,
): Promise<Verdict> {
  const limitMs = name === 'introduces-itself' ? handshakeMs : callMs;
  let spoken: Spoken | null = null;
  await subject.layOut?.();
  try {
    spoken = new Spoken(await subject.start(), clock, limitMs);
    return await run(spoken, subject);
  } catch (thrown) {
    const { code, text } = errorRecord(thrown, 'handler-failed');
    if (code === 'program-unusable') return callFailed(text, notStarted);
    const account = (await spoken?.account()) ?? '';
    const found = `${thrown instanceof Error ? thrown.message : text}${account}`;
    return callFailed(found, name === 'introduces-itself' ? notIntroduced : undefined);
  } finally {
    spoken?.kill();
  }
}
