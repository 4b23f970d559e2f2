// What an image is by its first bytes. Only kinds that can be nothing but pictures: an SVG is a document
// and may hold scripts, and what a name says counts for nothing.

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

interface Mark {
  readonly type: string;
  readonly marks: readonly (readonly [at: number, bytes: readonly number[]])[];
}

const kinds: readonly Mark[] = [
  { type: 'image/png', marks: [[0, [0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a]]] },
  { type: 'image/jpeg', marks: [[0, [0xff, 0xd8, 0xff]]] },
  { type: 'image/gif', marks: [[0, ascii('GIF87a')]] },
  { type: 'image/gif', marks: [[0, ascii('GIF89a')]] },
  {
    type: 'image/webp',
    marks: [
      [0, ascii('RIFF')],
      [8, ascii('WEBP')],
    ],
  },
  { type: 'image/avif', marks: [[4, ascii('ftypavif')]] },
];

/** Null: none that is shown. */
export function imageTypeOf(bytes: Uint8Array): string | null {
  const found = kinds.find(({ marks }) =>
    marks.every(([at, wanted]) => wanted.every((byte, index) => bytes[at + index] === byte)),
  );
  return found?.type ?? null;
}
