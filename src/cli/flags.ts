// Flags that several commands share, with the readers of their values. A value that cannot be read is
// an error of usage that says what would be right.
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PairOptions } from '../api/shapes.ts';
import { parseDuration, parseRate, parseShare, parseSize } from '../stdx/quantity.ts';
import type { RunOptions } from './run-request.ts';

const modes = ['two-way-safe', 'two-way-resolved', 'one-way-safe', 'one-way-replica', 'contribute'];
const conflictRules = ['ask', 'copy', 'newest', 'largest', 'left', 'right'];

export interface PairFlags {
  readonly mode?: string;
  readonly conflict?: string;
  readonly ignore?: readonly string[];
  readonly maxDelete?: { readonly count?: number; readonly share?: number };
  readonly bwlimit?: number;
}

export function addPairFlags(command: Command): void {
  command
    .addOption(
      new Option('-m, --mode <mode>', `${modes.join(', ')} (default: two-way-safe)`)
        .argParser(oneOf(modes))
        .helpGroup('How:'),
    )
    .addOption(
      new Option(
        '--conflict <rule>',
        `what to do where both sides changed: ${conflictRules.join(', ')} (default: ask)`,
      )
        .argParser(oneOf(conflictRules))
        .helpGroup('How:'),
    )
    .addOption(
      new Option(
        '--ignore <pattern>',
        'leave out what matches, written as in .gitignore; repeatable',
      )
        .argParser((pattern: string, before: readonly string[] | undefined) => [
          ...(before ?? []),
          ...pattern.split('\n'),
        ])
        .helpGroup('How:'),
    )
    .addOption(
      new Option(
        '--max-delete <limit>',
        'ask before deleting more: a number, or a share such as 30% (default: 25 and 20%)',
      )
        .argParser(maxDelete)
        .helpGroup('Limits:'),
    )
    .addOption(
      new Option('--bwlimit <rate>', 'bytes a second at most: 500K, 10M, off')
        .argParser(reader(parseRate, 'Write a rate such as 500K or 10M, or off.'))
        .helpGroup('Limits:'),
    );
}

export function pairOptions(flags: PairFlags): PairOptions {
  return {
    ...(flags.mode === undefined ? {} : { mode: flags.mode }),
    ...(flags.conflict === undefined ? {} : { conflict: flags.conflict }),
    ...(flags.ignore === undefined ? {} : { ignore: flags.ignore }),
    ...(flags.maxDelete === undefined ? {} : { maxDelete: flags.maxDelete }),
    ...(flags.bwlimit === undefined ? {} : { bandwidth: flags.bwlimit }),
  };
}

export interface RunFlags {
  readonly approve?: boolean;
  readonly yes?: boolean;
  readonly errorOnNoChange?: boolean;
  readonly timeLimit?: number;
  readonly transferLimit?: number;
}

export function addRunFlags(command: Command): void {
  command
    .option('--approve', 'carry out the plan even where a guard would ask')
    .addOption(new Option('-y, --yes', 'the same as --approve'))
    .option('--error-on-no-change', 'end with 9 if there was nothing to do')
    .addOption(
      new Option('--time-limit <duration>', 'stop after: 90s, 10m, 2h')
        .argParser(reader(parseDuration, 'Write a duration such as 90s, 10m or 2h.'))
        .helpGroup('Limits:'),
    )
    .addOption(
      new Option('--transfer-limit <size>', 'stop once so much was copied: 500M, 10G')
        .argParser(reader(parseSize, 'Write a size such as 500M or 10G.'))
        .helpGroup('Limits:'),
    );
}

export function runOptions(flags: RunFlags): RunOptions {
  return {
    approve: flags.approve === true || flags.yes === true,
    errorOnNoChange: flags.errorOnNoChange === true,
    timeMs: flags.timeLimit ?? null,
    bytes: flags.transferLimit ?? null,
    mergeCommand: null,
  };
}

export function oneOf(allowed: readonly string[]): (text: string) => string {
  return (text) => {
    if (allowed.includes(text)) return text;
    throw new InvalidArgumentError(`Allowed are ${allowed.join(', ')}.`);
  };
}

function reader<T>(parse: (text: string) => T | null, advice: string): (text: string) => T {
  return (text) => {
    const value = parse(text);
    if (value === null) throw new InvalidArgumentError(advice);
    return value;
  };
}

/** A count alone lets the share fire by itself, and the other way round: the limit meant is that one. */
function maxDelete(text: string): { readonly count?: number; readonly share?: number } {
  const share = parseShare(text);
  if (share === 1) {
    throw new InvalidArgumentError('100% would switch the guard off. Use --approve for one run.');
  }
  if (share !== null && share > 0) return { share };
  if (/^\d+$/.test(text) && Number(text) > 0) return { count: Number(text) };
  throw new InvalidArgumentError('Write a number of at least 1, or a share from 1% to 99%.');
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('Write a whole number of at least 1.');
}
