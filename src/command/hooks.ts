// Hooks, by the same machinery that runs programs as items: limits, grace, and the whole group ended.
import { type ErrorRecord, errorRecord, syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { HookCall, HookRunner } from '../ports/hooks.ts';
import { formatDuration } from '../stdx/quantity.ts';
import { endingWords } from './core/exit.ts';
import { run } from './run.ts';
import { environmentOf, programName, startOf } from './surroundings.ts';
import type { CommandWorld } from './world.ts';

const graceMs = 5_000;
const nothing = { names: {}, lists: {} };

export function commandHooks(world: CommandWorld): HookRunner {
  return { run: (call) => carryOut(world, call).catch((thrown) => errorRecord(thrown)) };
}

async function carryOut(
  world: CommandWorld,
  { hook, facts, signal, heard }: HookCall,
): Promise<ErrorRecord | null> {
  const environment = { ...environmentOf(world, {}, nothing), ...variables(facts) };
  const isShell = typeof hook.command === 'string';
  const command = typeof hook.command === 'string' ? hook.command : [...hook.command];
  const start = startOf(world, {}, { command, shell: isShell }, nothing, environment);
  const program = programName(start);
  let last = '';
  const running = await run(world, {
    start,
    input: `${JSON.stringify(facts)}\n`,
    limits: { timeoutMs: hook.timeoutMs, silenceMs: null },
    stopSignal: 'SIGTERM',
    graceMs,
    signal,
    heard: (_, line) => {
      last = line;
      heard(line);
    },
  });
  const { end, stopped } = await running.ended;
  if (stopped === 'asked') {
    return errorRecord(syncError('command-failed', { program, reason: 'it was stopped.' }));
  }
  if (stopped !== null) {
    const limit = formatDuration(hook.timeoutMs);
    return errorRecord(syncError('command-overdue', { program, limit }));
  }
  if (end.code === 0) return null;
  const reason = `${endingWords(end)}. ${last}`.trim();
  return errorRecord(syncError('command-failed', { program, reason }));
}

/** Single values only: `error.code` is in the JSON. */
function variables(facts: JsonObject): Record<string, string> {
  const single = Object.entries(facts).filter(
    ([, value]) => value === null || typeof value !== 'object',
  );
  return Object.fromEntries(
    single.map(([name, value]) => [`SYNCMGR_${name.toUpperCase()}`, String(value ?? '')]),
  );
}
