// The whole folder of the configuration: `config.yaml`, and one file per partnership in `items.d`.
// Everything is read and checked before anything is used: with one error nothing of it is (CF-01).
import type { NotifyWays } from '../model/notify-ways.ts';
import type { Limits } from '../model/terms.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { itemProblems, mainProblems } from './beyond-schema.ts';
import { idOfFile, itemsFolder, mainPath } from './files.ts';
import type { HandlerSettings } from './handler-settings.ts';
import { chainFaults } from './hooks.ts';
import { notifyWaysOf } from './notifications.ts';
import { lineOfKey, parseFile, problemsBelow, type Source } from './parse-file.ts';
import { type Drafted, partnershipOf } from './partnership.ts';
import type { Problem } from './problem.ts';
import { type ItemFile, itemFile, type MainFile, mainFile } from './schema.ts';
import { limitsOf } from './terms.ts';

export interface Places {
  readonly folder: string;
  readonly home: string;
  /** Names of handlers that the configuration cannot give to others. */
  readonly shippedHandlers: readonly string[];
  readonly handlerSettings: HandlerSettings;
}

export interface Loaded {
  readonly files: readonly string[];
  readonly partnerships: readonly Drafted[];
  readonly limits: Limits;
  readonly notifyWays: NotifyWays;
  readonly problems: readonly Problem[];
}

export function isBroken({ problems }: Pick<LoadedMain, 'problems'>): boolean {
  return problems.some((problem) => problem.level === 'error');
}

/** `config.yaml` alone. */
export interface LoadedMain {
  readonly files: readonly string[];
  readonly main: MainFile;
  readonly problems: readonly Problem[];
}

export async function loadConfiguration(filesystem: Filesystem, places: Places): Promise<Loaded> {
  const { folder, home } = places;
  const { main, ...read } = loadMain(filesystem, places);
  const files = [...read.files];
  const problems = [...read.problems];
  const partnerships: Drafted[] = [];
  for (const name of itemNames(filesystem, folder)) {
    const file = `${itemsFolder(folder)}/${name}.yaml`;
    files.push(file);
    const source = { file, text: readText(filesystem, file) };
    const parsed = parseFile(source, itemFile);
    problems.push(...parsed.problems);
    if (parsed.value === null) continue;
    const mode = filesystem.stat(file)?.mode ?? 0;
    problems.push(...itemProblems(source, parsed.value, home, mode));
    problems.push(...(await settingsProblems(source, parsed.value, places)));
    partnerships.push(partnershipOf(idOfFile(name), name, parsed.value, main.defaults ?? {}, home));
  }
  problems.push(
    ...doubles(partnerships, folder),
    ...chainProblems(filesystem, partnerships, folder),
  );
  const notifyWays = notifyWaysOf(main.notifications);
  return { files, partnerships, limits: limitsOf(main.limits), notifyWays, problems };
}

/** Of one file that is not there yet: private to its owner, as everything this program writes. */
export async function draftProblems(source: Source, places: Places): Promise<readonly Problem[]> {
  const parsed = parseFile(source, itemFile);
  if (parsed.value === null) return parsed.problems;
  return [
    ...itemProblems(source, parsed.value, places.home, 0o600),
    ...(await settingsProblems(source, parsed.value, places)),
  ];
}

/** Settings of handlers that say what they take. */
async function settingsProblems(
  source: Source,
  { handler = 'folder', settings = {} }: ItemFile,
  { handlerSettings }: Places,
): Promise<readonly Problem[]> {
  const schema = await handlerSettings.schema(handler, settings);
  return schema === null ? [] : problemsBelow(source, ['settings'], schema);
}

/** What `sync` needs, without reading the partnerships. */
export function loadMain(
  filesystem: Filesystem,
  { folder, shippedHandlers }: Pick<Places, 'folder' | 'shippedHandlers'>,
): LoadedMain {
  const file = mainPath(folder);
  if (filesystem.stat(file) === null) return { files: [], main: {}, problems: [] };
  const source = { file, text: readText(filesystem, file) };
  const { value, problems } = parseFile(source, mainFile);
  if (value === null) return { files: [file], main: {}, problems };
  return { files: [file], main: value, problems: mainProblems(source, value, shippedHandlers) };
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

function chainProblems(
  filesystem: Filesystem,
  partnerships: readonly Drafted[],
  folder: string,
): readonly Problem[] {
  const faults = chainFaults(partnerships);
  return partnerships.flatMap(({ id, name }): readonly Problem[] => {
    const text = faults.get(name);
    if (text === undefined) return [];
    const file = `${itemsFolder(folder)}/${id.slice('item-'.length)}.yaml`;
    const line = lineOfKey({ file, text: readText(filesystem, file) }, ['after']);
    return [{ level: 'error', file, line, key: 'after', text }];
  });
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
