// Which paths are left out, with the rules of gitignore: the partnership's own patterns, and the text
// of `.syncignore` files, each for what lies below its folder. The last match of the deepest source
// decides; what is in a folder that is left out cannot be brought back.
//
// One difference from git: where a deeper source brings a folder back, the source that left it out
// has no more say inside it.
import ignore, { type Ignore as Matcher } from 'ignore';
import { shortHash } from '../../stdx/short-hash.ts';
import { joined, parentOf } from './path.ts';

export const ignoreFileName = '.syncignore';

/** What systems strew about and nobody wants elsewhere (NM-15). A partnership can say `!.DS_Store`. */
const defaultPatterns: readonly string[] = [
  '.DS_Store',
  '._*',
  '.Spotlight-V100/',
  '.Trashes/',
  '.fseventsd/',
  '.Trash-*/',
  'lost+found/',
  'Thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$RECYCLE.BIN/',
  'System Volume Information/',
  '.nfs[0-9a-f]*',
  '.fuse_hidden*',
  '.~lock.*#',
  '~$*',
];

export interface IgnoreSource {
  /** Path of the folder its rules are about; `''` for the root. */
  readonly folder: string;
  /** Shown to people: `defaults`, `settings`, or the path of the file. */
  readonly name: string;
  readonly text: string;
}

export interface Explanation {
  readonly ignored: boolean;
  /** The path whose rule decided: the path asked for, or a folder above it. Null: no rule did. */
  readonly path: string | null;
  readonly source: string | null;
  /** From 1. */
  readonly line: number | null;
  readonly pattern: string | null;
}

export interface Ignore {
  /** Rules met later: the text of the `.syncignore` in a folder. Known answers below it are dropped. */
  add(folder: string, text: string): void;
  ignores(path: string, isFolder: boolean): boolean;
  explain(path: string, isFolder: boolean): Explanation;
}

export function createIgnore(sources: readonly IgnoreSource[]): Ignore {
  return new Rules(sources);
}

/** The built-in rules and a partnership's own, which come later and so outrank them. */
export function partnershipSources(patterns: readonly string[]): readonly IgnoreSource[] {
  return [
    { folder: '', name: 'defaults', text: defaultPatterns.join('\n') },
    { folder: '', name: 'settings', text: patterns.join('\n') },
  ];
}

/** Equal for sources that say the same in the same order: comments and blank lines do not count. */
export function rulesKey(sources: readonly IgnoreSource[]): string {
  const said = sources.map(({ folder, text }) => [folder, ...linesOf(text).map(([line]) => line)]);
  const text = JSON.stringify(said.filter((each) => each.length > 1));
  return `${text.length}-${shortHash(text)}`;
}

/** Significant lines with their numbers. */
function linesOf(text: string): (readonly [line: string, number: number])[] {
  const lines = text.split(/\r?\n/).map((line, at) => [line, at + 1] as const);
  return lines.filter(([line]) => line.trim() !== '' && !line.startsWith('#'));
}

/** The package remembers every path it was asked for; after so many it is made anew. */
const questionsMax = 20_000;

/** Looks at a name alone, wherever it is: for such patterns the folders above need not be gone through. */
const namePattern = /^!?[^/\\]+\/?$/;

class Source {
  readonly folder: string;
  readonly name: string;
  readonly #lines: readonly (readonly [line: string, number: number])[];
  readonly #namesOnly: boolean;
  /** Made when it is asked something, which most scans of known folders never do. */
  #matcher: Matcher | null = null;
  #questions = 0;

  constructor({ folder, name, text }: IgnoreSource) {
    this.folder = folder;
    this.name = name;
    this.#lines = linesOf(text);
    this.#namesOnly = this.#lines.every(([line]) => namePattern.test(line) && !line.includes('**'));
  }

  /** Null: says nothing about it. `relative` ends in a slash for folders. */
  verdict(relative: string, parentOverruled: boolean): boolean | null {
    if (this.#lines.length === 0) return null;
    // What is above was judged before; only where another source overruled that, it counts again.
    const asked = this.#namesOnly && !parentOverruled ? lastName(relative) : relative;
    const { ignored, unignored } = this.#matching().test(asked);
    if (ignored) {
      return parentOverruled && this.#isIgnoredByParent(relative) ? null : true;
    }
    return unignored ? false : null;
  }

  /** The last line that matches the path itself. */
  decidingLine(relative: string): readonly [line: string, number: number] | null {
    return (
      this.#lines.findLast(([line]) => {
        const matcher = matcherOf([line.replace(/^!/, '')]);
        const parent = folderAbove(relative);
        return matcher.ignores(relative) && !(parent !== '' && matcher.ignores(parent));
      }) ?? null
    );
  }

  #matching(): Matcher {
    if (this.#matcher === null || ++this.#questions > questionsMax) {
      this.#matcher = matcherOf(this.#lines.map(([line]) => line));
      this.#questions = 0;
    }
    return this.#matcher;
  }

  #isIgnoredByParent(relative: string): boolean {
    const parent = folderAbove(relative);
    return parent !== '' && this.#matching().test(parent).ignored;
  }
}

function matcherOf(lines: readonly string[]): Matcher {
  return ignore({ ignorecase: false, allowRelativePaths: true }).add(lines);
}

/** Of `a/b/c/`: `c/`. */
function lastName(relative: string): string {
  return relative.slice(relative.lastIndexOf('/', relative.length - 2) + 1);
}

/** Of `a/b/c/`: `a/b/`. */
function folderAbove(relative: string): string {
  const bare = relative.endsWith('/') ? relative.slice(0, -1) : relative;
  return bare.slice(0, bare.lastIndexOf('/') + 1);
}

interface FolderVerdict {
  readonly ignored: boolean;
  /** Some source would have left it, or a folder above it, out. */
  readonly overruled: boolean;
}

class Rules implements Ignore {
  /** By folder; the later of one folder outranks the earlier. */
  readonly #sources = new Map<string, Source[]>();
  readonly #folders = new Map<string, FolderVerdict>();
  /** Of the folder asked about last: a scan asks about all that is in one. */
  #near: { readonly folder: string | null; readonly sources: readonly Source[] } | null = null;

  constructor(sources: readonly IgnoreSource[]) {
    for (const source of sources) this.#put(source);
  }

  add(folder: string, text: string): void {
    this.#put({ folder, name: joined(folder, ignoreFileName), text });
    for (const path of this.#folders.keys()) {
      if (folder === '' || path.startsWith(`${folder}/`)) this.#folders.delete(path);
    }
  }

  ignores(path: string, isFolder: boolean): boolean {
    return this.#verdict(path, isFolder).ignored;
  }

  explain(path: string, isFolder: boolean): Explanation {
    const chain = ancestorsOf(path).map((folder) => ({ path: folder, isFolder: true }));
    const decisive = chain.find((each) => this.ignores(each.path, true)) ?? { path, isFolder };
    const ignored = this.ignores(decisive.path, decisive.isFolder);
    for (const source of this.#sourcesFor(decisive.path)) {
      const relative = relativeTo(source.folder, decisive.path, decisive.isFolder);
      const found = source.decidingLine(relative);
      if (found === null || found[0].startsWith('!') === ignored) continue;
      const [pattern, line] = found;
      return { ignored, path: decisive.path, source: source.name, line, pattern };
    }
    return { ignored, path: null, source: null, line: null, pattern: null };
  }

  #put(source: IgnoreSource): void {
    this.#near = null;
    this.#sources.set(source.folder, [
      ...(this.#sources.get(source.folder) ?? []),
      new Source(source),
    ]);
  }

  #verdict(path: string, isFolder: boolean): FolderVerdict {
    const known = isFolder ? this.#folders.get(path) : undefined;
    if (known !== undefined) return known;
    const parent = parentOf(path);
    const above =
      parent === null || parent === ''
        ? { ignored: false, overruled: false }
        : this.#verdict(parent, true);
    const verdict = above.ignored ? above : this.#judge(path, isFolder, above.overruled);
    if (isFolder) this.#folders.set(path, verdict);
    return verdict;
  }

  #judge(path: string, isFolder: boolean, overruled: boolean): FolderVerdict {
    let broughtBack = false;
    for (const source of this.#sourcesFor(path)) {
      const said = source.verdict(relativeTo(source.folder, path, isFolder), overruled);
      if (said === false) broughtBack = true;
      if (said === true) return { ignored: !broughtBack, overruled: overruled || broughtBack };
    }
    return { ignored: false, overruled };
  }

  /** Deepest first; of one folder the latest first. */
  #sourcesFor(path: string): readonly Source[] {
    const above = parentOf(path);
    if (this.#near === null || this.#near.folder !== above) {
      const sources: Source[] = [];
      for (let folder = above; folder !== null; folder = parentOf(folder)) {
        sources.push(...(this.#sources.get(folder) ?? []).toReversed());
      }
      this.#near = { folder: above, sources };
    }
    return this.#near.sources;
  }
}

function relativeTo(folder: string, path: string, isFolder: boolean): string {
  const relative = folder === '' ? path : path.slice(folder.length + 1);
  return isFolder ? `${relative}/` : relative;
}

/** From the top down, without the path itself and the root. */
function ancestorsOf(path: string): readonly string[] {
  const found: string[] = [];
  for (let at = parentOf(path); at !== null && at !== ''; at = parentOf(at)) found.unshift(at);
  return found;
}
