// A preset and what was set for it → settings as any program has them. A text that is one parameter
// alone becomes its value; one that names a list is said once for each of it; what names a parameter
// that was not set is left out with its key. `{ "if": flag, "then": …, "else": … }` chooses.
import type { Json, JsonObject } from '../../model/json.ts';

interface Parameter {
  readonly is: string;
  readonly default?: Json | undefined;
}

export interface PresetText {
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly settings: JsonObject;
}

export function expand(preset: PresetText, given: JsonObject, home: string): JsonObject {
  const values: Record<string, Json> = {};
  for (const [name, { is, default: usual }] of Object.entries(preset.parameters)) {
    const value = given[name] ?? usual;
    if (value !== undefined)
      values[name] = is === 'path' || is === 'place' ? inHome(value, home) : value;
  }
  const scope = { values, names: new Set(Object.keys(preset.parameters)) };
  const settings = expanded(preset.settings, scope)[0] as JsonObject;
  return { ...settings, ...beside(settings, given) };
}

/** What every program may be given, also one of a preset. */
function beside(settings: JsonObject, given: JsonObject): JsonObject {
  const both = (key: string) => ({ ...(settings[key] as object), ...(given[key] as object) });
  const listed = (key: string) => [
    ...((settings[key] ?? []) as Json[]),
    ...((given[key] ?? []) as Json[]),
  ];
  return {
    environment: both('environment'),
    secrets: both('secrets'),
    inherit: listed('inherit'),
    ...(given.folder === undefined ? {} : { folder: given.folder }),
  };
}

interface Scope {
  readonly values: Readonly<Record<string, Json>>;
  readonly names: ReadonlySet<string>;
}

/** None, one, or in a list many. */
function expanded(template: Json, scope: Scope): readonly Json[] {
  if (typeof template === 'string') return filled(template, scope);
  if (typeof template !== 'object' || template === null) return [template];
  if (Array.isArray(template)) return [template.flatMap((one: Json) => expanded(one, scope))];
  const map = template as JsonObject;
  if (typeof map.if === 'string') {
    const branch = isOn(scope.values[map.if]) ? map.then : map.else;
    if (branch === undefined) return [];
    return Array.isArray(branch) ? (expanded(branch, scope)[0] as Json[]) : expanded(branch, scope);
  }
  const entries = Object.entries(map).flatMap(([key, value]) => {
    const [found] = expanded(value, scope);
    return found === undefined ? [] : [[key, found] as const];
  });
  return [Object.fromEntries(entries)];
}

function filled(text: string, { values, names }: Scope): readonly Json[] {
  const alone = /^\{([a-z-]+)\}$/.exec(text)?.[1];
  if (alone !== undefined && names.has(alone)) {
    const value = values[alone];
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
  }
  let results: readonly string[] = [''];
  for (const part of text.split(/(\{[a-z-]+\})/)) {
    const name = /^\{(.*)\}$/.exec(part)?.[1];
    const value = name !== undefined && names.has(name) ? values[name] : part;
    if (value === undefined) return [];
    const many = Array.isArray(value) ? value : [value];
    results = results.flatMap((begun) => many.map((one) => begun + String(one)));
  }
  return results;
}

const isOn = (value: Json | undefined): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

function inHome(value: Json, home: string): Json {
  if (value === '~') return home;
  return typeof value === 'string' && value.startsWith('~/') ? home + value.slice(1) : value;
}
