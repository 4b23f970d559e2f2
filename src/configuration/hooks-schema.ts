// Hooks and chains as a person writes them.
import { z } from 'zod';
import { followConditions, hookMoments, hookOutcomes } from '../model/hooks.ts';
import { isSecretReference } from '../ports/secrets.ts';
import { parseDuration } from '../stdx/quantity.ts';

const word = z.string().min(1, { error: 'it cannot be empty.' });
const argumentsOf = z.array(z.string()).min(1, { error: 'it must name a program.' });

const duration = z
  .union([z.string(), z.number()])
  .refine((value) => (parseDuration(String(value)) ?? 0) > 0, {
    error: 'it must be a time such as 30s or 5m.',
  });

const reference = z.string({ error: 'it must be a reference.' }).refine(isSecretReference, {
  error: 'name where it is: env:NAME, file:PATH, command:PROGRAM or keyring:SERVICE/ACCOUNT.',
});

const full = z
  .strictObject({
    command: z.union([argumentsOf, word]),
    shell: z.boolean().optional().describe('The command is one text, for the shell.'),
    secrets: z
      .record(z.string(), reference)
      .optional()
      .describe('Variables and where each secret is; what it prints is cleaned of them.'),
    timeout: duration.optional().describe('It is stopped after this time; one minute by default.'),
    outcome: z
      .enum(hookOutcomes, { error: `it must be one of ${hookOutcomes.join(', ')}.` })
      .optional()
      .describe('What a before that fails means: ignore, cancel (declined) or fatal (failed).'),
  })
  .refine(({ command, shell }) => Array.isArray(command) !== (shell === true), {
    error: 'it must be a list; or one text, with shell: true.',
    path: ['command'],
  });

const hook = z.union([argumentsOf, full], {
  error: 'it must be a list: the program and its arguments; or command: with more.',
});

const one = z.union([
  word,
  z.strictObject({
    partnership: word,
    when: z
      .enum(followConditions, { error: `it must be one of ${followConditions.join(', ')}.` })
      .optional(),
  }),
]);

export const hooksKeys = {
  hooks: z
    .partialRecord(z.enum(hookMoments), hook, {
      error: `it must hold some of ${hookMoments.join(', ')}.`,
    })
    .superRefine((said, context) => {
      for (const [moment, value] of Object.entries(said)) {
        if (moment === 'before' || Array.isArray(value) || value.outcome === undefined) continue;
        const message = 'only a before decides what becomes of its session.';
        context.addIssue({ code: 'custom', path: [moment, 'outcome'], message });
      }
    })
    .optional()
    .describe('Commands around each session: before, after, on-failure, on-conflict.'),
  after: z
    .union([one, z.array(one)], { error: 'it must name a partnership, or several.' })
    .optional()
    .describe('Runs when that partnership has: when: succeeded (default), failed or always.'),
};

const hooksWords = z.strictObject(hooksKeys);
export type HooksWords = z.infer<typeof hooksWords>;
