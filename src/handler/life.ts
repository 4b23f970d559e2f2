// The life of one program from its start to the end of all it has started: first asked, then told, then
// made to end. What it leaves behind in its group ends with it (HN-15).
import type { Clock } from '../ports/clock.ts';
import type { ProgramEnd, RunningProgram } from '../ports/processes.ts';

/** From the end of its input until it is told to end, and from then until it is made to. */
const leaveMs = 2_000;
const terminateMs = 10_000;

export class Life {
  readonly program: RunningProgram;
  /** Resolves when it has ended and the rest of its group was made to. */
  readonly over: Promise<ProgramEnd>;
  readonly #clock: Clock;
  #ending: Promise<void> | null = null;

  /** `gone` is called at the end. */
  constructor(program: RunningProgram, clock: Clock, gone: () => void) {
    this.program = program;
    this.#clock = clock;
    this.over = program.ended.then((end) => {
      program.signal('SIGKILL');
      gone();
      return end;
    });
  }

  /** `now`: it is not given the time to leave by itself. Resolves when it has ended. */
  end(how: 'leave' | 'now'): Promise<void> {
    this.#ending ??= this.#end(how);
    return this.#ending;
  }

  /** In words for a person; null: it has not ended within the time. */
  async endWithin(ms: number): Promise<string | null> {
    const end = await this.#within(ms);
    if (end === null) return null;
    return end.signal === null ? `it ended with code ${end.code}` : `it was ended by ${end.signal}`;
  }

  async #end(how: 'leave' | 'now'): Promise<void> {
    this.program.endInput();
    if (how === 'leave' && (await this.#within(leaveMs)) !== null) return;
    this.program.signal('SIGTERM');
    // Who was stopped by a signal cannot obey before it goes on.
    this.program.signal('SIGCONT');
    if ((await this.#within(terminateMs)) !== null) return;
    this.program.signal('SIGKILL');
    await this.over;
  }

  async #within(ms: number): Promise<ProgramEnd | null> {
    const late = new AbortController();
    const end = await Promise.race([
      this.over,
      this.#clock.sleep(ms, late.signal).then(() => null),
    ]);
    late.abort();
    return end;
  }
}
