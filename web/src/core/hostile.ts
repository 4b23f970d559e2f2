// Names come from anywhere: from a disk, a remote end, a handler. Shown as text they cannot run, but
// they can still lie: a control character hides, a bidirectional one turns the rest of the line round,
// two names that look the same are two. What cannot be seen is named instead.

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** One character that cannot be seen, or changes how others are seen. */
  | { readonly kind: 'mark'; readonly code: string; readonly meaning: string };

/** Control, format (bidirectional and zero-width among them), private, unpaired, separators of lines. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
/** Spaces other than the plain one look like it. */
const oddSpace = /[\p{Zs}--[ ]]/v;
const marked = new RegExp(`${unseen.source}|${oddSpace.source}`, 'v');

const meanings: Readonly<Record<string, string>> = {
  '0000': 'null character',
  '0009': 'tabulator',
  '000A': 'line break',
  '000D': 'carriage return',
  '001B': 'escape character',
  '00A0': 'no-break space',
  '200B': 'space without width',
  '200E': 'left-to-right mark',
  '200F': 'right-to-left mark',
  '202A': 'embedding, left to right',
  '202B': 'embedding, right to left',
  '202C': 'end of an embedding',
  '202D': 'override, left to right',
  '202E': 'override, right to left',
  '2066': 'isolate, left to right',
  '2067': 'isolate, right to left',
  '2068': 'isolate',
  '2069': 'end of an isolate',
  FEFF: 'byte order mark',
};

export function piecesOf(name: string): readonly Piece[] {
  // Nearly all names: looked at as a whole, for each row of a list shows some.
  if (name !== '' && !marked.test(name)) return [{ kind: 'text', text: name }];
  const pieces: Piece[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
  };
  for (const character of name) {
    if (unseen.test(character) || oddSpace.test(character)) {
      flush();
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      pieces.push({ kind: 'mark', code, meaning: meanings[code] ?? 'invisible character' });
    } else {
      text += character;
    }
  }
  flush();
  return pieces;
}

/** For places that hold text alone: a title, a label for a screen reader. */
export function legible(name: string): string {
  return piecesOf(name)
    .map((piece) => (piece.kind === 'text' ? piece.text : `⟨${piece.code}⟩`))
    .join('');
}

/** Which of them are in a text of several lines, each once: what a field to write in cannot show. */
export function unseenIn(text: string): readonly string[] {
  const codes = piecesOf(text).flatMap((piece) => (piece.kind === 'mark' ? [piece.code] : []));
  return [...new Set(codes)].filter((code) => !ofLines.has(code));
}

const ofLines: ReadonlySet<string> = new Set(['0009', '000A', '000D']);

/** The end of a path says most: what is cut is cut from the middle. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = [...text];
  if (characters.length <= max) return text;
  const head = Math.floor((max - 1) / 3);
  const tail = max - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`;
}
