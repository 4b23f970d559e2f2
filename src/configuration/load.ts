// The whole folder of the configuration: `config.yaml`, and one file per partnership in `items.d`.
// Everything is read and checked before anything is used: with one error nothing of it is (CF-01).
import type { Filesystem } from '../ports/filesystem.ts';
import { itemProblems, mainProblems } from './beyond-schema.ts';
import { idOfFile, itemsFolder, mainPath } from './files.ts';
import { parseFile } from './parse-file.ts';
import { type Drafted, partnershipOf } from './partnership.ts';
import type { Problem } from './problem.ts';
import { type FolderDefaults, itemFile, mainFile } from './schema.ts';

export interface Places {
  readonly folder: string;
  readonly home: string;
}

export interface Loaded {
  readonly files: readonly string[];
  readonly defaults: FolderDefaults;
  readonly partnerships: readonly Drafted[];
  readonly problems: readonly Problem[];
}

export function isBroken({ problems }: Pick<Loaded, 'problems'>): boolean {
  return problems.some((problem) => problem.level === 'error');
}

export function loadConfiguration(filesystem: Filesystem, { folder, home }: Places): Loaded {
  const files: string[] = [];
  const problems: Problem[] = [];
  const partnerships: Drafted[] = [];
  const defaults = loadDefaults(filesystem, folder, files, problems);
  for (const name of itemNames(filesystem, folder)) {
    const file = `${itemsFolder(folder)}/${name}.yaml`;
    files.push(file);
    const source = { file, text: readText(filesystem, file) };
    const parsed = parseFile(source, itemFile);
    problems.push(...parsed.problems);
    if (parsed.value === null) continue;
    const mode = filesystem.stat(file)?.mode ?? 0;
    problems.push(...itemProblems(source, parsed.value, home, mode));
    partnerships.push(partnershipOf(idOfFile(name), name, parsed.value, defaults, home));
  }
  problems.push(...doubles(partnerships, folder));
  return { files, defaults, partnerships, problems };
}

/** Only what `sync` needs: the defaults, without reading the partnerships. */
export function loadDefaults(
  filesystem: Filesystem,
  folder: string,
  files: string[],
  problems: Problem[],
): FolderDefaults {
  const file = mainPath(folder);
  if (filesystem.stat(file) === null) return {};
  files.push(file);
  const source = { file, text: readText(filesystem, file) };
  const parsed = parseFile(source, mainFile);
  problems.push(...parsed.problems);
  if (parsed.value !== null) problems.push(...mainProblems(source, parsed.value));
  return parsed.value?.defaults ?? {};
}

function itemNames(filesystem: Filesystem, folder: string): readonly string[] {
  if (filesystem.stat(itemsFolder(folder)) === null) return [];
  const { names } = filesystem.list(itemsFolder(folder));
  return names
    .filter((name) => name.endsWith('.yaml') && !name.startsWith('.'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort((one, other) => (one < other ? -1 : 1));
}

export function readText(filesystem: Filesystem, file: string): string {
  return new TextDecoder().decode(Uint8Array.from(filesystem.readFile(file)));
}

function doubles(partnerships: readonly Drafted[], folder: string): readonly Problem[] {
  const first = new Map<string, string>();
  return partnerships.flatMap(({ id, name }): readonly Problem[] => {
    const file = `${itemsFolder(folder)}/${id.slice('item-'.length)}.yaml`;
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, file);
      return [];
    }
    const text = `${name} is the name of the partnership in ${other} already.`;
    return [{ level: 'error', file, line: null, key: 'name', text }];
  });
}
