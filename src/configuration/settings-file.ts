// Settings of one handler in a file of their own, for trying it: what would stand under `settings:` in a
// file of items.d.
import { parse } from 'yaml';
import { z } from 'zod';
import { syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { Filesystem } from '../ports/filesystem.ts';

const settings = z.record(z.string(), z.json());

/** YAML, and so JSON too. Throws `usage`, naming the file. */
export function readSettings(filesystem: Filesystem, path: string): JsonObject {
  try {
    const bytes = filesystem.readFile(path);
    return settings.parse(parse(new TextDecoder().decode(Uint8Array.from(bytes))));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'they must be names with values';
    throw syncError('usage', { what: `The settings in ${path} cannot be read: ${reason}.` }, cause);
  }
}
