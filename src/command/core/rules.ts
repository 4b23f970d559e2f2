// What a line of a program says, by the rules of its settings: the first rule that fits decides.
import type { Json, JsonObject } from '../../model/json.ts';

/** As in schema.ts, which checks them. */
export interface LineRule<Meaning extends string = string> {
  readonly is: Meaning;
  readonly match?: string | undefined;
  readonly json?: Readonly<Record<string, string>> | undefined;
  readonly take?: Readonly<Record<string, string>> | undefined;
  readonly set?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly map?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  readonly on?: 'output' | 'errors' | undefined;
}

export type Fields = Readonly<Record<string, string | undefined>>;

export interface Said<Meaning extends string = string> {
  readonly is: Meaning;
  readonly fields: Fields;
}

export type Reader<Meaning extends string> = (
  stream: 'output' | 'errors',
  line: string,
) => Said<Meaning> | null;

/** Null: no rule fits the line. */
export function readerOf<Meaning extends string>(
  rules: readonly LineRule<Meaning>[],
): Reader<Meaning> {
  const tests = rules.map((rule) => ({ rule, fields: testOf(rule) }));
  return (stream, line) => {
    let parsed: JsonObject | null | undefined;
    const object = () => {
      if (parsed === undefined) parsed = objectIn(line);
      return parsed;
    };
    for (const { rule, fields } of tests) {
      if (rule.on !== undefined && rule.on !== stream) continue;
      const found = fields(line, object);
      if (found !== null) return { is: rule.is, fields: finished(rule, found, object) };
    }
    return null;
  };
}

type Test = (line: string, object: () => JsonObject | null) => Fields | null;

function testOf({ match, json }: LineRule): Test {
  if (match !== undefined) {
    const pattern = new RegExp(match, 'u');
    return (line) => groups(pattern.exec(line));
  }
  const members = Object.entries(json ?? {}).map(
    ([path, source]) => [path, new RegExp(source, 'u')] as const,
  );
  return (_, object) => {
    const value = object();
    if (value === null) return null;
    const found: Record<string, string> = {};
    for (const [path, pattern] of members) {
      const member = memberText(value, path);
      const fit = member === null ? null : groups(pattern.exec(member));
      if (fit === null) return null;
      Object.assign(found, fit);
    }
    return found;
  };
}

function groups(found: RegExpExecArray | null): Fields | null {
  if (found === null) return null;
  const named = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named);
}

function finished(
  { take = {}, set = {}, map = {} }: LineRule,
  found: Fields,
  object: () => JsonObject | null,
): Fields {
  const fields: Record<string, string | undefined> = { ...found };
  for (const [name, path] of Object.entries(take)) {
    const member = memberText(object() ?? {}, path);
    if (member !== null) fields[name] = member;
  }
  for (const [name, value] of Object.entries(set)) fields[name] ??= String(value);
  for (const [name, translations] of Object.entries(map)) {
    const value = fields[name];
    const known = value === undefined ? undefined : (translations[value] ?? translations.other);
    if (known !== undefined) fields[name] = known;
  }
  return fields;
}

function objectIn(line: string): JsonObject | null {
  if (!line.startsWith('{')) return null;
  try {
    const value = JSON.parse(line) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}

/** `stats.bytes`, `current_files.0`; null when it is not there, or is no single value. */
function memberText(object: JsonObject, path: string): string | null {
  let value: Json | undefined = object;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as JsonObject)[name];
  }
  return typeof value === 'object' || value === undefined ? null : String(value);
}

/** `1,234` → 1234, `1.5` → 1.5; null where there is no number. */
export function numberIn(field: string | undefined): number | null {
  if (field === undefined) return null;
  const value = Number(field.replace(/[,'_\s]/g, ''));
  return field.trim() !== '' && Number.isFinite(value) ? value : null;
}
