// What a preset is: settings with gaps, and the parameters that fill them. The parameters of each make
// the schema that its settings are checked by.
import { z } from 'zod';
import { commandSettings, reference, writtenSettings } from './schema.ts';

const kinds = ['text', 'path', 'place', 'list', 'flag', 'count', 'share', 'secret'] as const;

const parameter = z.strictObject({
  is: z.enum(kinds),
  says: z.string().min(1),
  default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional(),
  optional: z.literal(true).optional(),
  oneOf: z.array(z.string()).optional(),
});

export const presetSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z-]*$/),
  says: z.string().min(1),
  parameters: z.record(z.string().regex(/^[a-z][a-z-]*$/), parameter),
  settings: z.record(z.string(), z.json()),
});

export type Preset = z.output<typeof presetSchema>;
export type Parameter = z.output<typeof parameter>;

/** As a person writes them, by reference; or as the handler is given them. */
export type SecretForm = 'written' | 'given';

const secretsIn = { written: writtenSettings, given: commandSettings } as const;

/** @param preset Null: none has the name that was given. */
export function parameterSchema(
  preset: Preset | null,
  names: readonly string[],
  secrets: SecretForm,
): z.ZodType {
  const name = z.enum(names, { error: `it must be one of ${names.join(', ')}.` });
  if (preset === null) return z.looseObject({ preset: name });
  const parameters = Object.entries(preset.parameters).map(([key, one]) => {
    const usual = one.default === undefined ? {} : { default: one.default };
    const value = valueSchema(one, secrets).meta({ description: one.says, ...usual });
    const isNeeded = one.default === undefined && one.optional === undefined;
    return [key, isNeeded ? value : value.optional()] as const;
  });
  const { environment, inherit, folder } = commandSettings.shape;
  const beside = { environment, inherit, folder, secrets: secretsIn[secrets].shape.secrets };
  return z
    .strictObject({ preset: name, ...Object.fromEntries(parameters), ...beside })
    .describe(preset.says);
}

function valueSchema({ is, oneOf, says }: Parameter, secrets: SecretForm): z.ZodType {
  const missing = (otherwise: string) => ({
    error: ({ input }: { input?: unknown }) =>
      input === undefined ? `it is missing: ${says}` : otherwise,
  });
  if (oneOf !== undefined) return z.enum(oneOf, missing(`it must be one of ${oneOf.join(', ')}.`));
  const schemas: Readonly<Record<Parameter['is'], () => z.ZodType>> = {
    text: () => z.string(missing('it must be a text.')).min(1, { error: 'it cannot be empty.' }),
    path: () =>
      z
        .string(missing('it must be a path.'))
        .refine(isAbsolute, { error: 'it must be an absolute path: from / or ~ on.' }),
    place: () =>
      z
        .string(missing('it must be a path or a remote place.'))
        .refine((text) => isAbsolute(text) || /^[^/-][^/]*:/.test(text), {
          error: 'it must be an absolute path, from / or ~ on, or a remote place such as nas:data.',
        }),
    list: () =>
      z.union([z.array(z.string()), z.string()], missing('it must be a list, or one text.')),
    flag: () => z.boolean(missing('it must be true or false.')),
    count: () => z.int(missing('it must be a whole number.')).min(0),
    share: () =>
      z.union([z.int().min(0), z.string().regex(/^\d+(\.\d+)?\s*%$/)], {
        error: 'it must be a number or a share such as 20%.',
      }),
    secret: () => (secrets === 'written' ? reference : z.string(missing('it must be a text.'))),
  };
  return schemas[is]();
}

const isAbsolute = (path: string) => /^(\/|~$|~\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
