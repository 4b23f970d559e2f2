// The desk, loaded when there is something to read: a pair of folders without any configuration, the
// most frequent run of all, needs neither the parser nor the schema.
import type { JsonObject } from '../model/json.ts';
import type { Partnership } from '../model/partnership.ts';
import type { ConfigurationDesk, DeskPorts, FileOf, Report } from './desk.ts';
import type { ItemDraft } from './edit.ts';
import type { FileView } from './file-editor.ts';
import { itemsFolder, mainPath } from './files.ts';
import { folderSettings, type PairWish } from './partnership.ts';
import type { ApiSettings } from './schema.ts';

export interface LazyDesk {
  apply(): Promise<Report>;
  /** The handlers of the main file alone, for a program that does not follow the configuration. */
  useHandlers(): Promise<void>;
  api(): Promise<ApiSettings | null>;
  pairSettings(pair: PairWish): Promise<JsonObject>;
  add(draft: ItemDraft): Promise<{ readonly id: string; readonly file: string }>;
  remove(partnership: Partnership): Promise<void>;
  setEnabled(partnership: Partnership, enabled: boolean): Promise<void>;
  file(of: FileOf): Promise<FileView>;
  editFile(of: FileOf, keys: JsonObject, version: string | null): Promise<FileView>;
  undoFile(of: FileOf): Promise<FileView>;
  removeToken(name: string): Promise<void>;
  preview(draft: ItemDraft): ReturnType<ConfigurationDesk['preview']>;
  schema(): Promise<JsonObject>;
}

export function lazyDesk(ports: DeskPorts): LazyDesk {
  let loading: Promise<ConfigurationDesk> | null = null;
  const desk = () => {
    loading ??= import('./desk.ts').then(({ ConfigurationDesk }) => new ConfigurationDesk(ports));
    return loading;
  };
  const { filesystem, folder } = ports;
  const isThere = (path: string) => filesystem.stat(path) !== null;
  return {
    apply: async () => {
      const stored = (await ports.list()).some(({ adHoc }) => !adHoc);
      if (stored || isThere(mainPath(folder)) || isThere(itemsFolder(folder))) {
        return (await desk()).apply();
      }
      return { folder, files: [], partnerships: 0, problems: [], schedules: [] };
    },
    useHandlers: async () => {
      if (isThere(mainPath(folder))) (await desk()).useHandlers();
    },
    api: async () => (isThere(mainPath(folder)) ? (await desk()).api() : {}),
    pairSettings: async (pair) =>
      isThere(mainPath(folder)) ? (await desk()).pairSettings(pair) : folderSettings(pair, {}),
    add: async (draft) => (await desk()).add(draft),
    remove: async (partnership) => (await desk()).remove(partnership),
    setEnabled: async (partnership, enabled) => (await desk()).setEnabled(partnership, enabled),
    file: async (of) => (await desk()).file(of),
    editFile: async (of, keys, version) => (await desk()).editFile(of, keys, version),
    undoFile: async (of) => (await desk()).undoFile(of),
    removeToken: async (name) => (await desk()).removeToken(name),
    preview: async (draft) => (await desk()).preview(draft),
    schema: async () => (await desk()).schema(),
  };
}
