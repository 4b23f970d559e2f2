// Names come as strings, which is fast and wrong for names that are no UTF-8: two such names can
// read the same (MT-2). They betray themselves by U+FFFD, and only then are the bytes read.
import { isUtf8 } from 'node:buffer';
import { readdirSync, readlinkSync } from 'node:fs';
import type { Listing } from '../ports/filesystem.ts';
import { diskError } from './disk-stat.ts';

const none: readonly string[] = [];

export function listAt(path: string): Listing {
  const names = readdirSync(path);
  for (const name of names) {
    if (name.includes('\uFFFD') || !name.isWellFormed()) return listBytes(path);
  }
  return { names, unreadable: none };
}

function listBytes(path: string): Listing {
  const names: string[] = [];
  const unreadable: string[] = [];
  for (const name of readdirSync(path, 'buffer')) {
    if (isUtf8(name)) names.push(name.toString());
    else unreadable.push(escapeBytes(name));
  }
  return { names, unreadable };
}

/** Throws EILSEQ for a target that is no valid text: it could not be written again as it was. */
export function readLinkAt(path: string): string {
  const target = readlinkSync(path);
  if (target.includes('\uFFFD') && !isUtf8(readlinkSync(path, 'buffer'))) {
    throw diskError('EILSEQ', 'the target of the link is not valid UTF-8', path);
  }
  return target;
}

/** `a\xffb`: for people only. */
function escapeBytes(name: Buffer): string {
  let text = '';
  for (const byte of name) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return text;
}
