// From the words of a file to terms, defaults filled in.
import {
  type Conditions,
  dayNames,
  type Limits,
  type NetworkRule,
  type ProbeTarget,
  plainConditions,
  plainHistory,
  plainLimits,
  plainTerms,
  type Schedule,
  type Terms,
  type TimeWindow,
} from '../model/terms.ts';
import type { TriggerKind } from '../model/trigger.ts';
import { parseDuration, parseRate, parseShare } from '../stdx/quantity.ts';
import { followsOf, hooksOf } from './hooks.ts';
import type { LimitWords, TermsWords } from './terms-schema.ts';

type Triggers = NonNullable<TermsWords['triggers']>;
type TriggerMap = Exclude<Triggers, readonly unknown[]>;
type Duration = string | number;

const ms = (value: Duration | undefined, otherwise: number): number =>
  value === undefined ? otherwise : (parseDuration(String(value)) ?? otherwise);

export function triggersOf(words: Triggers | undefined): readonly TriggerKind[] {
  if (words === undefined) return [];
  if (isList(words)) return words;
  const said = Object.entries(words) as [TriggerKind, unknown][];
  return said.filter(([, value]) => value !== undefined && value !== false).map(([kind]) => kind);
}

export function termsOf(words: TermsWords): Terms {
  const map = words.triggers === undefined || isList(words.triggers) ? {} : words.triggers;
  const { retry, notify } = words;
  return {
    schedules: schedulesOf(map.schedule),
    idle: idleOf(map.idle),
    change: changeOf(map.change),
    volume: typeof map.volume === 'string' ? map.volume : null,
    conditions: conditionsOf(words.conditions),
    retry: {
      isWanted: retry !== false,
      firstMs: ms(retry === false ? undefined : retry?.first, plainTerms.retry.firstMs),
      maxMs: ms(retry === false ? undefined : retry?.max, plainTerms.retry.maxMs),
    },
    freshWithinMs: words['fresh-within'] === undefined ? null : ms(words['fresh-within'], 0),
    priority: words.priority ?? 0,
    bandwidth: (words['bandwidth-times'] ?? []).map((one) => ({
      window: windowOf(one),
      rate: parseRate(one.rate) ?? 0,
    })),
    ping: words.ping ?? null,
    hooks: hooksOf(words.hooks),
    follows: followsOf(words.after),
    notify: {
      of: notify === false ? [] : (notify?.of ?? plainTerms.notify.of),
      afterMs: ms(notify === false ? undefined : notify?.after, plainTerms.notify.afterMs),
    },
  };
}

export function limitsOf(words: LimitWords | undefined): Limits {
  return {
    sessions: words?.sessions ?? plainLimits.sessions,
    handlers: words?.handlers ?? plainLimits.handlers,
    history: {
      days: words?.history?.days ?? plainHistory.days,
      sessions: words?.history?.sessions ?? plainHistory.sessions,
    },
  };
}

const isList = (words: Triggers): words is Extract<Triggers, readonly unknown[]> =>
  Array.isArray(words);

function schedulesOf(words: TriggerMap['schedule']): readonly Schedule[] {
  if (words === undefined) return [];
  return (Array.isArray(words) ? words : [words]).map((one): Schedule => {
    if (typeof one === 'string') return { at: cronAt(one), missed: 'once', jitterMs: 0 };
    const at: Schedule['at'] =
      'every' in one ? { kind: 'interval', everyMs: ms(one.every, 0) } : cronAt(one.cron, one.zone);
    return { at, missed: one.missed ?? 'once', jitterMs: ms(one.jitter, 0) };
  });
}

const cronAt = (expression: string, zone: string | undefined = undefined): Schedule['at'] => ({
  kind: 'cron',
  expression: expression.trim(),
  zone: zone ?? null,
});

function idleOf(words: TriggerMap['idle']): Terms['idle'] {
  const said = typeof words === 'object' ? words : {};
  const usual = plainTerms.idle;
  return {
    afterMs: ms(said.after, usual.afterMs),
    repeatMs: said.repeat === false ? null : ms(said.repeat, usual.repeatMs ?? 0),
    onBattery: said['on-battery'] ?? usual.onBattery,
  };
}

function changeOf(words: TriggerMap['change']): Terms['change'] {
  const said = typeof words === 'object' ? words : {};
  const { settleMs, scanEveryMs } = plainTerms.change;
  return { settleMs: ms(said.settle, settleMs), scanEveryMs: ms(said.scan, scanEveryMs) };
}

const never = 2;

function conditionsOf(words: TermsWords['conditions']): Conditions {
  if (words === undefined) return plainConditions;
  const { metered, battery, networks, reachable, between, command } = words;
  return {
    metered: metered ?? true,
    battery: battery === undefined ? null : battery === false ? never : (parseShare(battery) ?? 0),
    networks: (networks ?? []).map(networkOf),
    target: reachable === undefined ? null : targetOf(reachable),
    windows: (between ?? []).map(windowOf),
    command: command ?? null,
  };
}

type NetworkWords = NonNullable<NonNullable<TermsWords['conditions']>['networks']>[number];

function networkOf(words: NetworkWords): NetworkRule {
  if ('cidr' in words) return { kind: 'cidr', cidr: words.cidr };
  if ('gateway' in words) return { kind: 'gateway', gateway: words.gateway };
  return { kind: 'ssid', ssid: words.ssid };
}

/** `host:port` is one to be called, all else a path. */
function targetOf(text: string): ProbeTarget {
  const called = /^\[?([^/\\\]]+)\]?:(\d{1,5})$/.exec(text);
  if (called === null) return { kind: 'path', path: text };
  return { kind: 'tcp', host: called[1] ?? '', port: Number(called[2]) };
}

interface WindowWords {
  readonly from: string;
  readonly to: string;
  readonly days?: readonly (typeof dayNames)[number][] | undefined;
  readonly zone?: string | undefined;
}

function windowOf({ from, to, days, zone }: WindowWords): TimeWindow {
  return {
    days: (days ?? []).map((day) => dayNames.indexOf(day) + 1),
    fromMinute: minutes(from),
    toMinute: minutes(to),
    zone: zone ?? null,
  };
}

function minutes(text: string): number {
  const [hour, minute] = text.split(':');
  return Number(hour) * 60 + Number(minute);
}
