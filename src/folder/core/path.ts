// Relative paths: which are safe, which are ours, how they nest, and what a conflict copy is called.
// Bytes are counted as UTF-8, because that is what file systems limit.
import { shortHash } from '../../stdx/short-hash.ts';
import type { Side } from './entry.ts';

/** The folder at the root of a tree that is ours: marker, staging, trash. Never an entry (FS-25). */
export const reservedName = '.syncmgr';

/** Longest path in bytes that Linux takes; macOS and Windows take less and say so themselves. */
export const pathBytesMax = 4096;

/** What steps aside in the trash while a ring of moves is undone; left there only by a crash. */
export const asidePrefix = 'aside-';

export function isReserved(path: string): boolean {
  return path === reservedName || path.startsWith(`${reservedName}/`);
}

const unsafePart = /(?:^|\/)\.{0,2}(?:\/|$)|\0/;

/** Whether a path of unknown origin names something below the root and nothing else (NM-08). */
export function isSafeRelative(path: string): boolean {
  return !unsafePart.test(path) && path.isWellFormed();
}

/** `''` for a name at the root; null for the root itself. */
export function parentOf(path: string): string | null {
  if (path === '') return null;
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joined(parent: string, name: string): string {
  return parent === '' ? name : `${parent}/${name}`;
}

interface PathSet {
  readonly size: number;
  has(path: string): boolean;
}

/** The nearest of the set that the path is at or below, or null. */
export function nearest(path: string, set: PathSet): string | null {
  if (set.size === 0) return null;
  for (let at: string | null = path; at !== null; at = parentOf(at)) {
    if (set.has(at)) return at;
  }
  return null;
}

export function isWithin(path: string, set: PathSet): boolean {
  return nearest(path, set) !== null;
}

/** Folder before its content, siblings by name: the order of rows and plans. */
export function comparePaths(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return x === slash ? -1 : y === slash ? 1 : x - y;
  }
  return a.length - b.length;
}

const slash = 0x2f;

/** Length in UTF-8 without making the bytes; a lone surrogate counts as the three it becomes. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isPair(text, at)) {
      bytes += 2;
      at += 1;
    } else bytes += 2;
  }
  return bytes;
}

function isPair(text: string, at: number): boolean {
  const code = text.codePointAt(at) ?? 0;
  return code > 0xffff;
}

/**
 * Equal for names that some file system might take for one: NFKD, lower, upper (NM-04, the lesson of
 * CVE-2026-23950). Conservative: it may merge more than the disk does, never less.
 */
export function foldName(name: string): string {
  return name.normalize('NFKD').toLowerCase().toUpperCase().normalize('NFKD');
}

/**
 * `report (conflict right 2026-11-20 10.15.03).txt`: the path for the version of `side`, last
 * changed at `timeMs` (milliseconds since 1970, shown in UTC). Shortened with a hash where the name
 * would exceed `nameBytesMax`, numbered where `taken` says it exists (NM-11).
 */
export function conflictName(
  path: string,
  side: Side,
  timeMs: number,
  taken: (path: string) => boolean,
  nameBytesMax = 255,
): string {
  const parent = parentOf(path) ?? '';
  const { stem, extension } = split(nameOf(path));
  for (let number = 1; ; number++) {
    const again = number === 1 ? '' : ` ${number}`;
    const mark = ` (conflict ${side} ${timeText(timeMs)}${again})`;
    const candidate = joined(parent, fitted(stem, mark, extension, nameBytesMax));
    if (!taken(candidate)) return candidate;
  }
}

/** An extension is short and plain; a leading dot starts a hidden name, not an extension. */
function split(name: string): { stem: string; extension: string } {
  const match = /^(.+?)((?:\.tar)?\.[A-Za-z0-9_]{1,12})$/.exec(name);
  return match === null
    ? { stem: name, extension: '' }
    : { stem: match[1] ?? '', extension: match[2] ?? '' };
}

function fitted(stem: string, mark: string, extension: string, bytesMax: number): string {
  const whole = stem + mark + extension;
  if (byteLength(whole) <= bytesMax) return whole;
  const tail = `~${shortHash(stem).slice(0, 8)}${mark}${extension}`;
  let room = bytesMax - byteLength(tail);
  let kept = '';
  for (const character of stem) {
    room -= byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + tail;
}

/** `2026-11-20 10.15.03`, computed without a clock or a locale; colons are not allowed everywhere. */
function timeText(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  return `${dateText(days)} ${clock.map((part) => String(part).padStart(2, '0')).join('.')}`;
}

/** Days since 1970 to a Gregorian date, by the 400-year cycle that begins on 1 March. */
function dateText(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
