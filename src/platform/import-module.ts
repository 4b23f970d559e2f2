// Loads a module that the configuration names: a file, found from the folder of the configuration, or
// a package, found from where this program is installed, as anything it imports itself.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

interface From {
  readonly configuration: string;
  readonly home: string;
}

export function importModule(name: string, { configuration, home }: From): Promise<object> {
  if (name.startsWith('~/')) return importFile(home, name.slice(2));
  const isPath = /^(\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])/.test(name);
  return isPath ? importFile(configuration, name) : import(name);
}

const importFile = (folder: string, path: string): Promise<object> =>
  import(pathToFileURL(resolve(folder, path)).href);
