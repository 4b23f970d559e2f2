// A command as a person writes it on one line, as the list of its words. No shell is ever asked:
// quotation marks and a backslash hold words together, and nothing else has a meaning.

const word = /\s*((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)/sy;
const piece = /\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'|([^"'\\]+)/gs;

/** Null when a quotation mark or a backslash has no end. */
export function commandWords(line: string): readonly string[] | null {
  const words: string[] = [];
  let at = 0;
  while (line.slice(at).trim() !== '') {
    word.lastIndex = at;
    const found = word.exec(line)?.[1];
    if (found === undefined) return null;
    at = word.lastIndex;
    if (/[^\s]/.test(line.charAt(at))) return null;
    words.push(found.replace(piece, unquoted));
  }
  return words;
}

function unquoted(_: string, escaped?: string, double?: string, single?: string, plain?: string) {
  return escaped ?? double?.replace(/\\(["\\])/g, '$1') ?? single ?? plain ?? '';
}
