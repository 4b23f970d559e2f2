// syncmgr pause: nothing starts by itself for a while. What a person asks for runs all the same.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { syncError } from '../../model/error.ts';
import { parseDuration } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';
import { moment } from '../report/ago.ts';
import { nextTime } from '../report/next-time.ts';

interface Flags {
  readonly for?: number;
  readonly until?: string;
}

const examples = `
Examples:
  syncmgr pause                  everything, until syncmgr resume
  syncmgr pause photos --for 2h
  syncmgr pause --until 18:00    or a date: 2026-12-24T18:00`;

export function define(command: Command, cli: Cli): void {
  command
    .argument('[partnership...]', 'what to hold back; nothing named means everything')
    .addOption(new Option('--for <duration>', 'so long, as in 2h or 1d').argParser(duration))
    .option('--until <time>', 'until then: 18:00, or a date with or without a time')
    .addHelpText('after', examples)
    .action(async (names: readonly string[], flags: Flags) => {
      const client = await cli.client();
      const until = endOf(flags, cli.terminal.now());
      for (const name of names.length === 0 ? [null] : names) {
        await client.pause(name, until);
        const end = until === null ? 'until syncmgr resume' : `until ${moment(until)}`;
        record(cli, 'paused', { name, until }, () => [`Paused ${name ?? 'everything'} ${end}.`]);
      }
      finish(cli, Math.max(1, names.length));
    });
}

function endOf({ for: ms, until }: Flags, now: number): string | null {
  if (ms !== undefined && until !== undefined) {
    throw syncError('usage', { what: 'Give --for or --until, not both.' });
  }
  if (ms !== undefined) return new Date(now + ms).toISOString();
  if (until === undefined) return null;
  const end = nextTime(until, now);
  if (end === null) throw syncError('usage', { what: `${until} is no time. Write it like 18:00.` });
  return new Date(end).toISOString();
}

function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === null || ms === 0) throw new InvalidArgumentError('Write it like 90s, 10m or 2h.');
  return ms;
}
