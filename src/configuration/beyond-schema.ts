// Rules that concern more than one key, or more than the text: the second key of a limit of 100 %,
// two folders for the folder handler, names that are taken, secrets in clear.
import type { Json } from '../model/json.ts';
import { isSecretReference } from '../ports/secrets.ts';
import { parseShare } from '../stdx/quantity.ts';
import { isSecretName } from '../stdx/redaction.ts';
import { lineOfKey, type Source } from './parse-file.ts';
import { absolute } from './partnership.ts';
import type { Problem } from './problem.ts';
import type { FolderDefaults, ItemFile, MainFile } from './schema.ts';

/** @param shipped Names of the handlers that come with the program. */
export function mainProblems(
  source: Source,
  { defaults, handlers }: MainFile,
  shipped: readonly string[],
): readonly Problem[] {
  const text = 'syncmgr has a handler of this name itself. Choose another.';
  const taken = shipped.filter((name) => Object.hasOwn(handlers ?? {}, name));
  return [
    ...(defaults === undefined ? [] : guardOff(source, defaults, ['defaults'])),
    ...taken.map((name) => error(source, ['handlers', name], text)),
  ];
}

export function itemProblems(
  source: Source,
  item: ItemFile,
  home: string,
  fileMode: number,
): readonly Problem[] {
  return [
    ...guardOff(source, item, []),
    ...((item.handler ?? 'folder') === 'folder' ? folderProblems(source, item, home) : []),
    ...secretsInClear(source, item, fileMode),
  ];
}

/** A limit of all is no limit: it needs to be said twice (CF-04). */
function guardOff(source: Source, words: FolderDefaults | ItemFile, at: string[]): Problem[] {
  const limit = words['max-delete'];
  const share = typeof limit === 'object' ? limit.share : limit;
  const isOff = typeof share === 'string' && parseShare(share) === 1;
  if (!isOff || words['allow-all-deletions'] === true) return [];
  const text =
    '100% switches the guard against mass deletion off. If you mean that, add allow-all-deletions: true.';
  return [error(source, [...at, 'max-delete'], text)];
}

function folderProblems(source: Source, item: ItemFile, home: string): Problem[] {
  const problems: Problem[] = [];
  for (const side of ['left', 'right'] as const) {
    const path = item[side];
    if (path === undefined) problems.push(error(source, [side], 'it is missing: name the folder.'));
    else if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(absolute(path, home))) {
      const text = `${path} is not an absolute path. Write it from / or ~ on.`;
      problems.push(error(source, [side], text));
    }
  }
  if (item.settings !== undefined) {
    const text = 'it is for other handlers; the folder handler has its keys beside it.';
    problems.push(error(source, ['settings'], text));
  }
  return problems;
}

const readableByOthers = 0o044;

/** Secrets belong elsewhere, and are named here (CF-06). */
function secretsInClear(source: Source, item: ItemFile, fileMode: number): Problem[] {
  const isSecret = ([key, value]: [string, Json]) =>
    isSecretName(key) && typeof value === 'string' && !isSecretReference(value);
  return Object.entries(item.settings ?? {})
    .filter(isSecret)
    .map(([key]) => {
      const open = (fileMode & readableByOthers) !== 0;
      const advice =
        'Put it elsewhere and name it here: env:NAME, file:PATH, command:PROGRAM or keyring:SERVICE/ACCOUNT.';
      const text = open
        ? `a secret in clear, in a file that others can read. ${advice} Until then: chmod 600.`
        : `a secret in clear. ${advice}`;
      return { ...error(source, ['settings', key], text), level: 'warning' };
    });
}

function error(source: Source, path: readonly string[], text: string): Problem {
  const line = lineOfKey(source, path);
  return { level: 'error', file: source.file, line, key: path.join('.'), text };
}
