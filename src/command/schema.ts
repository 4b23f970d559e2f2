// What may be set for an item that is a program, as one schema: it checks the files of the
// configuration with line and key, what the handler is handed, and each preset that is shipped.
import { z } from 'zod';
import { isSecretReference } from '../ports/secrets.ts';
import { parseDuration, parseShare } from '../stdx/quantity.ts';

const text = z.string({ error: 'it must be a text.' });
const word = text.min(1, { error: 'it cannot be empty.' });
const whole = z.int({ error: 'it must be a whole number.' }).min(0, {
  error: 'it cannot be negative.',
});

const duration = z
  .union([z.number().min(0), z.string()])
  .refine((value) => parseDuration(String(value)) !== null, {
    error: 'it must be a time such as 30s, 5m or 2h.',
  })
  .transform((value) => parseDuration(String(value)) ?? 0);

const pattern = text.refine(isPattern, { error: 'it is not a regular expression.' });

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const lineMeanings = [
  'progress',
  'change',
  'conflict',
  'problem',
  'failure',
  'alarm',
  'repair',
  'known',
  'bytes',
  'item',
  'log',
  'ignore',
] as const;
export type LineMeaning = (typeof lineMeanings)[number];

const words = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const rule = z
  .strictObject({
    is: z
      .enum(lineMeanings, { error: `it must be one of ${lineMeanings.join(', ')}.` })
      .describe('What such a line says.'),
    match: pattern.optional().describe('A regular expression; its named groups are the fields.'),
    json: z
      .record(z.string(), pattern)
      .optional()
      .describe('The line is a JSON object: members, dotted, that fit these expressions.'),
    take: z
      .record(z.string(), word)
      .optional()
      .describe('Fields of the line: a name, and the member of the object it is had from.'),
    set: words.optional().describe('Fields with a fixed value.'),
    map: z
      .record(z.string(), z.record(z.string(), z.string()))
      .optional()
      .describe('Words of the program and what they are called here, per field.'),
    on: z.enum(['output', 'errors']).optional().describe('One of the two streams only.'),
  })
  .refine(({ match, json }) => (match === undefined) !== (json === undefined), {
    error: 'it needs either match or json.',
  });

const exitWords = [
  'succeeded',
  'problems',
  'temporary',
  'needs-person',
  'auth',
  'quota',
  'fatal',
] as const;
const exitWord = z.enum(exitWords, { error: `it must be one of ${exitWords.join(', ')}.` });

const exit = z
  .record(
    z.string().regex(/^(\d+(-\d+)?|SIG[A-Z0-9]+|other)$/, {
      error: 'an exit is a code, a range such as 2-5, a signal or other.',
    }),
    z.union([exitWord, z.strictObject({ as: exitWord, text: word })], {
      error: `it must be one of ${exitWords.join(', ')}, or as: and text:.`,
    }),
  )
  .describe('What an exit code means. Without it 0 is success and all else a temporary failure.');

const step = z
  .strictObject({
    command: z
      .union([z.array(text).min(1), word], {
        error: 'it must be a list: the program and its arguments.',
      })
      .describe('The program and its arguments, as a list. {item} and the like are filled in.'),
    shell: z
      .boolean({ error: 'it must be true or false.' })
      .optional()
      .describe('The command is one text, for the shell.'),
    input: text.optional().describe('What it reads.'),
    approved: z
      .array(text)
      .optional()
      .describe('Arguments in the place of {approved}, when a person approved the plan.'),
    lines: z.array(rule).optional().describe('Rules of this step, before those for all steps.'),
    exit: exit.optional(),
    timeout: duration.optional().describe('It is stopped after this time; one day by default.'),
    silence: duration.optional().describe('It is stopped after so long without a line.'),
  })
  .refine(({ command, shell }) => Array.isArray(command) !== (shell === true), {
    error: 'it must be a list; or one text, with shell: true.',
    path: ['command'],
  });

const count = whole;
const share = z
  .string()
  .refine((value) => parseShare(value) !== null, { error: 'it must be a share such as 20%.' });
const maxDelete = z
  .union([count, share, z.strictObject({ count: count.optional(), share: share.optional() })], {
    error: 'it must be a number, a share such as 20%, or both as count: and share:.',
  })
  .describe('Ask before a run deletes more; needs a prepare that lists its changes.');

const requires = z.strictObject({
  program: word,
  debian: word.optional(),
  brew: word.optional(),
  version: z
    .strictObject({ arguments: z.array(text), match: pattern, least: word })
    .optional()
    .describe('How it tells its version, as the group version, and what it must be at least.'),
});

const stopSignals = ['SIGINT', 'SIGTERM'] as const;

export const commandSettings = z.strictObject({
  prepare: step.optional().describe('A dry run, whose lines become the plan. It changes nothing.'),
  synchronize: step.describe('What does it.'),
  repair: step
    .optional()
    .describe('Instead of synchronize, after a person approved it: see the line rule repair.'),
  resolve: z
    .record(z.string(), step)
    .optional()
    .describe('Per side, or kind.side: what keeps its version of the conflict {subject}.'),
  make: z
    .strictObject({ unless: word, command: z.array(text).min(1) })
    .optional()
    .describe('Run once before synchronize, as long as the path is not there.'),
  items: z
    .union([z.array(word).min(1), step], {
      error: 'it must be a list of names, or a step whose lines name them.',
    })
    .optional()
    .describe('What can be ticked: a list, or a step with rules for lines that are an item.'),
  folder: word.optional().describe('Where it is run; the home folder by default.'),
  environment: z.record(z.string(), text).optional().describe('Variables and their values.'),
  inherit: z.array(word).optional().describe('Further variables it may see of this program.'),
  secrets: z
    .record(z.string(), text)
    .optional()
    .describe('Variables whose values are secrets, by reference.'),
  lines: z.array(rule).optional().describe('What lines of the output say, for every step.'),
  exit: exit.optional(),
  stop: z
    .strictObject({ signal: z.enum(stopSignals).optional(), grace: duration.optional() })
    .optional()
    .describe('How it is stopped: SIGTERM, and killed 10s later, by default.'),
  'max-delete': maxDelete.optional(),
  requires: requires.optional().describe('A program it needs, and how to install it.'),
});

/** In a file a secret is a reference. */
export const reference = z.string({ error: 'it must be a reference.' }).refine(isSecretReference, {
  error: 'name where it is: env:NAME, file:PATH, command:PROGRAM or keyring:SERVICE/ACCOUNT.',
});

/** As a person writes them; the handler is given the secrets themselves. */
export const writtenSettings = commandSettings.extend({
  secrets: z
    .record(z.string(), reference)
    .optional()
    .describe('Variables and where each secret is.'),
});

export type CommandSettings = z.output<typeof commandSettings>;
export type Step = z.output<typeof step>;
export type Rule = z.output<typeof rule>;
export type ExitMap = z.output<typeof exit>;
export type ExitWord = z.output<typeof exitWord>;
export type Requirement = z.output<typeof requires>;
