// syncmgr why NAME: why it does not start by itself now, all reasons at once.
import type { Command } from 'commander';
import type { HoldShape, WhyShape } from '../../api/shapes.ts';
import { printable } from '../../stdx/printable.ts';
import { counted } from '../../stdx/quantity.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { moment } from '../report/ago.ts';

export function define(command: Command, cli: Cli): void {
  command.argument('<partnership...>').action(async (names: readonly string[]) => {
    const client = await cli.client();
    const all = await Promise.all(names.map((name) => client.why(name)));
    records(cli, 'why', all, (shown) => shown.flatMap((why) => whyLines(why, cli)));
    finish(cli, all.length);
  });
}

function whyLines(why: WhyShape, { terminal }: Cli): readonly string[] {
  const { partnership, holds, unsure, waiting, looksAgainAt, nextRunAt } = why;
  const name = terminal.paint('bold', printable(partnership.name));
  const next = nextRunAt === null ? [] : [`  Its next run is due ${moment(nextRunAt)}.`];
  const waits = waiting.map(({ trigger }) => trigger).join(', ');
  return [
    holds.length === 0
      ? `${terminal.paint('green', '✔')} ${name}: nothing holds it back.`
      : `${terminal.paint('yellow', '!')} ${name}: ${counted(holds.length, 'reason')}`,
    ...holds.flatMap((hold) => holdLines(hold)),
    ...unsure.map(({ text }) => `  Not known, so it holds nothing back: ${printable(text)}`),
    ...(waiting.length === 0
      ? []
      : [`  ${counted(waiting.length, 'request waits', 'requests wait')}: ${waits}`]),
    ...(looksAgainAt === null
      ? []
      : [`  It is looked at again ${moment(looksAgainAt)} at the latest.`]),
    ...next,
    ...(holds.length === 0 ? [] : [`  Run it anyway: syncmgr run ${printable(partnership.name)}`]),
  ];
}

function holdLines({ text, observed, until }: HoldShape): readonly string[] {
  const end = until === null ? '' : ` (until ${moment(until)})`;
  const seen = observed === null ? [] : [`      seen: ${printable(observed)}`];
  return [`  - ${printable(text)}${end}`, ...seen];
}
