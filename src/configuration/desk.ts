// The configuration as the rest of the program uses it: its files, its defaults, and the store that
// follows them. Only what was read whole and without an error reaches the store; until then the
// partnerships of the last good load stay in force (CF-01).
import { syncError } from '../model/error.ts';
import type { HandlerSource } from '../model/handler-source.ts';
import type { JsonObject } from '../model/json.ts';
import type { NotifyWays } from '../model/notify-ways.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Limits } from '../model/terms.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import {
  addItemFile,
  type ItemDraft,
  itemText,
  removeItemFile,
  removeTokenInFile,
  setEnabledInFile,
} from './edit.ts';
import { editableItem, editableMain } from './editables.ts';
import { type Editable, FileEditor, type FileView } from './file-editor.ts';
import { idOfFile, itemsFolder } from './files.ts';
import { handlerSource } from './handler-entry.ts';
import {
  draftProblems,
  isBroken,
  type Loaded,
  loadConfiguration,
  loadMain,
  type Places,
} from './load.ts';
import { type Outlook, outlooks } from './outlook.ts';
import { type Drafted, folderSettings, type PairWish } from './partnership.ts';
import type { Problem } from './problem.ts';
import { type ApiSettings, jsonSchemas } from './schema.ts';

export interface DeskPorts extends Places {
  readonly filesystem: Filesystem;
  now(): number;
  /** Where the computer is. */
  zone(): string;
  /** Puts into the store, or takes out of it. */
  put(partnership: Partnership): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly Partnership[]>;
  /** Registers it under the name; it is loaded or started when it is first needed. */
  useHandler(name: string, source: HandlerSource): void;
  useLimits(limits: Limits): void;
  useNotifyWays(ways: NotifyWays): void;
}

export interface Report {
  readonly folder: string;
  readonly files: readonly string[];
  readonly partnerships: number;
  readonly problems: readonly Problem[];
  readonly schedules: readonly Outlook[];
}

/** The main file, or that of one partnership. */
export type FileOf = 'main' | Pick<Partnership, 'id' | 'name'>;

export class ConfigurationDesk {
  readonly #ports: DeskPorts;
  readonly #editor: FileEditor;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#editor = new FileEditor(ports.filesystem);
  }

  async apply(): Promise<Report> {
    const { filesystem, folder } = this.#ports;
    this.useHandlers();
    const loaded = await loadConfiguration(filesystem, this.#ports);
    if (!isBroken(loaded)) {
      this.#ports.useLimits(loaded.limits);
      this.#ports.useNotifyWays(loaded.notifyWays);
      await this.#follow(loaded);
    }
    const { files, partnerships, problems } = loaded;
    const [now, zone] = [this.#ports.now(), this.#ports.zone()];
    let schedules: readonly Outlook[] | null = null;
    return {
      folder,
      files,
      partnerships: partnerships.length,
      problems,
      // A thousand schedules take longer than all the rest, and few who apply want to see them.
      get schedules() {
        schedules ??= outlooks(partnerships, now, zone);
        return schedules;
      },
    };
  }

  /** Of the main file as it is now. Nothing of a broken one is used: it names code to be run. */
  useHandlers(): void {
    const loaded = loadMain(this.#ports.filesystem, this.#ports);
    if (isBroken(loaded)) return;
    for (const [name, entry] of Object.entries(loaded.main.handlers ?? {})) {
      this.#ports.useHandler(name, handlerSource(entry));
    }
  }

  async #follow({ partnerships }: Loaded): Promise<void> {
    const stored = (await this.#ports.list()).filter(({ id }) => id.startsWith(idOfFile('')));
    const wanted = new Set(partnerships.map(({ id }) => id));
    for (const { id } of stored) if (!wanted.has(id)) await this.#ports.remove(id);
    const known = new Map(stored.map((one) => [one.id, one]));
    const changed = partnerships.flatMap((draft): readonly Partnership[] => {
      const before = known.get(draft.id);
      const next = { ...draft, createdAt: before?.createdAt ?? this.#ports.now() };
      return before === undefined || !same(before, next) ? [next] : [];
    });
    // Together, because each by itself would wait for the disk.
    await Promise.all(changed.map((one) => this.#ports.put(one)));
  }

  /** Null when the file is broken: nothing is opened on a guess. */
  api(): ApiSettings | null {
    const loaded = loadMain(this.#ports.filesystem, this.#ports);
    return isBroken(loaded) ? null : (loaded.main.api ?? {});
  }

  /** Throws `configuration-broken`: a run must not go on with defaults of its own instead. */
  pairSettings(pair: PairWish): JsonObject {
    const { main, problems } = loadMain(this.#ports.filesystem, this.#ports);
    const first = problems.find(({ level }) => level === 'error');
    if (first !== undefined) throw broken(first);
    return folderSettings(pair, main.defaults ?? {});
  }

  async add(draft: ItemDraft): Promise<{ readonly id: string; readonly file: string }> {
    const { filesystem, folder } = this.#ports;
    const taken = (await this.#ports.list()).some(({ name }) => name === draft.name);
    if (taken) throw syncError('partnership-exists', { name: draft.name });
    const file = addItemFile(filesystem, folder, draft);
    const report = await this.apply();
    const problem = report.problems.find(({ level }) => level === 'error');
    if (problem === undefined) return { id: idOfFile(draft.name), file };
    // A file of ours that makes the whole configuration unusable must not stay behind.
    if (problem.file === file) filesystem.remove(file);
    throw broken(problem);
  }

  async remove({ id }: Pick<Partnership, 'id'>): Promise<void> {
    const { filesystem, folder } = this.#ports;
    if (id.startsWith(idOfFile(''))) removeItemFile(filesystem, folder, id);
  }

  async setEnabled({ id }: Pick<Partnership, 'id'>, enabled: boolean): Promise<void> {
    const { filesystem, folder } = this.#ports;
    if (id.startsWith(idOfFile(''))) setEnabledInFile(filesystem, folder, id, enabled);
  }

  /** What would be written for a draft, and what is wrong with it. */
  async preview(draft: ItemDraft): Promise<{
    readonly file: string;
    readonly text: string;
    readonly problems: readonly Problem[];
  }> {
    const file = `${itemsFolder(this.#ports.folder)}/${draft.name}.yaml`;
    const text = itemText(draft);
    const problems = await draftProblems({ file, text }, this.#ports);
    return { file, text, problems };
  }

  /** Takes one away; none can be added but in the file. Rejects with `not-found`. */
  async removeToken(name: string): Promise<void> {
    removeTokenInFile(this.#ports.filesystem, this.#ports.folder, name);
  }

  file(of: FileOf): FileView {
    return this.#editor.view(this.#editable(of));
  }

  /** In force when it resolves. Throws as FileEditor.edit does. */
  async editFile(of: FileOf, keys: JsonObject, version: string | null): Promise<FileView> {
    this.#editor.edit(this.#editable(of), keys, version);
    await this.apply();
    return this.file(of);
  }

  async undoFile(of: FileOf): Promise<FileView> {
    this.#editor.undo(this.#editable(of));
    await this.apply();
    return this.file(of);
  }

  #editable(of: FileOf): Editable {
    if (of === 'main') return editableMain(this.#ports);
    if (of.id.startsWith(idOfFile(''))) return editableItem(this.#ports, of.id);
    throw syncError('not-found', { what: `A file of ${of.name}` });
  }

  async schema(): Promise<JsonObject> {
    const settings = await this.#ports.handlerSettings.jsonSchemas();
    return jsonSchemas(settings) as unknown as JsonObject;
  }
}

function broken({ file, line, key, text }: Problem) {
  const place = line === null ? file : `${file}:${line}`;
  return syncError('configuration-broken', {
    place,
    text: key === null ? text : `${key}: ${text}`,
  });
}

/** A store may hand keys out in another order than they were put in. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function same(one: Drafted, other: Drafted): boolean {
  const values = ({
    id,
    name,
    handler,
    settings,
    enabled,
    triggers,
    resources,
    approve,
    terms,
  }: Drafted) =>
    JSON.stringify(
      [id, name, handler, settings, enabled, triggers, resources, approve, terms],
      inOrder,
    );
  return values(one) === values(other);
}
