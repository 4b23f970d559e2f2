// What may be said about running by itself, key by key. The old plain list of triggers is enough where
// a kind needs no more words.
import { z } from 'zod';
import { dayNames, missedRuns, worries } from '../model/terms.ts';
import { triggerKinds } from '../model/trigger.ts';
import { isNetwork } from '../stdx/address.ts';
import { cronFault } from '../stdx/cron.ts';
import { parseDuration, parseRate, parseShare } from '../stdx/quantity.ts';
import { isZone } from '../stdx/zone.ts';
import { hooksKeys } from './hooks-schema.ts';
import { web } from './notifications.ts';

const text = z.string({ error: 'it must be a text.' }).min(1, { error: 'it cannot be empty.' });
const flag = z.boolean({ error: 'it must be true or false.' });
const oneOf = (words: readonly string[]) => `it must be one of ${words.join(', ')}.`;

const duration = z
  .union([z.string(), z.number()], { error: 'it must be a time such as 30s or 2h.' })
  .refine((value) => parseDuration(String(value)) !== null, {
    error: 'it must be a time such as 30s, 15m, 2h or 1d.',
  });

const minuteMs = 60_000;

const interval = duration.refine((value) => (parseDuration(String(value)) ?? 0) >= minuteMs, {
  error: 'it must be at least 1m: nothing runs more than once a minute.',
});

const zone = z.string().refine(isZone, {
  error: ({ input }) => `there is no zone ${String(input)}. Write it as Europe/Vienna.`,
});

const cron = z
  .string({ error: 'it must be five fields as of cron: "0 3 * * *".' })
  .superRefine((value, context) => {
    const fault = cronFault(value);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
  });

const timing = {
  zone: zone.optional().describe('Whose clock; by default that of this computer.'),
  missed: z
    .enum(missedRuns, { error: oneOf(missedRuns) })
    .optional()
    .describe('What becomes of runs that nobody could do at their time; by default once.'),
  jitter: duration.optional().describe('Up to so much later, to spread many.'),
};

const oneSchedule = z.union(
  [
    cron,
    z.strictObject({ cron, ...timing }),
    z.strictObject({ every: interval, missed: timing.missed, jitter: timing.jitter }),
  ],
  { error: bySchedule },
);

/** Of the fault of a union, the sentence of the form that was meant. */
function bySchedule(issue: z.core.$ZodRawIssue): string {
  const { errors = [], input } = issue as unknown as Union;
  const meant =
    typeof input === 'string'
      ? 0
      : typeof input === 'object' && input !== null && 'every' in input
        ? 2
        : 1;
  const first = errors[meant]?.[0];
  if (first === undefined) return 'it must be five fields as of cron, or cron: or every: below it.';
  return first.path.length === 0 ? first.message : `${first.path.join('.')}: ${first.message}`;
}

interface Union {
  readonly errors?: readonly (readonly {
    readonly message: string;
    readonly path: readonly PropertyKey[];
  }[])[];
  readonly input: unknown;
}

const triggerMap = z.strictObject({
  schedule: z.union([oneSchedule, z.array(oneSchedule)], { error: byList }).optional(),
  connect: flag.optional(),
  'pending-disconnect': flag.optional(),
  idle: z
    .union([
      flag,
      z.strictObject({
        after: duration.optional(),
        repeat: z.union([duration, z.literal(false)]).optional(),
        'on-battery': flag.optional(),
      }),
    ])
    .optional(),
  change: z
    .union([flag, z.strictObject({ settle: duration.optional(), scan: interval.optional() })])
    .optional(),
  start: flag.optional(),
  volume: z.union([flag, text]).optional(),
});

function byList(issue: z.core.$ZodRawIssue): string {
  const { errors = [], input } = issue as unknown as Union;
  const first = errors[Array.isArray(input) ? 1 : 0]?.[0];
  return first?.message ?? 'it must be a schedule or a list of them.';
}

const listed = z.array(z.enum(triggerKinds, { error: oneOf(triggerKinds) }));

const triggers = z
  .union([listed, triggerMap], {
    error: 'it must be a list of kinds, or each kind with its words.',
  })
  .describe('When it runs by itself: a list of kinds, or each kind with its words.');

const clockTime = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, {
  error: 'it must be a time of day such as "22:00", in quotes.',
});

const window = z.strictObject({
  from: clockTime,
  to: clockTime,
  days: z.array(z.enum(dayNames, { error: oneOf(dayNames) })).optional(),
  zone: zone.optional(),
});

const networkRule = z.union(
  [
    z.strictObject({
      cidr: z.string().refine(isNetwork, { error: 'it must be a network such as 192.168.1.0/24.' }),
    }),
    z.strictObject({ gateway: text }),
    z.strictObject({ ssid: text }),
  ],
  { error: 'it must be cidr:, gateway: or ssid:, such as cidr: 192.168.1.0/24.' },
);

const conditions = z
  .strictObject({
    metered: flag.optional().describe('false: not where what is carried is paid for by amount.'),
    battery: z
      .union([z.literal(false), z.string().refine((value) => parseShare(value) !== null)], {
        error: 'it must be false, or the least charge such as 30%.',
      })
      .optional()
      .describe('false: not on battery. 30%: on battery with so much charge.'),
    networks: z.array(networkRule).optional().describe('In one of these networks only.'),
    reachable: text.optional().describe('host:port, or a path, that must answer.'),
    between: z.array(window).optional().describe('In one of these windows of time only.'),
    command: z.array(text).min(1).optional().describe('A program that says so by ending with 0.'),
  })
  .describe(
    'What must hold before it starts by itself. What cannot be found out holds nothing back.',
  );

const rates = z.array(
  window.extend({
    rate: z.string().refine((value) => parseRate(value) !== null, {
      error: 'it must be bytes a second such as 500K or 10M, or off.',
    }),
  }),
);

export const termsKeys = {
  ...hooksKeys,
  triggers: triggers.optional(),
  conditions: conditions.optional(),
  retry: z
    .union([
      z.literal(false),
      z.strictObject({ first: duration.optional(), max: duration.optional() }),
    ])
    .optional()
    .describe('Trying again after a failure that may pass; false: not by itself.'),
  'fresh-within': duration
    .optional()
    .describe('It is stale when it has not succeeded for so long.'),
  priority: z.number().int({ error: 'it must be a whole number.' }).min(-100).max(100).optional(),
  'bandwidth-times': rates
    .optional()
    .describe('Other limits at certain hours; the first that is open counts.'),
  notify: z
    .union([
      z.literal(false),
      z.strictObject({
        of: z.array(z.enum(worries, { error: oneOf(worries) })).optional(),
        after: duration.optional(),
      }),
    ])
    .optional()
    .describe('What you are told of when you are not looking; false: nothing.'),
  ping: web
    .optional()
    .describe('Called when a run ends well; with /start when it begins, with /fail when it fails.'),
};

/** What may be said once for all partnerships. */
const { retry, notify, 'fresh-within': freshWithin, 'bandwidth-times': bandwidthTimes } = termsKeys;
export const usualTermsKeys = {
  retry,
  notify,
  'fresh-within': freshWithin,
  'bandwidth-times': bandwidthTimes,
};

const atLeastOne = z
  .number()
  .int({ error: 'it must be a whole number.' })
  .min(1, { error: 'it must be at least 1.' });

export const limits = z
  .strictObject({
    sessions: atLeastOne.optional(),
    handlers: z.record(text, atLeastOne).optional(),
    history: z
      .strictObject({
        days: atLeastOne.max(36_500, { error: 'it must be at most 36500.' }).optional(),
        sessions: atLeastOne.optional(),
      })
      .optional()
      .describe(
        'How long ended sessions stay, with their log: days (90), and per partnership (500).',
      ),
  })
  .describe('How many sessions may run at once, and how much of the past stays.');

const termsWords = z.strictObject(termsKeys);
export type TermsWords = z.infer<typeof termsWords>;
export type LimitWords = z.infer<typeof limits>;
