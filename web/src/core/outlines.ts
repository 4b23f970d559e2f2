// What can be added beside two folders, as the schema of the configuration tells: presets of programs, and
// handlers that say what their settings are.
import type { JsonObject } from '../data/shapes.ts';
import { type Field, fieldsOf } from './schema-fields.ts';
import { listOf, objectOf } from './terms-form.ts';

type Json = JsonObject[string];

export interface Outline {
  readonly handler: string;
  /** Null: a handler by its own settings. */
  readonly preset: string | null;
  readonly says: string;
  readonly schema: JsonObject;
}

/** Keys that every program takes: they are for the file. */
const besides = ['preset', 'environment', 'secrets', 'inherit', 'folder'];

/** @param schema Of the files: `{main, item}`. */
export function outlinesIn(schema: JsonObject, handlers: readonly string[]): readonly Outline[] {
  const known = listOf(objectOf(schema.item).allOf).flatMap((rule): readonly Outline[] => {
    const { if: when, then } = objectOf(rule);
    const handler = objectOf(objectOf(objectOf(when).properties).handler).const;
    const settings = objectOf(objectOf(objectOf(then).properties).settings);
    if (typeof handler !== 'string') return [];
    const forms = listOf(settings.anyOf);
    const presets = forms.map(objectOf).flatMap((one) => presetOf(handler, one));
    return presets.length > 0 ? presets : [plain(handler, settings)];
  });
  const named = new Set(known.map(({ handler }) => handler));
  const silent = handlers.filter((name) => !named.has(name) && !own.includes(name));
  return [...known, ...silent.map((handler) => plain(handler, {}))];
}

/** Those that have a form, or no use, of their own. */
const own = ['folder', 'mobsync'];

const plain = (handler: string, schema: JsonObject): Outline => ({
  handler,
  preset: null,
  says: typeof schema.description === 'string' ? schema.description : '',
  schema,
});

function presetOf(handler: string, schema: JsonObject): readonly Outline[] {
  const preset = listOf(objectOf(objectOf(schema.properties).preset).enum)[0];
  if (typeof preset !== 'string') return [];
  return [{ ...plain(handler, schema), preset }];
}

export function fieldsOfOutline({ schema, preset }: Outline): readonly Field[] {
  return fieldsOf(schema).filter(({ key }) => preset === null || !besides.includes(key));
}

/** What was said, without what was left empty. */
export function settingsOf({ preset }: Outline, values: JsonObject): JsonObject {
  const said = Object.entries(values).filter(([, value]) => !isEmpty(value));
  return { ...(preset === null ? {} : { preset }), ...Object.fromEntries(said) };
}

const isEmpty = (value: Json) =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** The command of the terminal that adds the same. */
export function addCommand(outline: Outline, name: string, values: JsonObject): string {
  const { preset, handler } = outline;
  const { preset: _, ...settings } = settingsOf(outline, values);
  const sets = Object.entries(settings).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `--set ${quoted(`${key}=${plainly(one)}`)}`,
    ),
  );
  const how = preset === null ? ['--handler', quoted(handler)] : ['--preset', quoted(preset)];
  return ['syncmgr', 'add', quoted(name), ...how, ...sets].join(' ');
}

/** A text that reads like JSON is quoted as such, so that it stays a text. */
function plainly(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  try {
    JSON.parse(value);
    return JSON.stringify(value);
  } catch {
    return value;
  }
}

/** For a POSIX shell: nothing in it means anything. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
