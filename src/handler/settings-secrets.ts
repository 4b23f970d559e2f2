// References in the settings of a partnership, and the secrets they stand for. A reference is the
// whole value of a key; the bare words of a list are arguments, patterns and names, and are left alone,
// because what becomes part of a command line is seen by everybody on the machine.
import type { Json, JsonObject } from '../model/json.ts';
import { isSecretReference, type Secrets } from '../ports/secrets.ts';

export interface OpenSettings {
  readonly settings: JsonObject;
  /** Of all secrets that are in them now. */
  readonly values: readonly string[];
}

/** Rejects with `secret-missing`. Settings without a reference come back as they are. */
export async function withSecrets(settings: JsonObject, secrets: Secrets): Promise<OpenSettings> {
  const references = new Set(referencesIn(settings));
  if (references.size === 0) return { settings, values: [] };
  const known = new Map<string, string>();
  for (const reference of references) known.set(reference, await secrets.resolve(reference));
  return { settings: filled(settings, known) as JsonObject, values: [...known.values()] };
}

function referencesIn(value: Json): readonly string[] {
  if (typeof value === 'string') return isSecretReference(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  const inside = Array.isArray(value) ? value.filter(isNoWord) : Object.values(value);
  return inside.flatMap(referencesIn);
}

function filled(value: Json, known: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return known.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => (isNoWord(one) ? filled(one, known) : one));
  const pairs = Object.entries(value).map(([key, one]) => [key, filled(one, known)]);
  return Object.fromEntries(pairs);
}

const isNoWord = (value: Json): boolean => typeof value !== 'string';
