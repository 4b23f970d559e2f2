// What a session does next. Pure: the runner feeds signals in and carries out the orders that come
// back, so the machine is one table, and step.test.ts walks its cells.
//
// Four rows need a reason. `stop` never ends a session by itself: a handler still writing must not
// overlap the next session of its partnership, so whatever it says next ends the session as stopped.
// A pause asked for before the work is remembered, and holds the session back when its turn comes.
// A signal that has no business in a phase ends the session as failed and is counted (S15). And an
// ended session is deaf: a handler may go on talking after we gave up on it.
import type { Ending, Phase } from '../../model/session.ts';

/**
 * What enters the table. Of the flow: `offer` (a person chooses), `choose`, `decline`, `prepared`,
 * `planned` (dry run), `hold` (the plan waits for a person), `halt`, `approve`, `begin`, `hold-back`
 * (its turn came while a pause was wanted). Of the handler: `succeed`, `fall-short`, `fail`. Of a
 * person: `pause`, `resume`, `stop`. Of the clock: `overdue`.
 */
export const signals = [
  'offer',
  'choose',
  'decline',
  'prepared',
  'planned',
  'hold',
  'halt',
  'approve',
  'begin',
  'hold-back',
  'succeed',
  'fall-short',
  'fail',
  'pause',
  'resume',
  'stop',
  'overdue',
] as const;
export type Signal = (typeof signals)[number];

export type Order =
  | 'call-prepare'
  | 'call-synchronize'
  | 'ask-to-stop'
  | 'abandon-handler'
  | 'remember-pause'
  | 'forget-pause'
  | 'pause-handler'
  | 'go-on'
  | 'count-violation'
  | 'record-result';

export type Step = readonly [next: Phase, ...orders: Order[]];
export type ActivePhase = Exclude<Phase, Ending>;

export function step(phase: Phase, signal: Signal): Step {
  return isActive(phase) ? table[phase][signal] : [phase];
}

/** Whether the signal has any business in the phase. */
export function isViolation(phase: Phase, signal: Signal): boolean {
  return step(phase, signal).includes('count-violation');
}

const isActive = (phase: Phase): phase is ActivePhase => phase in table;
const end = (how: Ending, ...first: Order[]): Step => [how, ...first, 'record-result'];

const wrong = end('failed', 'count-violation');
const nothingElse: Record<
  Exclude<Signal, 'fail' | 'stop' | 'overdue' | 'pause' | 'resume'>,
  Step
> = {
  offer: wrong,
  choose: wrong,
  decline: wrong,
  prepared: wrong,
  planned: wrong,
  hold: wrong,
  halt: wrong,
  approve: wrong,
  begin: wrong,
  'hold-back': wrong,
  succeed: wrong,
  'fall-short': wrong,
};
const always = {
  fail: end('failed'),
  stop: ['stopping', 'ask-to-stop'],
  overdue: end('failed', 'abandon-handler'),
} satisfies Record<'fail' | 'stop' | 'overdue', Step>;
const pausable = (phase: Phase): Record<'pause' | 'resume', Step> => ({
  pause: [phase, 'remember-pause'],
  resume: [phase, 'forget-pause'],
});
const ends = { succeed: end('succeeded'), 'fall-short': end('partial') } satisfies Record<
  'succeed' | 'fall-short',
  Step
>;
const stopped = end('stopped');

const table: Record<ActivePhase, Record<Signal, Step>> = {
  opening: {
    ...nothingElse,
    ...always,
    ...pausable('opening'),
    offer: ['choosing'],
    choose: ['preparing', 'call-prepare'],
    decline: end('declined'),
  },
  choosing: {
    ...nothingElse,
    ...always,
    ...pausable('choosing'),
    choose: ['preparing', 'call-prepare'],
    decline: end('declined'),
  },
  preparing: {
    ...nothingElse,
    ...always,
    ...pausable('preparing'),
    prepared: ['prepared'],
    planned: end('planned'),
    hold: ['awaiting-approval'],
    halt: end('halted'),
  },
  'awaiting-approval': {
    ...nothingElse,
    ...always,
    ...pausable('awaiting-approval'),
    approve: ['prepared'],
    halt: end('halted'),
  },
  prepared: {
    ...nothingElse,
    ...always,
    ...pausable('prepared'),
    begin: ['synchronizing', 'call-synchronize'],
    'hold-back': ['paused'],
  },
  synchronizing: {
    ...nothingElse,
    ...always,
    ...ends,
    pause: ['paused', 'pause-handler'],
    resume: ['synchronizing', 'forget-pause'],
  },
  paused: {
    ...nothingElse,
    ...always,
    ...ends,
    pause: ['paused'],
    resume: ['synchronizing', 'go-on'],
  },
  stopping: {
    offer: stopped,
    choose: stopped,
    decline: stopped,
    prepared: stopped,
    planned: stopped,
    hold: stopped,
    halt: stopped,
    approve: stopped,
    begin: stopped,
    'hold-back': stopped,
    succeed: stopped,
    'fall-short': stopped,
    fail: stopped,
    pause: ['stopping'],
    resume: ['stopping'],
    stop: ['stopping'],
    overdue: end('stopped', 'abandon-handler'),
  },
};
