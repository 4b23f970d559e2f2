// Listening to one run of a program: each line is taken for what the rules say it is, and goes where
// that belongs: progress, plan, inbox, log.
import { syncError } from '../model/error.ts';
import type { LogLevel } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { Alarm, PlanChange } from '../model/plan.ts';
import { type RetryClass, retryClasses } from '../model/retry.ts';
import type { ProgressReport } from '../ports/handler.ts';
import type { Context } from '../sdk/context.ts';
import { conflictOf } from './core/conflict.ts';
import { alarmOf, changeOf, type Known, knownOf } from './core/plan.ts';
import { progressOf } from './core/progress.ts';
import { type Fields, numberIn, type Reader, readerOf } from './core/rules.ts';
import { OutputLog } from './output-log.ts';
import type { LineMeaning, Rule } from './schema.ts';

type Ears = Pick<Context<unknown>, 'log' | 'progress' | 'conflict'>;

/** For what is only looked up: nothing of it is told. */
export const nobody: Ears = { log: () => null, progress: () => 'continue', conflict: () => {} };

const mostChanges = 500_000;

export class Hearing {
  readonly changes: PlanChange[] = [];
  readonly known: Known[] = [];
  readonly alarms: Alarm[] = [];
  readonly items: Fields[] = [];
  readonly conflicts = new Set<string>();
  readonly output: OutputLog;
  /** The first line that says why it fails. */
  failure: Fields | null = null;
  repair: string | null = null;
  /** As a line told it; null when none did. */
  bytes: number | null = null;
  readonly #read: Reader<LineMeaning>;
  readonly #context: Ears;
  readonly #item: ItemId;
  readonly #program: string;
  /** Changes and bytes that the plan has; 0 where there is none. */
  readonly #planned: { readonly changes: number; readonly bytes: number };

  constructor(
    rules: readonly Rule[],
    context: Ears,
    item: ItemId,
    program: string,
    planned = { changes: 0, bytes: 0 },
  ) {
    this.#read = readerOf(rules);
    this.#context = context;
    this.#item = item;
    this.#program = program;
    this.#planned = planned;
    this.output = new OutputLog(context, item);
  }

  line(stream: 'output' | 'errors', line: string): void {
    const said = this.#read(stream, line);
    if (said === null) this.output.line('information', line);
    else this.#take[said.is](said.fields, line);
  }

  readonly #take: Readonly<Record<LineMeaning, (fields: Fields, line: string) => void>> = {
    progress: (fields) => this.#progress(progressOf(fields)),
    change: (fields) => this.#change(changeOf(this.#item, fields)),
    conflict: (fields, line) => {
      const conflict = conflictOf(this.#item, fields, line);
      this.conflicts.add(conflict.subject);
      this.#context.conflict(conflict);
    },
    problem: ({ path, text, code }, line) =>
      this.output.problem(text ?? line, {
        ...(path === undefined ? {} : { subject: path }),
        code: code ?? 'command-failed',
      }),
    failure: (fields, line) => {
      this.failure ??= { text: line, ...fields };
      this.output.line('warning', line);
    },
    alarm: (fields, line) => void this.alarms.push(alarmOf({ text: line, ...fields })),
    repair: ({ text }, line) => {
      this.repair ??= text ?? line;
    },
    known: (fields) => void this.known.push(knownOf(fields)),
    bytes: ({ bytes }) => {
      this.bytes = numberIn(bytes) ?? this.bytes;
    },
    item: (fields) => void this.items.push(fields),
    log: ({ level, text }, line) => this.output.line(levelOf(level), text ?? line),
    ignore: () => {},
  };

  #change(change: PlanChange): void {
    if (this.changes.length >= mostChanges) {
      throw syncError('command-plan-too-long', { program: this.#program, limit: mostChanges });
    }
    this.changes.push(change);
    const { changes, bytes } = this.#planned;
    const value = this.changes.length;
    if (changes > 0) {
      this.#progress({ text: change.path, value: Math.min(value, changes), max: changes });
    } else this.#progress({ text: change.path, ...(bytes > 0 ? { bytesMax: bytes } : { value }) });
  }

  /** The plan knows how many there are; the program's own share is shown where there is no plan. */
  #progress(report: ProgressReport): void {
    const { changes, bytes } = this.#planned;
    const { value, max, ...rest } = report;
    const counted = changes > 0 && max === 100 ? rest : report;
    this.#context.progress(this.#item, { ...(bytes > 0 ? { bytesMax: bytes } : {}), ...counted });
  }
}

const levels: readonly LogLevel[] = ['information', 'warning', 'error'];
const levelOf = (word: string | undefined): LogLevel =>
  levels.find((level) => level === word) ?? 'information';

export const classOf = (word: string | undefined): RetryClass | null =>
  retryClasses.find((one) => one === word) ?? null;
