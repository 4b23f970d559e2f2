// Text of strangers (names, paths, messages of handlers) made safe to show on one line: whatever
// could move a cursor, break the line or reverse what is read stands there as an escape (NM-12, NM-13).

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Control characters, direction marks and lone surrogates as `\n`, `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return text.replace(hidden, escaped);
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  const named = short[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
