// Frames as a handler might send them, spoiled by chance: cut, doubled, spliced, with bytes turned over
// and words put in that have hurt others. They go through everything that hears a handler.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Hearing } from '../../src/handler/hearing.ts';
import { Patient } from '../../src/handler/patient.ts';
import { usualPatience } from '../../src/model/handler-source.ts';
import { trueClock } from '../../src/platform/clock.ts';
import type { Callback } from '../../src/ports/handler.ts';
import { Connection, usualLimits } from '../../src/wire/connection.ts';
import { Chance } from '../support/random.ts';

const item = { id: 'a', name: 'A', checked: true };
const change = { item: 'a', side: 'left', kind: 'move', path: 'x/y', from: 'z', bytes: 7 };
const version = { side: 'left', present: true, size: 1, modifiedAt: 2, digest: 'd' };
const error = { code: 'quota-full', text: 'No room.', retry: 'quota' };
const sound: readonly object[] = [
  { method: 'progress', params: { item: 'a', status: 'updating', value: 3, max: 10, text: 'x' } },
  { id: 7, method: 'progress', params: { item: 'a', bytes: 3, bytesMax: 1e9 } },
  { method: 'alive', params: {} },
  { method: 'returned', params: { id: 'r-1' } },
  { method: 'log', params: { level: 'error', text: 'Full.', errorId: 'e', jump: true } },
  { method: 'withdraw', params: { errorId: null } },
  { method: 'plan', params: { changes: [change, change] } },
  {
    method: 'conflict',
    params: { item: 'a', subject: 's', kind: 'k', versions: [version, version] },
  },
  { method: 'conflictsSeen', params: { item: 'a', complete: true } },
  { id: 'q', method: 'ask', params: { title: 'T', schema: { type: 'object' }, values: { a: 1 } } },
  { id: 8, method: 'decide', params: { item: 'a', subject: 's', kind: 'k', versions: [version] } },
  { id: 9, method: 'connect', params: { name: null } },
  { id: 10, method: 'floor', params: { take: true } },
  { method: '$/cancelRequest', params: { id: 7 } },
  { id: 'r-1', result: { outcome: 'done', error, counts: { 'right.create': 1 }, bytes: 1 } },
  { id: 'r-1', result: { items: [item, item], complete: false, next: 'more' } },
  { id: 'r-1', error: { code: -32_000, message: 'no', data: error } },
];

const harmful: readonly string[] = [
  'NaN',
  '-0',
  '1e999',
  '-1',
  '9007199254740993',
  'null',
  'true',
  '{}',
  '[]',
  '""',
  '"__proto__"',
  '"constructor"',
  '{"__proto__":{"planted":true}}',
  '\\ud800',
  '\u0000',
  '\u202e',
  '\n',
  '\r\n',
  `${'['.repeat(70)}${']'.repeat(70)}`,
  'x'.repeat(5_000),
  '"id":',
  '"method":"toString",',
  '\ufeff',
];

function spoiled(chance: Chance): Uint8Array {
  let text = frame(chance);
  for (let turn = chance.below(3); turn > 0; turn--) text = mutated(text, chance);
  const bytes = new TextEncoder().encode(`${text}\n`);
  for (let turn = chance.below(2); turn > 0; turn--) {
    bytes[chance.below(bytes.length)] = chance.below(256);
  }
  return bytes;
}

const frame = (chance: Chance) => JSON.stringify({ jsonrpc: '2.0', ...chance.pick(sound) });

function mutated(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const to = Math.min(text.length, at + chance.below(20));
  const ways: readonly (() => string)[] = [
    () => text,
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + text.slice(to),
    () => text.slice(0, at) + chance.pick(harmful) + text.slice(at),
    () => text.slice(0, at) + chance.pick(harmful) + text.slice(to),
    () => text.slice(0, to) + text.slice(at),
    () => text.slice(0, at) + frame(chance).slice(at),
    () => text.replace(/:("[^"]*"|\d+|true|null)/, () => `:${chance.pick(harmful)}`),
    () => text.replaceAll('"a"', chance.pick(harmful)),
  ];
  return chance.pick(ways)();
}

export interface Fuzzed {
  readonly frames: number;
  readonly faults: number;
  readonly heard: number;
  /** Memory in use after a first tenth, and at the end, in bytes. */
  readonly heap: readonly [number, number];
}

/** Rejects, or brings the process down, if anything gets through. */
export async function fuzz(seed: number, frames: number): Promise<Fuzzed> {
  const chance = new Chance(seed);
  const counts = { faults: 0, heard: 0 };
  const patience = { clock: trueClock, handler: 'fuzz', patience: usualPatience };
  const hearing = new Hearing(new Patient(patience), () => (counts.faults += 1));
  hearing.attach(counting(() => (counts.heard += 1)));
  const fault = () => {
    counts.faults += 1;
  };
  const unbounded = Number.POSITIVE_INFINITY;
  const limits = { ...usualLimits, messagesPerSecond: unbounded, bytesPerSecond: unbounded };
  let heap: [number, number] = [0, 0];
  async function* output() {
    for (let sent = 0; sent < frames; sent++) {
      // Requests without an end are left open on purpose; plans without an end are not what is tried.
      if (sent % 100 === 0) hearing.takeChanges();
      if (sent % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (sent === Math.floor(frames / 10)) heap = [inUse(), 0];
      const bytes = spoiled(chance);
      const cut = chance.below(bytes.length);
      yield bytes.subarray(0, cut);
      yield bytes.subarray(cut);
      void connection.request('synchronize', {}).catch(() => {});
    }
  }
  const write = async () => {};
  const connection: Connection = new Connection({ write, output: output() }, hearing.serves, {
    clock: trueClock,
    newId: () => 'r-1',
    stray: () => {},
    fault,
    limits,
  });
  await connection.over;
  return { frames, ...counts, heap: [heap[0], inUse()] };
}

function inUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function counting(heard: () => void): Callback {
  const none = () => heard();
  return {
    progress: () => {
      heard();
      return 'continue';
    },
    signal: () => new AbortController().signal,
    log: () => {
      heard();
      return 1;
    },
    withdraw: () => {
      heard();
      return 1;
    },
    takeFloor: () => true,
    returnFloor: none,
    ask: async () => null,
    connect: async () => true,
    conflict: none,
    decide: async () => null,
    conflictsSeen: none,
  };
}
