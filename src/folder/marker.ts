// The marker in a root says which folder this is: a random id, and for each partnership how often it
// was synchronized. A missing, fresh or other marker means that what is absent was perhaps never
// here, and then nothing may be deleted (FS-03 to FS-05, DB-04, DB-05).
import type { Folder } from '../ports/filesystem.ts';
import type { Side } from './core/entry.ts';
import { errnoOf, type HeldFolders } from './held.ts';
import { reserved, reservedMode } from './reserved.ts';

export interface Marker {
  readonly root: string;
  readonly partnerships: { readonly [partnership: string]: Membership };
}

export interface Membership {
  readonly side: Side;
  readonly generation: number;
}

const format = 1;
const fileName = 'marker.json';
const temporaryName = 'marker.new';
/** A marker is small; whatever is larger is not one of ours. */
const markerBytesMax = 1024 * 1024;

/** `damaged`: something is there, but not a marker. */
export type MarkerFound = Marker | 'damaged' | null;

export function readMarker(root: HeldFolders): MarkerFound {
  const folder = openOurs(root);
  if (folder === null) return null;
  if (folder === 'damaged') return 'damaged';
  try {
    return parseMarker(readText(folder));
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return null;
    if (thrown instanceof SyntaxError || errnoOf(thrown) === 'EINVAL') return 'damaged';
    throw thrown;
  }
}

function openOurs(root: HeldFolders): Folder | 'damaged' | null {
  try {
    return root.at(reserved.folder);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return null;
    if (errnoOf(thrown) === 'ENOTDIR') return 'damaged';
    throw thrown;
  }
}

function readText(folder: Folder): string {
  const file = folder.openFile(fileName);
  try {
    const bytes = new Uint8Array(Math.min(file.stat().size, markerBytesMax));
    const read = file.read(bytes, bytes.length, 0);
    return new TextDecoder().decode(bytes.subarray(0, read));
  } finally {
    file.close();
  }
}

/** Replaced as a whole, and on disk after this. */
export function writeMarker(root: HeldFolders, marker: Marker): void {
  const folder = root.make(reserved.folder, reservedMode);
  if (folder.stat(temporaryName) !== null) folder.unlink(temporaryName);
  const bytes = new TextEncoder().encode(`${JSON.stringify({ format, ...marker }, null, 2)}\n`);
  const file = folder.createFile(temporaryName, 0o600);
  try {
    let done = 0;
    while (done < bytes.length) {
      done += file.write(bytes.subarray(done), bytes.length - done, done);
    }
    file.sync();
  } finally {
    file.close();
  }
  folder.rename(temporaryName, folder, fileName);
  folder.sync();
}

function parseMarker(text: string): Marker | 'damaged' {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value) || value.format !== format) return 'damaged';
  const { root, partnerships } = value;
  if (typeof root !== 'string' || root === '' || !isRecord(partnerships)) return 'damaged';
  const members = Object.entries(partnerships).map(([id, member]) => [id, parseMember(member)]);
  if (members.some(([, member]) => member === null)) return 'damaged';
  return { root, partnerships: Object.fromEntries(members) };
}

function parseMember(value: unknown): Membership | null {
  if (!isRecord(value)) return null;
  const { side, generation } = value;
  if (side !== 'left' && side !== 'right') return null;
  return Number.isSafeInteger(generation) ? { side, generation: generation as number } : null;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
