// From what changed in which folder to the paths that are told. Many names in one folder are told as
// the folder: whoever is told looks at all of it.

export interface Touched {
  /** Relative to the root, `''` for the root itself. */
  readonly folder: string;
  /** Null: something in it. */
  readonly name: string | null;
}

const namesMax = 64;
/** What a name becomes that is not text. */
const unreadable = '\u{FFFD}';

export function pathsOf(touched: readonly Touched[]): readonly string[] {
  const byFolder = new Map<string, Set<string> | null>();
  for (const { folder, name } of touched) {
    const names = byFolder.get(folder);
    if (names === null) continue;
    const known = names ?? new Set<string>();
    const isWhole = name === null || name.includes(unreadable) || known.size >= namesMax;
    byFolder.set(folder, isWhole ? null : known.add(name));
  }
  return [...byFolder].flatMap(([folder, names]) =>
    names === null ? [folder] : [...names].map((name) => joined(folder, name)),
  );
}

export const joined = (folder: string, name: string): string =>
  folder === '' ? name : `${folder}/${name}`;
