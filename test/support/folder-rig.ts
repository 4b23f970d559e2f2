// Two real folders and a handler over them, driven like the manager does, without the manager.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderHandler } from '../../src/folder/handler.ts';
import { folderJobs } from '../../src/folder/jobs.ts';
import type { ConflictDraft } from '../../src/model/conflict.ts';
import type { LogDraft } from '../../src/model/event.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { PlanChange, PlanDraft } from '../../src/model/plan.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { disk } from '../../src/platform/disk.ts';
import { sha256 } from '../../src/platform/hasher.ts';
import { openInlineCrew } from '../../src/platform/inline-crew.ts';
import { trueRandom } from '../../src/platform/random.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Crew } from '../../src/ports/crew.ts';
import type { Filesystem } from '../../src/ports/filesystem.ts';
import type {
  Callback,
  Handler,
  HandlerSession,
  Opening,
  Pass,
  PrepareCall,
  Prepared,
  ProgressAnswer,
  ProgressReport,
  Synchronized,
} from '../../src/ports/handler.ts';
import type { Locks } from '../../src/ports/lock.ts';

export type LogLine = Omit<LogDraft, 'session' | 'partnership'>;
export type ConflictLine = Omit<ConflictDraft, 'session' | 'partnership'>;

export interface RigOptions {
  readonly settings?: JsonObject;
  readonly filesystem?: Filesystem;
  readonly locks?: Locks;
  /** Threads instead of the caller's own. */
  readonly crew?: Crew;
  readonly clock?: Clock;
  readonly partnership?: string;
  readonly trigger?: Opening['trigger'];
  /** One that remembers former runs; else each has a new one. */
  readonly handler?: Handler;
  /** What a watch was told; absent: there is none. */
  readonly touched?: PrepareCall['touched'];
}

/** What one run came to. */
export interface Run {
  readonly changes: readonly PlanChange[];
  readonly plan: PlanDraft | null;
  readonly prepared: Prepared;
  readonly synchronized: Synchronized | null;
  readonly log: readonly LogLine[];
  readonly conflicts: readonly ConflictLine[];
  readonly reports: readonly ProgressReport[];
}

export class FolderRig {
  readonly top = mkdtempSync(join(tmpdir(), 'syncmgr-folder-'));
  readonly left = join(this.top, 'left');
  readonly right = join(this.top, 'right');
  readonly state = join(this.top, 'state');

  constructor() {
    for (const folder of [this.left, this.right, this.state]) mkdirSync(folder);
  }

  open(callback: Callback, options: RigOptions = {}): Promise<HandlerSession> {
    return openSession(options.handler ?? this.handler(options), callback, {
      id: options.partnership ?? 'pair-1',
      settings: { left: this.left, right: this.right, ...options.settings },
      trigger: options.trigger ?? 'manual',
    });
  }

  handler(options: RigOptions = {}): Handler {
    const filesystem = options.filesystem ?? disk;
    const world = { filesystem, clock: options.clock ?? trueClock, sha256 };
    return folderHandler({
      ...world,
      crew: options.crew ?? openInlineCrew(world, folderJobs),
      random: trueRandom,
      stateFolder: this.state,
      ...(options.locks === undefined ? {} : { locks: options.locks }),
    });
  }

  /** Prepare and, unless something non-approvable stands against it, synchronize. */
  async run(options: RigOptions = {}): Promise<Run> {
    return this.#drive(options, true);
  }

  async prepare(options: RigOptions = {}): Promise<Run> {
    return this.#drive(options, false);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }

  async #drive(options: RigOptions, carryOut: boolean): Promise<Run> {
    const recorder = new Recorder();
    const session = await this.open(recorder.callback, options);
    try {
      const { touched } = options;
      const call = touched === undefined ? everything : { ...everything, touched };
      const prepared = await settled(await session.prepare(call));
      const plan = prepared.outcome === 'ready' ? prepared.plan : null;
      const changes = plan === null ? [] : [...plan.changes];
      const blocked = plan?.facts.some(({ alarms }) => alarms.some((alarm) => !alarm.approvable));
      const goOn = carryOut && prepared.outcome === 'ready' && !blocked;
      const synchronized = goOn ? await settled(await session.synchronize()) : null;
      const { lines, conflicts, reports } = recorder;
      return { changes, plan, prepared, synchronized, log: lines, conflicts, reports };
    } finally {
      await session.close();
    }
  }
}

const everything: PrepareCall = { items: ['folders'], approved: null };

export function settled<Result>(pass: Pass<Result>): Promise<Result> {
  return 'ended' in pass ? Promise.resolve(pass.ended) : pass.pending;
}

async function openSession(
  handler: Handler,
  callback: Callback,
  partnership: {
    readonly id: string;
    readonly settings: JsonObject;
    readonly trigger: Opening['trigger'];
  },
): Promise<HandlerSession> {
  const session = await handler.open({
    partnership: { id: partnership.id, name: 'pair' },
    trigger: partnership.trigger,
    interactive: false,
    settingsOnly: false,
    cookie: null,
    settings: partnership.settings,
  });
  if (session === null) throw new Error('the folder handler refuses no trigger');
  await session.attach(callback);
  return session;
}

/** Keeps what the handler says; a test may change the answer while it runs. */
export class Recorder {
  readonly lines: LogLine[] = [];
  readonly conflicts: ConflictLine[] = [];
  readonly reports: ProgressReport[] = [];
  readonly stopper = new AbortController();
  answer: ProgressAnswer = 'continue';

  readonly callback: Callback = {
    progress: (_item, report) => {
      if (report !== null) this.reports.push(report);
      return this.answer;
    },
    signal: () => this.stopper.signal,
    log: (line) => this.lines.push(line),
    withdraw: () => 0,
    takeFloor: () => false,
    returnFloor: () => undefined,
    ask: async () => null,
    connect: async () => false,
    conflict: (draft) => void this.conflicts.push(draft),
    decide: async () => null,
    conflictsSeen: () => undefined,
  };
}
