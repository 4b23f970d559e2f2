// One entry of a baseline as numbers in its columns. What is of uneven length stands elsewhere and is
// put there by whoever knows where: the number of a folder, the target of a link, a digest.
import {
  type Columns,
  flagDigest,
  flagRacy,
  kindFile,
  kindFolder,
  kindLink,
  type SideColumns,
} from './baseline-layout.ts';
import type { BaseEntry, Content, Signature } from './entry.ts';

export function putEntry(to: Columns, index: number, { content, left, right }: BaseEntry): void {
  putSignature(to.left, index, left);
  putSignature(to.right, index, right);
  const racy = (left.racy ? flagRacy.left : 0) | (right.racy ? flagRacy.right : 0);
  to.flags[index] = racy | contentFlags(content);
  if (content.kind !== 'link') to.mode[index] = content.mode;
  if (content.kind !== 'file') return;
  to.size[index] = content.size;
  to.mtime[index] = content.mtimeMs;
}

/** Kind, and whether it has a digest: what decides where the rest of it stands. */
export function contentFlags(content: Content): number {
  if (content.kind === 'link') return kindLink;
  if (content.kind === 'folder') return kindFolder;
  return content.digest === null ? kindFile : kindFile | flagDigest;
}

/** `number`: which of all the digests it is. */
export function putDigest(to: Columns, number: number, digest: string): void {
  for (let byte = 0; byte < 32; byte++) {
    to.digests[32 * number + byte] = Number.parseInt(digest.slice(2 * byte, 2 * byte + 2), 16);
  }
}

function putSignature(to: SideColumns, index: number, signature: Signature): void {
  to.mtime[index] = signature.mtimeMs;
  to.ctime[index] = signature.ctimeMs;
  to.inode[index] = signature.inode;
}
