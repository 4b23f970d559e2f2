// How a partnership runs by itself, as fields of a form: from the words of its file, and back to them.
// Words may stand there in more than one form; what the form writes is the one that says the same.
import type { JsonObject } from '../data/shapes.ts';

type Json = JsonObject[string];

export type Missed = 'none' | 'once' | 'all';

export interface ScheduleForm {
  readonly is: 'cron' | 'every';
  readonly cron: string;
  /** Empty: the computer's. */
  readonly zone: string;
  readonly every: string;
  readonly missed: Missed;
  readonly jitter: string;
}

export interface TriggersForm {
  readonly schedules: readonly ScheduleForm[];
  readonly connect: boolean;
  readonly pendingDisconnect: boolean;
  readonly start: boolean;
  /** Empty times mean the usual ones; `repeat` null: once. */
  readonly idle: {
    readonly after: string;
    readonly repeat: string | null;
    readonly onBattery: boolean;
  } | null;
  readonly change: { readonly settle: string; readonly scan: string } | null;
  /** Empty: any on which one of its folders stands. */
  readonly volume: string | null;
}

export interface WindowForm {
  readonly from: string;
  readonly to: string;
  readonly days: readonly string[];
  readonly zone: string;
}

const networkKinds = ['ssid', 'cidr', 'gateway'] as const;

export interface NetworkForm {
  readonly is: (typeof networkKinds)[number];
  readonly value: string;
}

export interface ConditionsForm {
  readonly notMetered: boolean;
  /** Empty: never mind; `never`, or a share such as 30%. */
  readonly battery: string;
  readonly networks: readonly NetworkForm[];
  readonly reachable: string;
  readonly windows: readonly WindowForm[];
}

export const newSchedule: ScheduleForm = {
  is: 'cron',
  cron: '0 3 * * *',
  zone: '',
  every: '2h',
  missed: 'once',
  jitter: '',
};

export const newWindow: WindowForm = { from: '22:00', to: '06:00', days: [], zone: '' };

export function triggersForm(said: Json | undefined): TriggersForm {
  const map = Array.isArray(said)
    ? Object.fromEntries(said.map((kind) => [String(kind), true]))
    : objectOf(said);
  const isOn = (key: string) => map[key] !== undefined && map[key] !== false;
  const idle = objectOf(map.idle);
  const change = objectOf(map.change);
  return {
    schedules: [map.schedule ?? []].flat().flatMap(scheduleForm),
    connect: isOn('connect'),
    pendingDisconnect: isOn('pending-disconnect'),
    start: isOn('start'),
    idle: isOn('idle')
      ? {
          after: textOf(idle.after),
          repeat: idle.repeat === false ? null : textOf(idle.repeat),
          onBattery: idle['on-battery'] === true,
        }
      : null,
    change: isOn('change') ? { settle: textOf(change.settle), scan: textOf(change.scan) } : null,
    volume: isOn('volume') ? (typeof map.volume === 'string' ? map.volume : '') : null,
  };
}

function scheduleForm(said: Json): readonly ScheduleForm[] {
  if (typeof said === 'string') return [{ ...newSchedule, cron: said }];
  const map = objectOf(said);
  if (map.cron === undefined && map.every === undefined) return [];
  const missed = map.missed === 'none' || map.missed === 'all' ? map.missed : 'once';
  return [
    {
      is: map.every === undefined ? 'cron' : 'every',
      cron: map.cron === undefined ? newSchedule.cron : textOf(map.cron),
      zone: textOf(map.zone),
      every: map.every === undefined ? newSchedule.every : textOf(map.every),
      missed,
      jitter: textOf(map.jitter),
    },
  ];
}

/** Null: nothing starts it by itself. */
export function triggersWords(form: TriggersForm): JsonObject | null {
  const { idle, change, volume } = form;
  const words = present({
    schedule: form.schedules.length === 0 ? undefined : form.schedules.map(scheduleWords),
    connect: form.connect || undefined,
    'pending-disconnect': form.pendingDisconnect || undefined,
    idle:
      idle === null
        ? undefined
        : orTrue({
            after: idle.after || undefined,
            repeat: idle.repeat === null ? false : idle.repeat || undefined,
            'on-battery': idle.onBattery || undefined,
          }),
    change:
      change === null
        ? undefined
        : orTrue({ settle: change.settle || undefined, scan: change.scan || undefined }),
    start: form.start || undefined,
    volume: volume === null ? undefined : volume || true,
  });
  return Object.keys(words).length === 0 ? null : words;
}

function scheduleWords({ is, cron, zone, every, missed, jitter }: ScheduleForm): Json {
  const more = {
    missed: missed === 'once' ? undefined : missed,
    jitter: jitter || undefined,
  };
  if (is === 'every') return present({ every, ...more });
  const words = present({ cron, zone: zone || undefined, ...more });
  return Object.keys(words).length === 1 ? cron : words;
}

export function conditionsForm(said: Json | undefined): ConditionsForm {
  const map = objectOf(said);
  return {
    notMetered: map.metered === false,
    battery: map.battery === false ? 'never' : textOf(map.battery),
    networks: listOf(map.networks).flatMap((one) => {
      const is = networkKinds.find((kind) => objectOf(one)[kind] !== undefined);
      return is === undefined ? [] : [{ is, value: textOf(objectOf(one)[is]) }];
    }),
    reachable: textOf(map.reachable),
    windows: listOf(map.between).map(windowForm),
  };
}

export function conditionsWords(form: ConditionsForm): JsonObject | null {
  const words = present({
    metered: form.notMetered ? false : undefined,
    battery: form.battery === 'never' ? false : form.battery || undefined,
    networks:
      form.networks.length === 0
        ? undefined
        : form.networks.map(({ is, value }) => ({ [is]: value })),
    reachable: form.reachable || undefined,
    between: form.windows.length === 0 ? undefined : form.windows.map(windowWords),
  });
  return Object.keys(words).length === 0 ? null : words;
}

export function windowForm(said: Json): WindowForm {
  const { from, to, days, zone } = objectOf(said);
  return {
    from: timeOf(from),
    to: timeOf(to),
    days: listOf(days).map(String),
    zone: textOf(zone),
  };
}

export function windowWords({ from, to, days, zone }: WindowForm): JsonObject {
  return present({
    from,
    to,
    days: days.length === 0 ? undefined : [...days],
    zone: zone || undefined,
  });
}

/** `8:00` as a field for times has it. */
const timeOf = (said: Json | undefined) => textOf(said).replace(/^(\d:)/, '0$1');

const orTrue = (words: Readonly<Record<string, Json | undefined>>): Json => {
  const said = present(words);
  return Object.keys(said).length === 0 ? true : said;
};

/** Without what is not said. */
export function present(words: Readonly<Record<string, Json | undefined>>): JsonObject {
  const said = Object.entries(words).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as JsonObject;
}

export function objectOf(said: Json | undefined): JsonObject {
  return typeof said === 'object' && said !== null && !Array.isArray(said)
    ? (said as JsonObject)
    : {};
}

export const listOf = (said: Json | undefined): readonly Json[] =>
  Array.isArray(said) ? said : [];

/** Numbers stand in files as well as texts: a bare one is seconds, or bytes. */
export const textOf = (said: Json | undefined): string =>
  typeof said === 'string' || typeof said === 'number' ? String(said) : '';
