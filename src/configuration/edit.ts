// Changes the program itself makes to the configuration: whole files in items.d, and single keys of
// them, with every comment left where it is.
import { Document, isMap, isSeq, parseDocument } from 'yaml';
import { syncError } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { asWritten } from './as-written.ts';
import { idOfFile, itemsFolder, mainPath } from './files.ts';
import { readText } from './load.ts';
import type { PairWish } from './partnership.ts';

export interface ItemDraft {
  readonly name: string;
  readonly handler: string;
  readonly settings: JsonObject;
  readonly pair: PairWish | null;
  readonly triggers?: readonly string[];
  readonly resources?: readonly string[];
  readonly approve?: string;
}

/** Letters of any script, digits and `. _ -`: it becomes the name of a file. */
const plainName = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,127}$/u;

export function addItemFile(filesystem: Filesystem, folder: string, draft: ItemDraft): string {
  if (!plainName.test(draft.name)) {
    const what = `${draft.name} cannot be a name: use letters, digits and . _ - and begin with a letter or digit.`;
    throw syncError('usage', { what });
  }
  const file = `${itemsFolder(folder)}/${draft.name}.yaml`;
  if (filesystem.stat(file) !== null) {
    throw syncError('partnership-exists', { name: draft.name });
  }
  filesystem.makeFolders(itemsFolder(folder));
  filesystem.replaceFile(file, new TextEncoder().encode(itemText(draft)));
  return file;
}

/** The whole file that a draft becomes. */
export function itemText(draft: ItemDraft): string {
  const document = new Document(wordsOf(draft));
  document.commentBefore = comment;
  return document.toString({ lineWidth: 0 });
}

const comment = ` A partnership of syncmgr. What may stand here: syncmgr config schema
 The name of this file is its identity: renamed, it starts anew, with nothing deleted.`;

function wordsOf({ handler, settings, pair, ...rest }: ItemDraft): Record<string, unknown> {
  const { triggers, resources, approve } = rest;
  const words = {
    handler: handler === 'folder' ? undefined : handler,
    ...(pair === null ? {} : pairWords(pair)),
    settings: Object.keys(settings).length === 0 ? undefined : settings,
    triggers,
    resources,
    approve,
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

function pairWords({ maxDelete, bandwidth, trashDays, ...same }: PairWish) {
  return {
    ...same,
    'max-delete': maxDelete === undefined ? undefined : limitWords(maxDelete),
    bandwidth,
    'trash-days': trashDays,
  };
}

function limitWords({ count, share }: NonNullable<PairWish['maxDelete']>): Json {
  const percent = share === undefined ? undefined : `${Number((share * 100).toFixed(2))}%`;
  if (percent === undefined) return count ?? 0;
  return count === undefined ? percent : { count, share: percent };
}

export function setEnabledInFile(
  filesystem: Filesystem,
  folder: string,
  id: string,
  enabled: boolean,
): void {
  editItemFile(filesystem, fileOf(folder, id), (document) => document.set('enabled', enabled));
}

export function removeItemFile(filesystem: Filesystem, folder: string, id: string): void {
  filesystem.remove(fileOf(folder, id));
}

/** Throws `not-found`, and writes nothing, when there is none of that name. */
export function removeTokenInFile(filesystem: Filesystem, folder: string, name: string): void {
  const file = mainPath(folder);
  const missing = () => syncError('not-found', { what: `A token ${name} in the configuration` });
  if (filesystem.stat(file) === null) throw missing();
  editItemFile(filesystem, file, (document) => {
    const tokens = document.getIn(['api', 'tokens']);
    const items = isSeq(tokens) ? tokens.items : [];
    const at = items.findIndex((one) => isMap(one) && one.get('name') === name);
    if (at < 0) throw missing();
    document.deleteIn(['api', 'tokens', at]);
  });
}

const fileOf = (folder: string, id: string) =>
  `${itemsFolder(folder)}/${id.slice(idOfFile('').length)}.yaml`;

/** Refused if the file changed between reading and writing: nobody's edit is merged away (CF-07). */
export function editItemFile(
  filesystem: Filesystem,
  file: string,
  change: (document: Document) => void,
): void {
  const before = readText(filesystem, file);
  const document = parseDocument(before);
  if (document.errors.length > 0) {
    const text = document.errors[0]?.message ?? '';
    throw syncError('configuration-broken', { place: file, text });
  }
  change(document as unknown as Document);
  if (readText(filesystem, file) !== before) throw syncError('configuration-changed', { file });
  const after = asWritten(document as unknown as Document, before);
  filesystem.replaceFile(file, new TextEncoder().encode(after));
}
