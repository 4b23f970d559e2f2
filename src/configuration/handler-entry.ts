// One entry of `handlers:` in config.yaml: a module by its name alone, or with what else is to be known
// of it, or a program with its surroundings.
import { z } from 'zod';
import {
  type HandlerPatience,
  type HandlerSource,
  usualBlockedMs,
  usualPatience,
} from '../model/handler-source.ts';
import { isSecretReference } from '../ports/secrets.ts';
import { parseDuration, parseSize } from '../stdx/quantity.ts';

const word = z.string({ error: 'it must be a text.' }).min(1, { error: 'it cannot be empty.' });

const duration = z
  .union([z.number(), z.string()])
  .refine((text) => (parseDuration(String(text)) ?? 0) > 0, {
    error: 'it must be a time such as 90s or 5m.',
  });

const size = z
  .union([z.number(), z.string()])
  .refine((text) => (parseSize(String(text)) ?? 0) > 0, {
    error: 'it must be a size such as 512M.',
  });

const patience = {
  warning: duration.optional().describe('Without progress for so long: a line in the log. 60s.'),
  stuck: duration.optional().describe('Without progress for so long: it is told to stop. 5m.'),
};

const moduleEntry = z.strictObject({
  module: word.describe('A path, relative to this file, or a package beside syncmgr.'),
  timeouts: z
    .strictObject({
      ...patience,
      blocked: duration
        .optional()
        .describe('Nothing else runs for so long: it is moved to a process of its own. 30s.'),
    })
    .optional()
    .describe('Without warning: and stuck:, it may take its time.'),
});

const programEntry = z.strictObject({
  command: z
    .array(word, { error: 'it must be a list: the program, then its arguments.' })
    .min(1, { error: 'it must name a program.' })
    .describe(
      'Program and arguments. A program with a / is a path, and so is an argument that begins with ./, ../ or ~/: relative to this file.',
    ),
  folder: word.optional().describe('Where it works; by default a folder of its own.'),
  environment: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*(=.*)?$/s, { error: 'it must be NAME or NAME=value.' }),
      {
        error: 'it must be a list of NAME and NAME=value.',
      },
    )
    .optional()
    .describe('Variables it sees beside the usual ones: NAME passes one on, NAME=value sets it.'),
  secrets: z
    .record(
      word,
      z.string().refine(isSecretReference, {
        error:
          'it must be a reference: env:NAME, file:PATH, command:PROGRAM or keyring:SERVICE/ACCOUNT.',
      }),
    )
    .optional()
    .describe('Handed to it through the pipe, by these names.'),
  limits: z
    .strictObject({
      memory: size.optional().describe('Memory it may use.'),
      cpu: duration.optional().describe('Time of the processor it may use in one session.'),
    })
    .optional(),
  timeouts: z
    .strictObject({
      handshake: duration.optional().describe('To introduce itself. 10s.'),
      ...patience,
    })
    .optional(),
});

/** One of the two by what it has, so that an error is about that one. */
export const handlerEntry = z.union([word, moduleEntry, programEntry], {
  error: 'it must be a module, or an object with command: or module:.',
});

export type HandlerEntry = z.infer<typeof handlerEntry>;

const usualHandshakeMs = 10_000;

export function handlerSource(entry: HandlerEntry): HandlerSource {
  if (typeof entry === 'string') return moduleSource({ module: entry });
  if ('module' in entry) return moduleSource(entry);
  const { command, folder, environment, secrets, limits = {}, timeouts = {} } = entry;
  const memoryBytes = limits.memory === undefined ? null : parseSize(String(limits.memory));
  const cpuMs = limits.cpu === undefined ? null : parseDuration(String(limits.cpu));
  return {
    command,
    folder: folder ?? null,
    environment: environment ?? [],
    secrets: secrets ?? {},
    limits: {
      ...(memoryBytes !== null && { memoryBytes }),
      ...(cpuMs !== null && { cpuSeconds: Math.ceil(cpuMs / 1_000) }),
    },
    handshakeMs: milliseconds(timeouts.handshake) ?? usualHandshakeMs,
    patience: patienceOf(timeouts),
  };
}

function moduleSource({ module, timeouts = {} }: z.infer<typeof moduleEntry>): HandlerSource {
  const { blocked, ...patience } = timeouts;
  return {
    module,
    patience: Object.keys(patience).length === 0 ? null : patienceOf(patience),
    blockedMs: milliseconds(blocked) ?? usualBlockedMs,
  };
}

type Time = string | number | undefined;

function patienceOf(times: { readonly warning?: Time; readonly stuck?: Time }): HandlerPatience {
  return {
    warnMs: milliseconds(times.warning) ?? usualPatience.warnMs,
    stuckMs: milliseconds(times.stuck) ?? usualPatience.stuckMs,
  };
}

const milliseconds = (time: Time) => (time === undefined ? null : parseDuration(String(time)));
