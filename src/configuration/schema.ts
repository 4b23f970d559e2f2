// What may stand in the files, as one schema: it checks them, and it is printed as JSON Schema for
// editors. Sentences are written for the person who made the mistake.
import { z } from 'zod';
import { isSecretReference } from '../ports/secrets.ts';
import { parseRate, parseShare } from '../stdx/quantity.ts';
import { handlerEntry } from './handler-entry.ts';
import { notifications } from './notifications.ts';
import { limits, termsKeys, usualTermsKeys } from './terms-schema.ts';

const modes = [
  'two-way-safe',
  'two-way-resolved',
  'one-way-safe',
  'one-way-replica',
  'contribute',
] as const;
const conflictRules = ['ask', 'copy', 'newest', 'largest', 'left', 'right'] as const;

const count = z
  .number({ error: 'it must be a whole number.' })
  .int({ error: 'it must be a whole number.' })
  .min(0, { error: 'it cannot be negative.' });

const share = z
  .string({ error: 'it must be a share such as 20%.' })
  .refine((text) => parseShare(text) !== null, { error: 'it must be a share from 0% to 100%.' });

const maxDelete = z
  .union([count, share, z.strictObject({ count: count.optional(), share: share.optional() })], {
    error: 'it must be a number, a share such as 20%, or both as count: and share:.',
  })
  .describe('Ask before a run deletes more: a number, a share such as 20%, or both.');

const bandwidth = z
  .union([count, z.string()])
  .refine((value) => typeof value === 'number' || parseRate(value) !== null, {
    error: 'it must be bytes a second such as 500K or 10M, or off.',
  })
  .describe('Bytes a second at most.');

const folderKeys = {
  mode: z
    .enum(modes, { error: `it must be one of ${modes.join(', ')}.` })
    .optional()
    .describe('Who follows whom.'),
  conflict: z
    .enum(conflictRules, { error: `it must be one of ${conflictRules.join(', ')}.` })
    .optional()
    .describe('What to do where both sides changed.'),
  ignore: z
    .array(z.string(), { error: 'it must be a list of patterns.' })
    .optional()
    .describe('Patterns as in a .gitignore: what matches is left out.'),
  'max-delete': maxDelete.optional(),
  'allow-all-deletions': z
    .boolean()
    .optional()
    .describe('The second key: without it a max-delete of 100% is refused.'),
  bandwidth: bandwidth.optional(),
  'trash-days': count.optional().describe('Days in the trash; 0 keeps everything.'),
};

const approve = z
  .enum(['guarded', 'always'], { error: 'it must be guarded or always.' })
  .optional()
  .describe('guarded: ask when a guard fires. always: every plan waits for approval.');

const word = z.string().min(1, { error: 'it cannot be empty.' });

/** Class identifiers are such names too: small letters, no braces. */
const handlerName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,127}$/);

const handlerEntries = z
  .record(handlerName, handlerEntry, {
    error: ({ code }) =>
      code === 'invalid_key'
        ? 'the name of a handler is small letters, digits and . _ - alone.'
        : 'it must be a list of names, each with a module or a command.',
  })
  .describe(
    'Handlers of yours: a name, or a class of the old contract, and the module that exports it, or the program that is it. A path is relative to this file; any other module is a package beside syncmgr.',
  );

const portMax = 65_535;

const apiSection = z
  .strictObject({
    port: z
      .union([count.max(portMax), z.literal('off')], {
        error: 'it must be a port from 0 to 65535, or off.',
      })
      .optional()
      .describe('The loopback port; off: only the socket.'),
    hosts: z
      .array(word)
      .optional()
      .describe('Further names and ports under which it is reached, as in nas.home:7396.'),
    tokens: z
      .array(
        z.strictObject({
          name: word.max(64),
          scopes: z.array(z.enum(['read', 'run', 'decide', 'admin'])).min(1),
          secret: word
            .refine(isSecretReference, {
              error: 'it must name where the token is: file:PATH, env:NAME, keyring: or command:.',
            })
            .describe('Where the token is; never the token itself.'),
        }),
      )
      .optional()
      .describe('Tokens beside that of the person, each for what it may do.'),
  })
  .describe('How syncmgr up is reached. Read when it starts.');

export const mainFile = z.strictObject({
  api: apiSection.optional(),
  defaults: z
    .strictObject({ ...folderKeys, approve, ...usualTermsKeys })
    .optional()
    .describe('For every partnership that says nothing else; of folders, for syncmgr sync too.'),
  limits: limits.optional(),
  notifications: notifications.optional(),
  handlers: handlerEntries.optional(),
});

/** A bare ~ is nothing in YAML. */
const root = z.string({ error: 'it must be the path of a folder. The home folder alone is "~".' });

export const itemFile = z.strictObject({
  name: word.max(128).optional().describe('What you call it; by default the name of the file.'),
  handler: word.optional().describe('Who synchronizes it; by default folder.'),
  left: root.optional().describe('A folder.'),
  right: root.optional().describe('The other folder.'),
  ...folderKeys,
  settings: z
    .record(z.string(), z.json())
    .optional()
    .describe('Settings of another handler than folder.'),
  enabled: z.boolean({ error: 'it must be true or false.' }).optional(),
  ...termsKeys,
  resources: z
    .array(word)
    .optional()
    .describe('Nothing else that names one of these runs at the same time.'),
  approve,
});

export type MainFile = z.infer<typeof mainFile>;
export type ItemFile = z.infer<typeof itemFile>;
export type ApiSettings = NonNullable<MainFile['api']>;
export type FolderDefaults = NonNullable<MainFile['defaults']>;

/** @param settings What handlers take as their settings, by name. */
export function jsonSchemas(settings: Readonly<Record<string, object>>): {
  readonly main: object;
  readonly item: object;
} {
  const allOf = Object.entries(settings).map(([handler, schema]) => ({
    if: { properties: { handler: { const: handler } }, required: ['handler'] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema.
    then: { properties: { settings: schema } },
  }));
  return {
    main: z.toJSONSchema(mainFile, { io: 'input' }),
    item: { ...z.toJSONSchema(itemFile, { io: 'input' }), allOf },
  };
}
