// What is in the versions of a conflict: text for the eye, an image for the browser, and the text that a
// person makes out of both.
import type { ConflictImage } from '../api/inbox-shapes.ts';
import type { ConflictTexts } from '../api/shapes.ts';
import type { Conflict, ConflictVersion } from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { imageTypeOf } from './core/image-type.ts';
import type { LocalDeps } from './local-deps.ts';

const textBytesMax = 64 * 1024;
const imageBytesMax = 24 * 1024 * 1024;

export function textsOf(filesystem: Filesystem, { versions }: Conflict): ConflictTexts {
  return {
    sides: versions.map((version) => ({ side: version.side, text: textIn(filesystem, version) })),
  };
}

/** Null unless it is short, and text. A byte order mark stays: it is part of what is compared. */
function textIn(filesystem: Filesystem, version: ConflictVersion): string | null {
  const bytes = bytesOf(filesystem, version, textBytesMax);
  if (bytes === null || bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function imageOf(
  filesystem: Filesystem,
  { subject, versions }: Conflict,
  side: string,
): ConflictImage {
  const version = versions.find((one) => one.side === side);
  const bytes = version === undefined ? null : bytesOf(filesystem, version, imageBytesMax);
  const type = bytes === null ? null : imageTypeOf(bytes);
  if (bytes === null || type === null) {
    throw syncError('not-found', { what: `An image of ${subject} on the ${side}` });
  }
  return { type, bytes };
}

/** Null where it is no regular file at a known place, or too large. */
function bytesOf(
  filesystem: Filesystem,
  { location, kind, present }: ConflictVersion,
  bytesMax: number,
): Uint8Array<ArrayBuffer> | null {
  if (!present || kind !== 'file' || location === null) return null;
  try {
    const stat = filesystem.stat(location);
    if (stat?.kind !== 'file' || stat.size > bytesMax) return null;
    return Uint8Array.from(filesystem.readFile(location));
  } catch {
    return null;
  }
}

/**
 * Settles by a text that was written by hand. It stands in a file that nobody else sees while the
 * handler takes it from there, the way any merged version comes.
 */
export async function mergeByHand(
  { manager, filesystem, digest, emptyFolder }: LocalDeps,
  conflict: Conflict,
  text: string,
  version?: number,
): Promise<Conflict> {
  const contentFile = `${emptyFolder()}/${digest(`${conflict.id} ${text}`)}`;
  filesystem.replaceFile(contentFile, new TextEncoder().encode(text));
  try {
    return await manager.resolve(conflict.id, { choice: 'merged', contentFile }, version);
  } finally {
    filesystem.remove(contentFile);
  }
}
