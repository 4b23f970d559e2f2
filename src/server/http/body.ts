// The body of a request: JSON, within its limit, read to its end or refused.
import type { IncomingMessage } from 'node:http';
import { syncError } from '../../model/error.ts';
import type { Json } from '../../model/json.ts';
import { malformed } from '../../model/malformed.ts';
import { bodyBytesMax } from './core/gate.ts';
import { readJson } from './core/strict-json.ts';

/** Throws `request-too-large`, `request-unreadable`, `request-malformed`. */
export async function readBody(incoming: IncomingMessage): Promise<Json> {
  const type = incoming.headers['content-type'] ?? '';
  if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type)) {
    throw syncError('request-unreadable');
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of incoming as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > bodyBytesMax) throw tooLarge();
    pieces.push(piece);
  }
  const read = readJson(decoded(pieces));
  if ('reason' in read) throw malformed([{ pointer: read.pointer, reason: read.reason }]);
  return read.value;
}

function decoded(pieces: readonly Uint8Array[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw malformed([{ pointer: '', reason: 'the body is not UTF-8' }]);
  }
}

const tooLarge = () => syncError('request-too-large', { limit: '1 MiB' });

/** For what is asked without a body: one that comes all the same is not passed over. */
export function requireNoBody(incoming: IncomingMessage): void {
  const { 'content-length': length = '0', 'transfer-encoding': pieces } = incoming.headers;
  if (Number(length) > 0 || pieces !== undefined) {
    throw malformed([{ pointer: '', reason: 'there is no body here' }]);
  }
}
