// What a face sees of what can be set: files key by key, ticks, folders to choose from, ways to be told.
import type { ErrorRecord } from '../model/error.ts';
import type { ItemId } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { TriggerKind } from '../model/trigger.ts';
import type { Instant } from './shapes.ts';

/** A file of the configuration. What may be set over any face is in `keys`, with its words. */
export interface KeptFile {
  readonly file: string;
  /** Of its text: a change may ask for exactly this one. */
  readonly version: string;
  readonly keys: JsonObject;
  /** Only shown: what names programs, secrets or folders is changed in the file itself. */
  readonly fixed: JsonObject;
  /** The last change from here can be taken back. */
  readonly undoable: boolean;
}

/** Of one schedule that is being written: a time by cron, or an interval. */
export interface ScheduleDraft {
  readonly cron?: string;
  /** IANA name; without it that of the computer. */
  readonly zone?: string;
  readonly every?: string;
  /** Intervals are counted from when it was made. */
  readonly partnership?: string;
}

export interface NextRuns {
  readonly zone: string;
  /** What is wrong with it, as a sentence; null: nothing. */
  readonly fault: string | null;
  /** Five at most; `wall` as the clock of the zone shows it. */
  readonly next: readonly { readonly at: Instant; readonly wall: string }[];
}

/** Which items take part when a trigger starts something by itself (the old settings dialog). */
export interface TicksShape {
  readonly trigger: TriggerKind;
  /** Null: whichever connection it is. */
  readonly connection: string | null;
  /** The partnership itself names the trigger: items count by their own default. */
  readonly byItself: boolean;
  readonly items: readonly {
    readonly id: ItemId;
    readonly name: string;
    readonly ticked: boolean;
  }[];
}

export interface TicksDraft {
  readonly trigger: TriggerKind;
  readonly connection: string | null;
  readonly ticked: Readonly<Record<ItemId, boolean>>;
}

export interface ConnectionShape {
  /** That of the interface; ticks are kept by it. */
  readonly name: string;
  readonly kind: 'wired' | 'wireless' | 'mobile' | 'tunnel' | 'other' | null;
  readonly ssid: string | null;
  readonly gateway: string | null;
  readonly addresses: readonly string[];
  /** False: it has ticks, and is not there now. */
  readonly up: boolean;
}

export interface FolderListing {
  readonly path: string;
  /** Null: there is nothing above. */
  readonly parent: string | null;
  /** Names of folders, and of links to folders; hostile text. */
  readonly folders: readonly string[];
  /** There are more than are listed. */
  readonly more: boolean;
  /** The home folder of whoever the manager runs as. */
  readonly home: string;
}

/** A partnership that could be added, as the file it would be. */
export interface DraftPreview {
  readonly file: string;
  readonly text: string;
  readonly problems: readonly { readonly key: string | null; readonly text: string }[];
}

/** A way by which a person is told; where it leads without what is secret in it. */
export interface NotifyWayShape {
  readonly way: 'desktop' | 'command' | 'webhook' | 'mail' | 'ping';
  readonly state: 'on' | 'off' | 'if-there';
  readonly where: string | null;
}

/** What came of opening a handler and asking what it is and has; nothing is synchronized. */
export interface HandlerGreeting {
  readonly name: string;
  /** As it calls itself. */
  readonly title: string | null;
  readonly version: string | null;
  /** Of the partnership it was opened for; without one it was opened with no settings. */
  readonly partnership: string | null;
  readonly items: number | null;
  readonly durationMs: number;
  /** Null: it is well. */
  readonly error: ErrorRecord | null;
}

/** A token in force; its secret is nobody's but its owner's. */
export interface TokenShape {
  readonly name: string;
  readonly scopes: readonly ('read' | 'run' | 'decide' | 'admin')[];
}
