// `notifications:` of the main file: by which ways a person is told.
import { z } from 'zod';
import { type NotifyWays, plainNotifyWays } from '../model/notify-ways.ts';
import { isSecretReference } from '../ports/secrets.ts';

const address = (schemes: readonly string[], example: string) =>
  z
    .string({ error: `it must be an address such as ${example}.` })
    .refine((text) => isSecretReference(text) || isAddress(text, schemes), {
      error: `it must be an address such as ${example}, or a reference to one (env:, file: …).`,
    });

export const web = address(['http:', 'https:'], 'https://example.org/hook');
const mailbox = z
  .string({ error: 'it must be a mail address.' })
  .regex(/^[^\s<>]+@[^\s<>]+$|^.+ <[^\s<>]+@[^\s<>]+>$/, { error: 'it must be a mail address.' });

export const notifications = z
  .strictObject({
    desktop: z
      .boolean({ error: 'it must be true or false.' })
      .optional()
      .describe('Show it on the desktop; by default where there is one.'),
    command: z
      .array(z.string(), { error: 'it must be a list: a program and its arguments.' })
      .min(1, { error: 'it must name a program.' })
      .optional()
      .describe('A program that tells; it finds the text in SYNCMGR_TITLE and SYNCMGR_TEXT.'),
    webhook: web.optional().describe('An address that is sent the text as JSON.'),
    mail: z
      .strictObject({
        server: address(['smtp:', 'smtps:'], 'smtps://me@mail.example.org'),
        password: z
          .string({ error: 'it must be a reference to a secret.' })
          .refine(isSecretReference, {
            error:
              'it must be a reference: env:NAME, file:PATH, command:PROGRAM or keyring:SERVICE/ACCOUNT.',
          })
          .optional(),
        from: mailbox,
        to: z.union([mailbox, z.array(mailbox).min(1)], {
          error: 'it must be a mail address, or a list.',
        }),
      })
      .optional()
      .describe('Mail, by a server of yours.'),
    ping: web
      .optional()
      .describe('Called every minute: whoever waits there raises the alarm when it stays away.'),
  })
  .describe('By which ways you are told of what does not go well.');

type Words = z.infer<typeof notifications>;

export function notifyWaysOf(words: Words | undefined): NotifyWays {
  if (words === undefined) return plainNotifyWays;
  const { desktop, command, webhook, mail, ping } = words;
  return {
    desktop: desktop === undefined ? 'if-there' : desktop ? 'yes' : 'no',
    command: command ?? null,
    webhook: webhook ?? null,
    mail:
      mail === undefined
        ? null
        : {
            server: mail.server,
            password: mail.password ?? null,
            from: mail.from,
            to: [mail.to].flat(),
          },
    ping: ping ?? null,
  };
}

function isAddress(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol);
}
