// What a person may set for a folder partnership, checked: every error names the key.
//
// Not carried, whatever is set: owners, set-uid, set-gid and sticky bits, access control lists,
// extended attributes, the times of folders, and that two names are one file.
import { syncError } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { DeletionLimits } from '../model/plan.ts';
import { parseRate, parseShare } from '../stdx/quantity.ts';
import { type ConflictRule, conflictRules, type Mode, modes } from './core/plan.ts';

export interface FolderSettings {
  /** Absolute paths. */
  readonly left: string;
  readonly right: string;
  readonly mode: Mode;
  readonly conflict: ConflictRule;
  /** Patterns as in a .gitignore. */
  readonly ignore: readonly string[];
  /** Overrides of the guard over deletions. */
  readonly limits: Partial<DeletionLimits>;
  /** Bytes a second, over both directions; null is no limit. */
  readonly bandwidth: number | null;
  /** Days that replaced and deleted files stay in the trash; 0 keeps them for ever. */
  readonly trashDays: number;
  /** Forget what was agreed on: unite both sides and delete nothing. Set for single runs only. */
  readonly merge: boolean;
  /** Read every folder's names, whatever its times say. */
  readonly fullScan: boolean;
}

const trashDaysDefault = 30;

const keys: Readonly<Record<keyof FolderSettings, true>> = {
  left: true,
  right: true,
  mode: true,
  conflict: true,
  ignore: true,
  limits: true,
  bandwidth: true,
  trashDays: true,
  merge: true,
  fullScan: true,
};

/** Throws `folder-setting-invalid`. */
export function parseSettings(settings: JsonObject): FolderSettings {
  for (const key of Object.keys(settings)) {
    if (!Object.hasOwn(keys, key)) {
      throw invalid(key, `there is no such setting. Known are ${Object.keys(keys).join(', ')}.`);
    }
  }
  return {
    left: absolutePath('left', settings.left),
    right: absolutePath('right', settings.right),
    mode: oneOf('mode', settings.mode ?? 'two-way-safe', modes),
    conflict: oneOf('conflict', settings.conflict ?? 'ask', conflictRules),
    ignore: patterns(settings.ignore ?? []),
    limits: limits(settings.limits ?? {}),
    bandwidth: bandwidth(settings.bandwidth ?? null),
    trashDays: trashDays(settings.trashDays ?? trashDaysDefault),
    merge: settings.merge === true,
    fullScan: settings.fullScan === true,
  };
}

function invalid(key: string, reason: string) {
  return syncError('folder-setting-invalid', { key, reason });
}

function absolutePath(key: string, value: unknown): string {
  if (typeof value !== 'string' || value.length === 0) {
    throw invalid(key, 'it must be the path of a folder.');
  }
  if (value.includes('\0')) throw invalid(key, 'a path cannot contain a NUL character.');
  if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(value)) {
    throw invalid(key, `${value} is not an absolute path. Write it from the root of the disk on.`);
  }
  return value.length > 1 ? value.replace(/\/+$/, '') || '/' : value;
}

function oneOf<Word extends string>(key: string, value: Json, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid(key, `it must be one of ${words.join(', ')}.`);
  return found;
}

function patterns(value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.every((pattern) => typeof pattern === 'string');
  if (!isList) throw invalid('ignore', 'it must be a list of patterns, each a text.');
  return value as readonly string[];
}

function limits(value: Json): Partial<DeletionLimits> {
  if (!isObject(value)) throw invalid('limits', 'it must hold count, share or both.');
  const found: { count?: number; share?: number } = {};
  for (const [key, limit] of Object.entries(value)) {
    if (key === 'count') found.count = count('limits.count', limit);
    else if (key === 'share') found.share = share(limit);
    else throw invalid(`limits.${key}`, 'known are count and share.');
  }
  return found;
}

function count(key: string, value: Json): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(key, 'it must be a whole number, 0 or more.');
}

function share(value: Json): number {
  const parsed = typeof value === 'string' ? parseShare(value) : value;
  if (typeof parsed === 'number' && parsed >= 0 && parsed <= 1) return parsed;
  throw invalid('limits.share', 'it must be a number from 0 to 1, or a percentage like 20%.');
}

function bandwidth(value: Json): number | null {
  const parsed = typeof value === 'string' ? parseRate(value) : value;
  if (parsed === null && value === null) return null;
  if (typeof parsed === 'number' && Number.isFinite(parsed) && parsed >= 0) {
    return parsed === 0 ? null : parsed;
  }
  throw invalid('bandwidth', 'it must be bytes a second, like 5M/s, or off.');
}

function trashDays(value: Json): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw invalid('trashDays', 'it must be a number of days; 0 keeps everything.');
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
