// Changes a face makes to a file of the configuration, key by key: only keys that run no program, read
// no secret and open no door can be set; the others are shown. What was there is kept, to be put back.
import { type Document, parseDocument } from 'yaml';
import { syncError } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { malformed } from '../model/malformed.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { shortHash } from '../stdx/short-hash.ts';
import { asWritten } from './as-written.ts';
import { readText } from './load.ts';
import type { Source } from './parse-file.ts';
import type { Problem } from './problem.ts';
import { say } from './say.ts';

/** A file and what of it may be set. */
export interface Editable {
  readonly file: string;
  readonly settable: readonly string[];
  /** Below those, what may not: its first key, and the one below. */
  readonly withheld: readonly (readonly [key: string, below: string])[];
  /** Written above the first key of a file that is made now. */
  readonly heading: string;
  check(source: Source): readonly Problem[];
}

export interface FileView {
  readonly file: string;
  /** Of the text as it is; for a change only if nobody else made one. */
  readonly version: string;
  readonly keys: JsonObject;
  /** All the rest; what is withheld by its dotted name. */
  readonly fixed: JsonObject;
  readonly undoable: boolean;
}

interface Change {
  readonly before: string;
  readonly after: string;
}

export class FileEditor {
  readonly #filesystem: Filesystem;
  /** The last change of each file, as long as this process lives. */
  readonly #changes = new Map<string, Change>();

  constructor(filesystem: Filesystem) {
    this.#filesystem = filesystem;
  }

  view(one: Editable): FileView {
    const text = this.#text(one.file);
    const all = (documentOf(one.file, text).toJS() ?? {}) as JsonObject;
    const keys: Record<string, Json> = {};
    const fixed: Record<string, Json> = {};
    for (const [key, value] of Object.entries(all)) {
      if (one.settable.includes(key)) keys[key] = value;
      else fixed[key] = value;
    }
    for (const [key, below] of one.withheld) {
      const { [below]: held, ...open } = objectOr(keys[key]);
      if (held === undefined) continue;
      keys[key] = open;
      fixed[`${key}.${below}`] = held;
    }
    const undoable = this.#changes.get(one.file)?.after === text;
    return { file: one.file, version: versionOf(text), keys, fixed, undoable };
  }

  /**
   * Null takes a key out; keys that are not named stay. Throws `version-stale`, `configuration-changed`,
   * `configuration-broken`, and `request-malformed` with a pointer to each key that is wrong.
   */
  edit(one: Editable, keys: JsonObject, version: string | null): void {
    const before = this.#text(one.file);
    if (version !== null && version !== versionOf(before)) {
      throw syncError('version-stale', { what: one.file });
    }
    const document = documentOf(one.file, before);
    const all = objectOr(document.toJS() as Json);
    if (before === '') document.commentBefore = one.heading;
    for (const [key, value] of Object.entries(keys)) {
      refuseWithheld(one, key, value);
      say(document, [key], withHeld(one, key, value, all));
    }
    const after = textOf(document, before);
    const faults = one.check({ file: one.file, text: after }).filter(isError).map(faultOf);
    if (faults.length > 0) throw malformed(faults);
    this.#replace(one.file, { before, after });
  }

  /** Puts back what was there before the last change; said again, the change. */
  undo({ file }: Editable): void {
    const change = this.#changes.get(file);
    if (change === undefined) throw syncError('not-found', { what: `A change of ${file}` });
    this.#replace(file, { before: change.after, after: change.before });
  }

  /** Refused if the file is not what was read: nobody's edit is merged away (CF-07). */
  #replace(file: string, change: Change): void {
    if (this.#text(file) !== change.before) throw syncError('configuration-changed', { file });
    if (change.after === change.before) return;
    if (change.after === '') this.#filesystem.remove(file);
    else this.#filesystem.replaceFile(file, new TextEncoder().encode(change.after));
    this.#changes.set(file, change);
  }

  #text(file: string): string {
    return this.#filesystem.stat(file) === null ? '' : readText(this.#filesystem, file);
  }
}

const versionOf = (text: string) => shortHash(text);
const isError = ({ level }: Problem) => level === 'error';

/** Nothing left in it is no file: an empty one is an error. */
function textOf(document: Document, before: string): string {
  const text = asWritten(document, before);
  return text.trim() === '{}' ? '' : text;
}

function documentOf(file: string, text: string): Document {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw syncError('configuration-broken', { place: file, text: fault.message });
  }
  return document as unknown as Document;
}

function refuseWithheld(one: Editable, key: string, value: Json): void {
  const only = 'it can be set in the file only';
  if (!one.settable.includes(key)) throw malformed([{ pointer: `/keys/${key}`, reason: only }]);
  for (const [first, below] of one.withheld) {
    if (first !== key || !Object.hasOwn(objectOr(value), below)) continue;
    throw malformed([{ pointer: `/keys/${key}/${below}`, reason: only }]);
  }
}

/** The new value, with what nobody may set here as it stands in the file. Undefined: take it out. */
function withHeld({ withheld }: Editable, key: string, value: Json, all: JsonObject) {
  const now = objectOr(all[key]);
  const kept = withheld.flatMap(([first, below]) =>
    first === key && Object.hasOwn(now, below) ? [[below, now[below] as Json] as const] : [],
  );
  if (kept.length > 0) return { ...objectOr(value), ...Object.fromEntries(kept) };
  return value ?? undefined;
}

function objectOr(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {};
}

function faultOf({ key, text }: Problem) {
  return { pointer: key === null ? '' : `/keys/${key.replaceAll('.', '/')}`, reason: text };
}
