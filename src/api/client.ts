// Everything a face can ask of the manager: the terminal knows this interface and nothing behind it.
// Names of partnerships are what a person types; an id does as well. Whatever fails throws a
// SyncError, whose code stands in the catalogue.
import type { Resolution } from '../model/conflict.ts';
import type { ErrorRecord } from '../model/error.ts';
import type { LogLevel } from '../model/event.ts';
import type { JsonObject } from '../model/json.ts';
import type { PlanHash, PlanState } from '../model/plan.ts';
import type { ComputerEndShape, LastRunShape, LastRunWishShape } from './computer-end.ts';
import type { ConflictImage, PlanFolder, PlanFolderQuery, WaitingShape } from './inbox-shapes.ts';
import type { SettingsClient } from './settings-client.ts';
import type {
  AboutShape,
  ChoiceShape,
  ConfigurationReport,
  ConflictShape,
  ConflictTexts,
  Finding,
  FreshnessShape,
  HandlerShape,
  IgnoreVerdict,
  Instant,
  InvocationShape,
  ItemShape,
  LogLine,
  Notice,
  PairDraft,
  PartnershipDraft,
  PartnershipShape,
  PauseShape,
  PlanPage,
  PlanShape,
  QuestionShape,
  RequestShape,
  RunningShape,
  SessionShape,
  ViewerPart,
  WhyShape,
} from './shapes.ts';

export interface LogQuery {
  readonly partnership?: string;
  readonly session?: string;
  readonly levels?: readonly LogLevel[];
  readonly search?: string;
  /** Only lines with a smaller id: older ones. */
  readonly before?: number;
  /** Only lines with a greater id: newer ones. */
  readonly after?: number;
  readonly limit?: number;
}

export interface Client extends SettingsClient {
  about(): Promise<AboutShape>;
  partnerships(): Promise<readonly PartnershipShape[]>;
  /** Left out: of all partnerships. */
  items(partnership?: string): Promise<readonly ItemShape[]>;
  handlers(): Promise<readonly HandlerShape[]>;
  /** One that failed too often is started again. */
  enableHandler(handler: string): Promise<void>;
  /**
   * The partnership of two folders given by path: the same two, in the same order, are the same
   * partnership for ever. Makes a missing right folder on the first run only (FS-01); to only look,
   * an empty folder elsewhere stands in for it.
   */
  pair(draft: PairDraft): Promise<PartnershipShape & { readonly rightWasMissing: boolean }>;
  /** Writes a file of its own into the configuration; the answer names it. */
  add(draft: PartnershipDraft): Promise<PartnershipShape & { readonly file: string }>;
  remove(partnership: string): Promise<void>;
  setEnabled(partnership: string, enabled: boolean): Promise<void>;

  /** Resolves once the request is durable. */
  invoke(invocation: InvocationShape): Promise<RequestShape>;
  whenEnded(request: string): Promise<readonly SessionShape[]>;
  choices(request: string): Promise<readonly ChoiceShape[]>;
  confirm(
    request: string,
    ticked: Readonly<Record<string, readonly string[]>>,
    remember: boolean,
  ): Promise<void>;
  cancel(request: string): Promise<void>;
  question(): Promise<QuestionShape | null>;
  /** By its number; null: no answer. What does not wait any more is answered to nobody. */
  answer(question: number, answer: JsonObject | null): Promise<void>;

  /** Sessions of every process that works on this store. */
  running(): Promise<readonly RunningShape[]>;
  /** `partnership` or `partnership/item`; the number of items that will be skipped. */
  skip(name: string): Promise<number>;
  /** Null: everything; the number of sessions told to stop. */
  stop(partnership: string | null): Promise<number>;
  /**
   * Holds the work of what runs (null: everything), as soon as it can be held; the number of sessions
   * told. Not to be mistaken for `pause`, which is about what starts by itself.
   */
  pauseRunning(partnership: string | null): Promise<number>;
  resumeRunning(partnership: string | null): Promise<number>;

  /** Everything that holds it back from starting by itself, and when that is looked at again. */
  why(partnership: string): Promise<WhyShape>;
  /** Nothing of it (null: nothing at all) starts by itself, until then (null: until it is resumed). */
  pause(partnership: string | null, until: Instant | null): Promise<void>;
  resume(partnership: string | null): Promise<void>;
  /** Whether everything is paused; null: it is not. */
  paused(): Promise<PauseShape | null>;
  /** Forgets that it failed, and runs it now. */
  retry(partnership: string): Promise<RequestShape>;
  freshness(): Promise<readonly FreshnessShape[]>;

  /**
   * What to run before the computer is ended, and what would take too long. Fails with
   * `system-unable` where it cannot be ended so: nothing is done yet.
   */
  lastRun(wish: LastRunWishShape): Promise<LastRunShape>;
  /** Ends the computer, now. */
  endComputer(end: ComputerEndShape): Promise<void>;

  waiting(): Promise<WaitingShape>;
  plans(states: readonly PlanState[]): Promise<readonly PlanShape[]>;
  /** By the whole hash, or a beginning of 6 digits or more that is unique. */
  plan(hash: string, limit: number): Promise<PlanPage>;
  /** The same folder by folder, for plans that are too long to be read. */
  planFolder(hash: string, query: PlanFolderQuery): Promise<PlanFolder>;
  approve(hash: PlanHash): Promise<RequestShape>;
  reject(hash: PlanHash): Promise<PlanShape>;

  /** Newest first. */
  sessions(query: {
    readonly partnership?: string;
    readonly limit?: number;
  }): Promise<readonly SessionShape[]>;
  /** Newest first. */
  log(query: LogQuery): Promise<readonly LogLine[]>;
  /**
   * Opens a line with a jump: the handler that wrote it shows what it has to show, and may ask for a
   * retry, which is the request that comes back. Null: it wants none, or is not open any more.
   */
  openLogEntry(id: number): Promise<RequestShape | null>;
  conflicts(query: {
    readonly partnership?: string;
    readonly open?: boolean;
  }): Promise<readonly ConflictShape[]>;
  /** By the whole id, or a unique beginning. */
  conflict(id: string): Promise<ConflictShape>;
  conflictTexts(id: string): Promise<ConflictTexts>;
  /** Throws `not-supported` where the version is no image that can be shown, or too large. */
  conflictImage(id: string, side: string): Promise<ConflictImage>;
  resolve(id: string, resolution: Resolution, version?: number): Promise<ConflictShape>;
  /** Settles it by a text that a person wrote out of the versions. */
  merge(id: string, text: string, version?: number): Promise<ConflictShape>;
  undo(id: string): Promise<ConflictShape>;

  testIgnore(path: string, root: string, patterns: readonly string[]): Promise<IgnoreVerdict>;
  /**
   * Brings the store up to date with what is outside of it: sessions whose process died are marked,
   * the files of the configuration are followed.
   */
  catchUp(): Promise<ConfigurationReport>;
  checkConfiguration(): Promise<ConfigurationReport>;
  configurationSchema(): Promise<JsonObject>;
  doctor(): Promise<readonly Finding[]>;
  /** What opening brought to light: a person should know it, and it keeps nothing from working. */
  readonly warnings: readonly ErrorRecord[];

  /**
   * Events after `since` (null: from now on), then what happens, with progress between. Handlers may
   * ask something while there is a viewer that `answers`.
   */
  watch(since: number | null, signal: AbortSignal, part?: ViewerPart): AsyncIterable<Notice>;
  /** Stops what runs in this process, waits for it and lets go of the store. */
  close(): Promise<void>;
}
