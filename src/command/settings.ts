// From what was set to what is carried out: a preset filled in, everything checked.
import { z } from 'zod';
import { syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import { expand } from './core/expand.ts';
import type { SecretForm } from './preset-schema.ts';
import { loadPreset, presetNames } from './presets.ts';
import { type CommandSettings, commandSettings, writtenSettings } from './schema.ts';

/** Throws `command-setting-invalid` for the first thing that is wrong. */
export async function parseSettings(settings: JsonObject, home: string): Promise<CommandSettings> {
  const schema = await schemaOf(settings, 'given');
  const given = checked(schema, settings) as JsonObject;
  const { preset } = settings;
  if (typeof preset !== 'string') return checked(commandSettings, settings);
  return checked(commandSettings, expand(await loadPreset(preset), given, home));
}

/** What settings in a file are checked by: those of a preset by its parameters. */
export function settingsSchema(settings: JsonObject): Promise<z.ZodType> {
  return schemaOf(settings, 'written');
}

async function schemaOf(settings: JsonObject, secrets: SecretForm): Promise<z.ZodType> {
  if (settings.preset === undefined) {
    return secrets === 'written' ? writtenSettings : commandSettings;
  }
  const { parameterSchema } = await import('./preset-schema.ts');
  const name = presetNames.find((one) => one === settings.preset);
  return parameterSchema(name === undefined ? null : await loadPreset(name), presetNames, secrets);
}

/** For editors: what may stand below `settings`. */
export async function settingsJsonSchema(): Promise<object> {
  const { parameterSchema } = await import('./preset-schema.ts');
  const presets = await Promise.all(
    presetNames.map(async (name) => parameterSchema(await loadPreset(name), [name], 'written')),
  );
  const schemas = [...presets, writtenSettings].map((schema) =>
    z.toJSONSchema(schema, { io: 'input' }),
  );
  return { anyOf: schemas };
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const key = [...(issue?.path ?? []), ...extra.slice(0, 1)].join('.');
  const reason = extra.length > 0 ? 'there is no such setting.' : (issue?.message ?? '');
  throw syncError('command-setting-invalid', { key, reason });
}
