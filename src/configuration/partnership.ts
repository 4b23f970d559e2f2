// From a file's words to a partnership as the store keeps it, defaults filled in.
import type { Json, JsonObject } from '../model/json.ts';
import type { Partnership } from '../model/partnership.ts';
import { parseRate, parseShare } from '../stdx/quantity.ts';
import type { FolderDefaults, ItemFile } from './schema.ts';
import { termsOf, triggersOf } from './terms.ts';
import type { TermsWords, usualTermsKeys } from './terms-schema.ts';

/** Everything that is said about two folders, wherever it was said. */
export interface PairWish {
  readonly left: string;
  readonly right: string;
  readonly mode?: string | undefined;
  readonly conflict?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly maxDelete?: Limits | undefined;
  /** Bytes a second; 0 is no limit. */
  readonly bandwidth?: number | undefined;
  readonly trashDays?: number | undefined;
}

interface Limits {
  readonly count?: number | undefined;
  /** 0 to 1. */
  readonly share?: number | undefined;
}

export type Drafted = Omit<Partnership, 'createdAt'>;

export function partnershipOf(
  id: string,
  fileName: string,
  item: ItemFile,
  defaults: FolderDefaults,
  home: string,
): Drafted {
  const handler = item.handler ?? 'folder';
  return {
    id,
    name: item.name ?? fileName,
    handler,
    settings:
      handler === 'folder' ? folderSettings(wishOf(item, home), defaults) : (item.settings ?? {}),
    enabled: item.enabled ?? true,
    triggers: triggersOf(item.triggers),
    terms: termsOf({ ...usualTerms(defaults), ...item }),
    resources: item.resources ?? [],
    approve: item.approve ?? defaults.approve ?? 'guarded',
    adHoc: false,
  };
}

function wishOf(item: ItemFile, home: string): PairWish {
  return {
    left: absolute(item.left ?? '', home),
    right: absolute(item.right ?? '', home),
    ...wishFrom(item),
  };
}

/** Of the defaults, what is said of any handler. */
function usualTerms(defaults: FolderDefaults): TermsWords {
  const { retry, notify } = defaults;
  return {
    retry,
    notify,
    'fresh-within': defaults['fresh-within'],
    'bandwidth-times': defaults['bandwidth-times'],
  };
}

type FolderWords = Omit<FolderDefaults, 'approve' | keyof typeof usualTermsKeys>;

function wishFrom(words: FolderWords): Omit<PairWish, 'left' | 'right'> {
  const { mode, conflict, ignore, bandwidth } = words;
  return {
    mode,
    conflict,
    ignore,
    maxDelete: limitsOf(words['max-delete']),
    bandwidth: typeof bandwidth === 'string' ? (parseRate(bandwidth) ?? undefined) : bandwidth,
    trashDays: words['trash-days'],
  };
}

/** The settings that the folder handler reads; patterns of the defaults come before the pair's own. */
export function folderSettings(wish: PairWish, defaults: FolderDefaults): JsonObject {
  const usual = wishFrom(defaults);
  const ignore = [...(usual.ignore ?? []), ...(wish.ignore ?? [])];
  const bandwidth = wish.bandwidth ?? usual.bandwidth ?? 0;
  return defined({
    left: wish.left,
    right: wish.right,
    mode: wish.mode ?? usual.mode,
    conflict: wish.conflict ?? usual.conflict,
    ignore: ignore.length === 0 ? undefined : ignore,
    limits: deletionLimits(wish.maxDelete ?? usual.maxDelete),
    bandwidth: bandwidth === 0 ? undefined : bandwidth,
    trashDays: wish.trashDays ?? usual.trashDays,
  });
}

/** The guard fires when both are exceeded, so the one that was not named is put out of the way. */
function deletionLimits(limits: Limits | undefined): JsonObject | undefined {
  if (limits === undefined) return undefined;
  return { count: limits.count ?? 0, share: limits.share ?? 0 };
}

function limitsOf(words: FolderWords['max-delete']): Limits | undefined {
  if (words === undefined) return undefined;
  if (typeof words === 'number') return { count: words };
  if (typeof words === 'string') return { share: parseShare(words) ?? 0 };
  const share = words.share === undefined ? undefined : (parseShare(words.share) ?? 0);
  return { count: words.count, share };
}

/** `~` is the home folder, as everywhere. */
export function absolute(path: string, home: string): string {
  if (path === '~') return home;
  return path.startsWith('~/') ? home + path.slice(1) : path;
}

function defined(values: Readonly<Record<string, Json | undefined>>): JsonObject {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as JsonObject;
}
