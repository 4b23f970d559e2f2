// One session over the items of one program: prepare runs its dry run and makes the plan, synchronize
// runs the program itself, one item after another.
import type { Resolution } from '../model/conflict.ts';
import { type ErrorRecord, errorRecord, SyncError, syncError } from '../model/error.ts';
import type { ItemId } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import type { Alarm, PlanChange, PlanDraft } from '../model/plan.ts';
import type { ConflictSubject, PrepareCall } from '../ports/handler.ts';
import type { Context } from '../sdk/context.ts';
import type { ItemDraft, ItemDrafts, Report } from '../sdk/define.ts';
import type { Filling } from './core/fill.ts';
import { deletionLimits } from './core/limits.ts';
import { factsOf, inOrder, toldOnce } from './core/plan.ts';
import { Hearing, nobody } from './hearing.ts';
import { Repairs } from './repairs.ts';
import { checkVersion } from './require.ts';
import type { Running } from './run.ts';
import type { CommandSettings, Step } from './schema.ts';
import { carryOut } from './stepping.ts';
import { atHome, environmentOf } from './surroundings.ts';
import type { CommandWorld } from './world.ts';

export type CommandContext = Context<CommandSession>;

/** Where the settings name no items, there is one. */
const onlyItem: ItemId = 'command';

interface RunOptions {
  readonly subject?: string;
  excused?(heard: Hearing): boolean;
  made?(hearing: Hearing): void;
}

interface Found {
  readonly changes: readonly PlanChange[];
  readonly repair: string | null;
}

export class CommandSession {
  readonly #world: CommandWorld;
  readonly #partnership: { readonly id: string; readonly name: string };
  readonly #settings: CommandSettings;
  readonly #found = new Map<ItemId, Found>();
  readonly #failed = new Map<ItemId, ErrorRecord>();
  #running: Running | null = null;
  #plan: 'own' | 'approved' = 'own';
  #pace: 'going' | 'held' = 'going';

  constructor(
    world: CommandWorld,
    partnership: { readonly id: string; readonly name: string },
    settings: CommandSettings,
  ) {
    this.#world = world;
    this.#partnership = partnership;
    this.#settings = settings;
  }

  async items(context: CommandContext): Promise<readonly ItemDraft[] | ItemDrafts> {
    const { items } = this.#settings;
    if (items === undefined) return [{ id: onlyItem, name: this.#partnership.name }];
    if (Array.isArray(items)) return items.map((id) => ({ id }));
    const { heard } = await this.#run(context, items as Step, '', nobody);
    return heard.items.map(({ id = '', name = id }) => ({ id, name }));
  }

  async prepare(context: CommandContext, { approved }: PrepareCall): Promise<PlanDraft | null> {
    this.#plan = approved === null ? 'own' : 'approved';
    await checkVersion(this.#world, this.#settings, this.#environment());
    const { prepare } = this.#settings;
    if (prepare === undefined) return null;
    const facts = [];
    for (const item of context.items) {
      if (context.progress(item) !== 'continue') continue;
      try {
        facts.push(await this.#look(context, prepare, item));
      } catch (thrown) {
        this.#leave(context, item, thrown);
      }
    }
    const [error] = this.#failed.values();
    if (error !== undefined && this.#found.size === 0) throw asError(error);
    const changes = [...this.#found.values()].flatMap((found) => found.changes);
    return { changes: inOrder(changes), facts };
  }

  async #look(context: CommandContext, prepare: Step, item: ItemId) {
    if (this.#mustMake(item)) {
      const path = this.#makePath(item);
      const made = { item, side: 'right', kind: 'create', path, bytes: 0 } as const;
      this.#found.set(item, { changes: [made], repair: null });
      return factsOf(item, [], [], [], {});
    }
    const wanted = this.#settings.repair === undefined ? null : this.#repairs.wanted(item);
    if (wanted !== null) return this.#lookAtRepair(item, wanted);
    const { heard } = await this.#run(context, prepare, item, context, {
      excused: ({ repair, alarms }) => repair !== null || alarms.length > 0,
    });
    if (heard.repair !== null) return this.#lookAtRepair(item, heard.repair);
    const { alarms } = heard;
    // What is approved is a plan, and a plan is of something.
    const isBare = alarms.length > 0 && heard.changes.length === 0;
    const changes = isBare ? [wholeOf(item, 'all')] : toldOnce(heard.changes, heard.conflicts);
    this.#found.set(item, { changes, repair: null });
    const limits = deletionLimits(this.#settings['max-delete']);
    return factsOf(item, changes, heard.known, alarms, limits);
  }

  #lookAtRepair(item: ItemId, text: string) {
    const changes = [wholeOf(item, 'repair')];
    this.#found.set(item, { changes, repair: text });
    return factsOf(item, changes, [], [repairAlarm(text)], {});
  }

  async synchronize(context: CommandContext): Promise<Report> {
    const counts: Record<string, number> = {};
    let bytes = 0;
    for (const item of context.items) {
      if (this.#failed.has(item)) continue;
      const answer = context.progress(item);
      if (answer !== 'continue') {
        context.progress(item, { status: answer === 'skip' ? 'skipped' : 'stopped' });
        continue;
      }
      const done = await this.#work(context, item);
      for (const { side, kind } of done?.changes ?? []) {
        counts[`${side}.${kind}`] = (counts[`${side}.${kind}`] ?? 0) + 1;
      }
      bytes += done?.bytes ?? 0;
    }
    const [error] = this.#failed.values();
    return { counts, bytes, ...(error === undefined ? {} : { error }) };
  }

  async #work(context: CommandContext, item: ItemId) {
    context.progress(item, { status: this.#pace === 'held' ? 'paused' : 'updating' });
    let listening: Hearing | null = null;
    const made = (hearing: Hearing) => {
      listening = hearing;
    };
    try {
      if (this.#mustMake(item)) await this.#make(context, item);
      const { heard, verdict } = await this.#run(context, this.#stepFor(item), item, context, {
        made,
      });
      if (this.#found.get(item)?.repair != null) this.#repairs.forget(item);
      if (verdict.as === 'problems' && heard.output.problems === 0) {
        const text = verdict.text ?? heard.output.reason;
        context.log('error', text || 'It had problems.', { item, code: 'command-failed' });
      }
      context.conflictsSeen(item);
      context.progress(item, { status: 'succeeded' });
      const changes = toldOnce(heard.changes, heard.conflicts);
      return { changes, bytes: heard.bytes ?? total(changes) };
    } catch (thrown) {
      this.#rememberRepair(item, listening);
      this.#leave(context, item, thrown);
      return null;
    }
  }

  #rememberRepair(item: ItemId, heard: Hearing | null): void {
    const { repair } = this.#settings;
    if (repair !== undefined && heard?.repair != null) this.#repairs.remember(item, heard.repair);
  }

  #stepFor(item: ItemId): Step {
    const { synchronize, repair } = this.#settings;
    const found = this.#found.get(item);
    return found?.repair != null && repair !== undefined ? repair : synchronize;
  }

  async resolve(
    context: CommandContext,
    { item, subject, kind }: ConflictSubject,
    resolution: Resolution,
  ): Promise<Json> {
    const side = resolution.choice === 'keep' ? resolution.side : resolution.choice;
    const steps = this.#settings.resolve ?? {};
    const step = steps[`${kind}.${side}`] ?? steps[side];
    if (step === undefined) throw syncError('command-unresolvable', { choice: side, subject });
    await this.#run(context, step, item, nobody, { subject });
    return null;
  }

  pause(context: CommandContext, paused: boolean): void {
    this.#pace = paused ? 'held' : 'going';
    this.#running?.pause(paused);
    for (const item of context.items) {
      if (this.#running !== null)
        context.progress(item, { status: paused ? 'paused' : 'updating' });
    }
  }

  /** Cut short because somebody asked for it is not a failure. */
  #leave(context: CommandContext, item: ItemId, thrown: unknown): void {
    const answer = context.progress(item);
    if (answer !== 'continue') {
      context.progress(item, { status: answer === 'skip' ? 'skipped' : 'stopped' });
      return;
    }
    const error = errorRecord(thrown, 'handler-failed');
    this.#failed.set(item, error);
    context.log('error', error.text, { item, code: error.code });
    context.progress(item, { status: 'failed' });
  }

  async #run(
    context: CommandContext,
    step: Step,
    item: ItemId,
    ears: ConstructorParameters<typeof Hearing>[1],
    more: RunOptions = {},
  ) {
    const { subject, made, ...rest } = more;
    const rules = [...(step.lines ?? []), ...(this.#settings.lines ?? [])];
    const planned = this.#found.get(item)?.changes ?? [];
    const stepping = {
      world: this.#world,
      settings: this.#settings,
      filling: this.#filling(step, item, subject),
      environment: this.#environment(),
      // Before there is somebody to stop it, and after, only its limits end it.
      signal: ears === nobody ? new AbortController().signal : context.signalOf(item),
      begun: (running: Running | null) => {
        this.#running = running;
        if (this.#pace === 'held') running?.pause(true);
      },
      ...rest,
    };
    const whole = { changes: planned.length, bytes: total(planned) };
    return carryOut(stepping, step, (program) => {
      const hearing = new Hearing(rules, ears, item, program, whole);
      made?.(hearing);
      return hearing;
    });
  }

  get #repairs(): Repairs {
    return new Repairs(this.#world.filesystem, this.#stateFolder);
  }

  #environment() {
    this.#world.filesystem.makeFolders(this.#stateFolder);
    return environmentOf(this.#world, this.#settings, this.#filling(null, ''));
  }

  get #stateFolder(): string {
    return `${this.#world.stateFolder}/commands/${this.#partnership.id}`;
  }

  #filling(step: Step | null, item: ItemId, subject = ''): Filling {
    return {
      names: {
        item,
        subject,
        partnership: this.#partnership.name,
        state: this.#stateFolder,
        home: this.#world.home,
      },
      lists: { approved: this.#plan === 'approved' ? (step?.approved ?? []) : [] },
    };
  }

  #makePath(item: ItemId): string {
    const { unless = '' } = this.#settings.make ?? {};
    return atHome(unless.replaceAll('{item}', item), this.#world.home);
  }

  #mustMake(item: ItemId): boolean {
    const isAsked = this.#settings.make !== undefined;
    return isAsked && this.#world.filesystem.stat(this.#makePath(item)) === null;
  }

  async #make(context: CommandContext, item: ItemId): Promise<void> {
    await this.#run(context, { command: this.#settings.make?.command ?? [] }, item, context);
  }
}

const repairAlarm = (text: string): Alarm => ({
  guard: 'repair',
  side: null,
  text,
  approvable: true,
});

/** A dry run that stopped early names no single change. */
const wholeOf = (item: ItemId, detail: 'all' | 'repair'): PlanChange => ({
  item,
  side: 'both',
  kind: 'other',
  path: '',
  bytes: 0,
  detail,
});

const total = (changes: readonly PlanChange[]): number =>
  changes.reduce((sum, { bytes }) => sum + bytes, 0);

const asError = ({ code, text, retry }: ErrorRecord) => new SyncError(code, text, retry);
