// Loads a module that the configuration names: a file, found from the folder of the configuration, or
// a package, found from where this program is installed, as anything it imports itself.
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface From {
  readonly configuration: string;
  readonly home: string;
}

export const importModule = async (name: string, from: From): Promise<object> =>
  import(moduleUrl(name, from));

/** Throws what an import of it would reject with, where a package is missing. */
export function moduleUrl(name: string, { configuration, home }: From): string {
  if (name.startsWith('~/')) return fileUrl(home, name.slice(2));
  const isPath = /^(\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])/.test(name);
  return isPath ? fileUrl(configuration, name) : import.meta.resolve(name);
}

const fileUrl = (folder: string, path: string) => pathToFileURL(resolve(folder, path)).href;

/** The program, with its arguments, that a module of this program is the entry of. */
export const programAt = (entry: URL): readonly string[] => [
  process.execPath,
  fileURLToPath(entry),
];
