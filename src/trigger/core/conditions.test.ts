import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkConnection, NetworkState } from '../../model/surroundings.ts';
import { type Conditions, plainConditions } from '../../model/terms.ts';
import { type Facts, judge } from './conditions.ts';
import { changesAt, rateAt } from './timetable.ts';
import { windowState } from './window.ts';

const unknown: Facts = { network: null, power: null, answers: null, check: null };
const connection = (more: Partial<NetworkConnection> = {}): NetworkConnection => ({
  name: 'eth0',
  kind: 'wired',
  addresses: ['192.168.1.7/24', 'fe80::1/64'],
  gateway: '192.168.1.1',
  ssid: null,
  ...more,
});
const network = (more: Partial<NetworkState> = {}): NetworkState => ({
  online: true,
  metered: false,
  connections: [connection()],
  ...more,
});

/** `fine`, `unsure`, or what was observed. */
function verdict(conditions: Partial<Conditions>, facts: Partial<Facts>, now = 0): string {
  const { holds, unsure } = judge(
    { ...plainConditions, ...conditions },
    { ...unknown, ...facts },
    now,
    'UTC',
  );
  assert.ok(holds.length + unsure.length <= 1);
  if (unsure.length > 0) return 'unsure';
  return holds[0]?.observed ?? 'fine';
}

const rows: readonly (readonly [string, Partial<Conditions>, Partial<Facts>, string])[] = [
  ['nothing is asked', {}, {}, 'fine'],
  ['metered is allowed', {}, { network: network({ metered: true }) }, 'fine'],
  [
    'metered is not',
    { metered: false },
    { network: network({ metered: true }) },
    'the network is metered',
  ],
  ['not metered', { metered: false }, { network: network() }, 'fine'],
  ['metered or not', { metered: false }, { network: network({ metered: null }) }, 'unsure'],
  ['on mains', { battery: 0.3 }, { power: { onBattery: false, charge: 0.1 } }, 'fine'],
  ['enough charge', { battery: 0.3 }, { power: { onBattery: true, charge: 0.3 } }, 'fine'],
  [
    'little charge',
    { battery: 0.3 },
    { power: { onBattery: true, charge: 0.2 } },
    'on battery, 20 %',
  ],
  ['some charge', { battery: 0.3 }, { power: { onBattery: true, charge: null } }, 'unsure'],
  ['battery or not', { battery: 0.3 }, { power: { onBattery: null, charge: 0.1 } }, 'unsure'],
  [
    'battery or not, never on it',
    { battery: 2 },
    { power: { onBattery: null, charge: 1 } },
    'unsure',
  ],
  ['never on battery', { battery: 2 }, { power: { onBattery: true, charge: 1 } }, 'on battery'],
  ['mains, charge unknown', { battery: 2 }, { power: { onBattery: false, charge: null } }, 'fine'],
  [
    'here',
    { networks: [{ kind: 'cidr', cidr: '192.168.0.0/16' }] },
    { network: network() },
    'fine',
  ],
  [
    'elsewhere',
    { networks: [{ kind: 'cidr', cidr: '10.0.0.0/8' }] },
    { network: network() },
    'eth0 192.168.1.7/24',
  ],
  [
    'no connection',
    { networks: [{ kind: 'cidr', cidr: '10.0.0.0/8' }] },
    { network: network({ connections: [] }) },
    'no connection',
  ],
  [
    'by gateway',
    { networks: [{ kind: 'gateway', gateway: '192.168.1.1' }] },
    { network: network() },
    'fine',
  ],
  [
    'one of several',
    {
      networks: [
        { kind: 'ssid', ssid: 'X' },
        { kind: 'gateway', gateway: '192.168.1.1' },
      ],
    },
    { network: network() },
    'fine',
  ],
  [
    'ssid of a cable',
    { networks: [{ kind: 'ssid', ssid: 'Home' }] },
    { network: network() },
    'eth0 192.168.1.7/24',
  ],
  [
    'ssid unread',
    { networks: [{ kind: 'ssid', ssid: 'Home' }] },
    { network: network({ connections: [connection({ kind: 'wireless' })] }) },
    'unsure',
  ],
  [
    'networks unknown',
    { networks: [{ kind: 'ssid', ssid: 'Home' }] },
    { network: network({ online: null, connections: [] }) },
    'unsure',
  ],
  ['answers', { target: { kind: 'tcp', host: 'nas', port: 22 } }, { answers: true }, 'fine'],
  ['silent', { target: { kind: 'path', path: '/mnt' } }, { answers: false }, 'it does not answer'],
  ['not asked', { target: { kind: 'path', path: '/mnt' } }, {}, 'unsure'],
  ['command says yes', { command: ['ok'] }, { check: 0 }, 'fine'],
  ['command says no', { command: ['ok'] }, { check: 3 }, 'it ended with 3'],
  ['command is missing', { command: ['ok'] }, { check: 127 }, 'unsure'],
  ['command may not be run', { command: ['ok'] }, { check: 126 }, 'unsure'],
  ['command did not end', { command: ['ok'] }, { check: null }, 'unsure'],
];

test('each condition holds back by what was observed, and never by what is unknown', () => {
  for (const [what, conditions, facts, expected] of rows) {
    assert.equal(verdict(conditions, facts), expected, what);
  }
});

test('a condition is told in words, with what was seen', () => {
  const told = (conditions: Partial<Conditions>, facts: Partial<Facts>, now = 0) => {
    const [hold] = judge(
      { ...plainConditions, ...conditions },
      { ...unknown, ...facts },
      now,
      'UTC',
    ).holds;
    return [hold?.text, hold?.observed];
  };
  const connections = [connection(), connection({ name: 'wlan0', ssid: 'Café', addresses: [] })];
  const networks: Conditions['networks'] = [
    { kind: 'cidr', cidr: '10.0.0.0/8' },
    { kind: 'gateway', gateway: '10.0.0.1' },
    { kind: 'ssid', ssid: 'Home' },
  ];
  assert.deepEqual(told({ networks }, { network: network({ connections }) }), [
    'It runs only in the network 10.0.0.0/8 or with gateway 10.0.0.1 or called Home.',
    'eth0 192.168.1.7/24, wlan0 Café',
  ]);
  assert.deepEqual(told({ target: { kind: 'path', path: '/mnt' } }, { answers: false }), [
    '/mnt must answer.',
    'it does not answer',
  ]);
  assert.deepEqual(told({ command: ['may-run', '-q'] }, { check: 1 }), [
    'may-run must say that it may run, by ending with 0.',
    'it ended with 1',
  ]);
  assert.deepEqual(told({ windows: [window(1, 2)] }, {}), [
    'It runs only in its time window.',
    'the window is shut',
  ]);
});

test('one open window of several is enough, and of shut ones the first to open counts', () => {
  const windows = [window(1, 2), window(4, 6), window(0, 3, [9])];
  const [shut] = judge(
    { ...plainConditions, windows },
    unknown,
    at('2026-11-27T00:30:00Z'),
    'UTC',
  ).holds;
  assert.equal(shut?.until, at('2026-11-27T01:00:00Z'));
  assert.equal(verdict({ windows }, {}, at('2026-11-27T05:00:00Z')), 'fine');
  const [never] = judge({ ...plainConditions, windows: windows.slice(2) }, unknown, 0, 'UTC').holds;
  assert.equal(never?.until, null);
});

test('everything that holds it back is named, and what could not be judged beside it', () => {
  const wanted: Conditions = {
    metered: false,
    battery: 2,
    networks: [{ kind: 'ssid', ssid: 'Home' }],
    target: { kind: 'tcp', host: 'nas', port: 22 },
    windows: [{ days: [], fromMinute: 60, toMinute: 120, zone: null }],
    command: ['ok'],
  };
  const facts: Facts = {
    network: network({ metered: true }),
    power: { onBattery: true, charge: 0.5 },
    answers: false,
    check: null,
  };
  const { holds, unsure } = judge(wanted, facts, 0, 'UTC');
  assert.deepEqual(
    holds.map(({ kind, text, until }) => [kind, text, until]),
    [
      ['condition', 'It does not run where what is carried is paid for by amount.', null],
      ['condition', 'It does not run on battery.', null],
      ['condition', 'It runs only in the network called Home.', null],
      ['condition', 'nas:22 must answer.', null],
      ['condition', 'It runs only in its time window.', 3_600_000],
    ],
  );
  assert.deepEqual(
    unsure.map(({ observed }) => observed),
    ['unknown'],
  );
});

const at = (text: string) => Date.parse(text);
const window = (
  from: number,
  to: number,
  days: readonly number[] = [],
  zone: string | null = null,
) => ({
  days,
  fromMinute: from * 60,
  toMinute: to * 60,
  zone,
});

test('a window over midnight belongs to the day on which it opens', () => {
  // 2026-11-27 is a Friday.
  const nights = window(22, 6, [5]);
  const states = [
    ['2026-11-27T21:59:00Z', false, '2026-11-27T22:00:00Z'],
    ['2026-11-27T22:00:00Z', true, '2026-11-28T06:00:00Z'],
    ['2026-11-28T05:59:59Z', true, '2026-11-28T06:00:00Z'],
    ['2026-11-28T06:00:00Z', false, '2026-12-04T22:00:00Z'],
    ['2026-11-27T05:00:00Z', false, '2026-11-27T22:00:00Z'],
  ] as const;
  for (const [now, isOpen, changesAt] of states) {
    assert.deepEqual(windowState(nights, at(now), 'UTC'), { isOpen, changesAt: at(changesAt) });
  }
});

test('CK-08 a window follows the clock of its zone, also on the night that it changes', () => {
  const early = window(1, 5, [], 'Europe/Vienna');
  // That night the clock goes from 2 to 3: three hours instead of four.
  assert.deepEqual(windowState(early, at('2026-03-29T00:30:00Z'), 'UTC'), {
    isOpen: true,
    changesAt: at('2026-03-29T03:00:00Z'),
  });
  const allDay = window(0, 0);
  assert.equal(windowState(allDay, at('2026-03-29T12:00:00Z'), 'Europe/Vienna').isOpen, true);
});

test('a timetable says when another rate may count', () => {
  const table = [
    { window: window(8, 18), rate: 500 },
    { window: window(12, 13), rate: 100 },
  ];
  assert.equal(changesAt(table, at('2026-11-27T09:00:00Z'), 'UTC'), at('2026-11-27T12:00:00Z'));
  assert.equal(changesAt([{ window: window(0, 0, [9]), rate: 0 }], 0, 'UTC'), null);
  assert.equal(changesAt([], 0, 'UTC'), null);
});

test('a timetable says how fast by the first window that is open', () => {
  const table = [
    { window: window(8, 18, [1, 2, 3, 4, 5]), rate: 500 },
    { window: window(0, 0), rate: 0 },
  ];
  assert.equal(rateAt(table, at('2026-11-27T12:00:00Z'), 'UTC'), 500);
  assert.equal(rateAt(table, at('2026-11-28T12:00:00Z'), 'UTC'), 0);
  assert.equal(rateAt([], 0, 'UTC'), null);
});
