// The page, as files that were read once: an address either stands in this map or leads nowhere. What a
// file may do in a browser is said with it: its own scripts and styles, this manager, nothing else.
import type { WireContext } from './app.ts';
import { takesGzip } from './core/encoding.ts';

export interface PageFile {
  /** As it stands in an address: `/assets/index.js`; the page itself is `/`. */
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same in gzip; null: there is none. */
  readonly packed: Uint8Array<ArrayBuffer> | null;
}

type Route = (context: WireContext) => Promise<Response>;

/** @param word A new one with each call, that nobody can guess. */
export function pageRoutes(
  files: readonly PageFile[],
  word: () => string,
): Readonly<Record<string, Route>> {
  return Object.fromEntries(
    files.map((file) => [file.path, async (context) => answer(file, word(), context)] as const),
  );
}

function answer(
  { path, type, bytes, packed }: PageFile,
  word: string,
  context: WireContext,
): Response {
  context.header('content-type', type);
  context.header('x-content-type-options', 'nosniff');
  context.header('referrer-policy', 'no-referrer');
  context.header('cross-origin-opener-policy', 'same-origin');
  context.header('cross-origin-resource-policy', 'same-origin');
  // The name of an asset says what is in it, so it never changes.
  const isAsset = path.startsWith('/assets/');
  context.header('cache-control', isAsset ? 'private, max-age=31536000, immutable' : 'no-store');
  if (path !== '/') {
    context.header('vary', 'accept-encoding');
    if (packed === null || !takesGzip(context.req.header('accept-encoding')))
      return context.body(bytes);
    context.header('content-encoding', 'gzip');
    return context.body(packed);
  }
  context.header('content-security-policy', policy(word));
  return context.body(new TextDecoder().decode(bytes).replace(noWord, withWord(word)));
}

/** Styles that the page makes while it runs carry the word; nothing else from within may style it. */
const policy = (word: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${word}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const noWord = '<meta name="style-nonce" content=""';
const withWord = (word: string) => `<meta name="style-nonce" content="${word}"`;
