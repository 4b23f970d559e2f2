// The part of the client by which things are set up. Of files nothing can be set that runs a program,
// reads a secret or opens a door: whoever wants that edits the file.
import type { ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { TriggerKind } from '../model/trigger.ts';
import type {
  ConnectionShape,
  DraftPreview,
  FolderListing,
  HandlerGreeting,
  KeptFile,
  NextRuns,
  NotifyWayShape,
  ScheduleDraft,
  TicksDraft,
  TicksShape,
} from './settings-shapes.ts';
import type { PartnershipDraft } from './shapes.ts';

export interface SettingsClient {
  /** Of a partnership; null: the main file. */
  file(partnership: string | null): Promise<KeptFile>;
  /**
   * Sets the keys that are named, null takes one out; comments stay. In force when it resolves. Throws
   * `request-malformed` with a pointer to each key that is wrong, and `version-stale`.
   */
  editFile(partnership: string | null, keys: JsonObject, version?: string): Promise<KeptFile>;
  /** Takes the last change back; said again, makes it anew. */
  undoFile(partnership: string | null): Promise<KeptFile>;
  /** What would be written, and what is wrong with it; changes nothing. */
  preview(draft: PartnershipDraft): Promise<DraftPreview>;
  nextRuns(draft: ScheduleDraft): Promise<NextRuns>;
  ticks(partnership: string, trigger: TriggerKind, connection: string | null): Promise<TicksShape>;
  setTicks(partnership: string, draft: TicksDraft): Promise<TicksShape>;
  /** Those that are up, and those that have ticks. */
  connections(): Promise<readonly ConnectionShape[]>;
  /** Null: the home folder. Throws `not-found` for what cannot be looked into. */
  folders(path: string | null): Promise<FolderListing>;
  /** Opens it, for one of its partnerships if there is one, and asks what it has. */
  greetHandler(name: string): Promise<HandlerGreeting>;
  notifyWays(): Promise<readonly NotifyWayShape[]>;
  /** Lets the handler ask what it wants to know of an item, or (null) of itself; see `question`. */
  openProperties(partnership: string, item: ItemId | null): Promise<void>;
}
