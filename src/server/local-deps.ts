// What the client in this process stands on, beside the manager: the store for reading, and what
// belongs to neither (configuration, other processes, the examination), handed in as plain functions.
import type { DraftPreview, FolderListing, KeptFile } from '../api/settings-shapes.ts';
import type {
  AboutShape,
  ConfigurationReport,
  Finding,
  HandlerShape,
  PairOptions,
  PartnershipDraft,
} from '../api/shapes.ts';
import type { Manager } from '../manager/manager.ts';
import { type ErrorRecord, syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { NotifyWays } from '../model/notify-ways.ts';
import type { Partnership } from '../model/partnership.ts';
import type { NetworkState } from '../model/surroundings.ts';
import type { Clock } from '../ports/clock.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Handler } from '../ports/handler.ts';
import type { Store } from '../ports/store.ts';
import type { Audience } from './audience.ts';
import type { Channel } from './channel.ts';

export interface LocalDeps {
  readonly manager: Manager;
  readonly store: Store;
  readonly clock: Clock;
  readonly filesystem: Filesystem;
  /** Names of those that are registered now. */
  handlers(): readonly string[];
  /** Where a handler comes from; whatever the configuration does not name is shipped. */
  sourceOf(handler: string): HandlerShape['source'];
  /** Loads it. Rejects with `handler-unknown`. */
  handler(name: string): Promise<Handler>;
  /** Handlers in programs of their own that kept failing. */
  readonly programs: {
    /** Since when it is not started any more; null: it is. */
    disabledSince(handler: string): number | null;
    /** Since when a module is run as a program, because it held up everything; null: it is not. */
    apartSince(handler: string): number | null;
    facts(handler: string): { readonly failures: number; readonly version: string | null };
    enable(handler: string): Promise<void>;
  };
  readonly configuration: ConfigurationDesk;
  readonly channel: Channel;
  readonly audience: Audience;
  /** SHA-256 in hexadecimal. */
  digest(text: string): string;
  explainIgnore(question: IgnoreQuestion): Promise<IgnoreExplanation>;
  network(): Promise<NetworkState>;
  /** Null: it cannot be looked into; of null, the home folder. */
  listFolders(path: string | null): Promise<FolderListing | null>;
  /** As they were read last. */
  notifyWays(): NotifyWays;
  /** An empty folder that is gone when the client is closed. */
  emptyFolder(): string;
  about(): AboutShape;
  doctor(): Promise<readonly Finding[]>;
  readonly warnings: readonly ErrorRecord[];
  /** Lets go of whatever was opened for this client. */
  close(): Promise<void>;
}

/** The files a person edits. */
export interface ConfigurationDesk {
  /** Puts what changed in the files into the store; a broken file changes nothing (CF-01). */
  apply(): Promise<ConfigurationReport>;
  /** Settings of a folder pair with the defaults of the configuration filled in. */
  pairSettings(
    pair: PairOptions & { readonly left: string; readonly right: string },
  ): Promise<JsonObject>;
  add(draft: PartnershipDraft): Promise<{ readonly id: string; readonly file: string }>;
  remove(partnership: Partnership): Promise<void>;
  setEnabled(partnership: Partnership, enabled: boolean): Promise<void>;
  /** The main file, or that of one partnership. */
  file(of: FileOf): Promise<KeptFile>;
  editFile(of: FileOf, keys: JsonObject, version: string | null): Promise<KeptFile>;
  undoFile(of: FileOf): Promise<KeptFile>;
  preview(draft: PartnershipDraft): Promise<DraftPreview>;
  schema(): Promise<JsonObject>;
}

export type FileOf = 'main' | Pick<Partnership, 'id' | 'name'>;

export interface IgnoreQuestion {
  readonly root: string;
  readonly path: string;
  readonly isFolder: boolean;
  readonly patterns: readonly string[];
}

export interface IgnoreExplanation {
  readonly ignored: boolean;
  readonly source: string | null;
  readonly line: number | null;
  readonly pattern: string | null;
}

/** By name, else by id. Throws `partnership-unknown`. */
export async function findPartnership(store: Store, name: string): Promise<Partnership> {
  const found = (await store.partnerships.byName(name)) ?? (await store.partnerships.get(name));
  if (found === null) throw syncError('partnership-unknown', { name });
  return found;
}
