// Hooks, by the same machinery that runs programs as items: limits, grace, and the whole group ended.
import { type ErrorRecord, errorRecord, syncError } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';
import type { HookCall, HookRunner } from '../ports/hooks.ts';
import type { Secrets } from '../ports/secrets.ts';
import { formatDuration } from '../stdx/quantity.ts';
import { disguisesOf, redacted } from '../stdx/redaction.ts';
import { endingWords } from './core/exit.ts';
import { run } from './run.ts';
import { environmentOf, programName, startOf } from './surroundings.ts';
import type { CommandWorld } from './world.ts';

const graceMs = 5_000;
const nothing = { names: {}, lists: {} };

export function commandHooks(world: CommandWorld, secrets: Secrets): HookRunner {
  return { run: (call) => openQuietly(world, secrets, call).catch(errorRecord) };
}

/** What it prints, and how it fails, shows none of the secrets it is given. */
async function openQuietly(
  world: CommandWorld,
  secrets: Secrets,
  call: HookCall,
): Promise<ErrorRecord | null> {
  const given: Record<string, string> = {};
  for (const [name, reference] of Object.entries(call.hook.secrets ?? {})) {
    given[name] = await secrets.resolve(reference);
  }
  const disguises = disguisesOf(Object.values(given));
  const heard = (line: string) => call.heard(redacted(line, disguises));
  const error = await carryOut(world, { ...call, heard }, given);
  return error === null ? null : { ...error, text: redacted(error.text, disguises) };
}

async function carryOut(
  world: CommandWorld,
  { hook, facts, signal, heard }: HookCall,
  secrets: Readonly<Record<string, string>>,
): Promise<ErrorRecord | null> {
  const environment = { ...environmentOf(world, { secrets }, nothing), ...variables(facts) };
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
