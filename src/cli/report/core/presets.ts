// Presets as the schema of the configuration tells of them, and as a person reads them.
import type { Json, JsonObject } from '../../../model/json.ts';
import { table } from './text.ts';

export interface PresetLines {
  readonly name: string;
  readonly says: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly says: string;
    readonly needed: boolean;
    readonly default: Json;
  }[];
}

export function presetsIn(schema: JsonObject): readonly PresetLines[] {
  return everything(schema).flatMap((one) => {
    const { properties, required, description } = one;
    const names = objectOf(objectOf(properties).preset).enum;
    if (!Array.isArray(names) || typeof description !== 'string') return [];
    const needed = Array.isArray(required) ? required : [];
    const parameters = Object.entries(objectOf(properties))
      .filter(([name]) => name !== 'preset' && !besides.includes(name))
      .map(([name, value]) => {
        const { description: says, default: usual = null } = objectOf(value);
        return { name, says: String(says ?? ''), needed: needed.includes(name), default: usual };
      });
    return [{ name: String(names[0]), says: description, parameters }];
  });
}

/** Keys that every program takes, with a preset or without. */
const besides = ['environment', 'secrets', 'inherit', 'folder'];

export function presetDetails({ name, says, parameters }: PresetLines): readonly string[] {
  const needed = parameters.filter((one) => one.needed);
  const given = needed.map((one) => ` --set ${one.name}=…`).join('');
  return [
    `${name}: ${says}`,
    '',
    ...table(parameters.map((one) => [`  ${one.name}`, `${one.says}${usually(one)}`])),
    '',
    `Add it with: syncmgr add NAME --preset ${name}${given}`,
  ];
}

function usually({ needed, default: usual }: PresetLines['parameters'][number]): string {
  if (needed) return '';
  if (usual === null || (Array.isArray(usual) && usual.length === 0)) return ' (may be left out)';
  const text = typeof usual === 'string' ? usual : JSON.stringify(usual);
  return ` (${text} if left out)`;
}

function everything(value: Json): readonly JsonObject[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(everything);
  const object = value as JsonObject;
  return [object, ...Object.values(object).flatMap(everything)];
}

function objectOf(value: Json | undefined): JsonObject {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : {};
}
