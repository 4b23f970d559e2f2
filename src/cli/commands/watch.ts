// syncmgr watch: the live view. Where nothing can be drawn, a line for each thing that happens.
import type { Command } from 'commander';
import type { Client } from '../../api/client.ts';
import type { EventShape } from '../../api/shapes.ts';
import type { Phase } from '../../model/session.ts';
import { printable } from '../../stdx/printable.ts';
import type { Cli } from '../cli.ts';
import { liveView } from '../live-view.ts';
import { moment } from '../report/ago.ts';
import { phaseWords } from '../report/core/words.ts';
import { line } from '../report/json-line.ts';

export function define(command: Command, cli: Cli): void {
  command
    .argument('[partnership...]', 'only these')
    .option('--plain', 'lines instead of a picture')
    .action(async (names: readonly string[], { plain }: { readonly plain?: boolean }) => {
      const client = await cli.client();
      const { canDraw, canAsk } = cli.terminal;
      const draws = canDraw && canAsk && !cli.json && plain !== true;
      if (draws) await liveView(cli, client, names);
      else await tell(cli, client, names);
    });
}

async function tell(cli: Cli, client: Client, names: readonly string[]): Promise<void> {
  const over = new AbortController();
  void cli.interrupted().then(() => over.abort());
  const notices = client.watch(null, over.signal);
  let kept = await client.partnerships();
  for await (const notice of notices) {
    if (notice.type === 'event' && notice.event.type === 'partnership.changed') {
      kept = await client.partnerships();
    }
    const id = notice.type === 'event' ? notice.event.partnership : null;
    const name = kept.find((one) => one.id === id)?.name ?? null;
    if (names.length > 0 && (name === null || !names.includes(name))) continue;
    if (cli.json) line(cli.terminal, notice.type, notice);
    else if (notice.type === 'event') tellEvent(cli, notice.event, name);
  }
}

function tellEvent(cli: Cli, { at, type, data }: EventShape, name: string | null): void {
  if (type === 'item.ended' || type === 'log.added') return;
  const phase = typeof data.phase === 'string' ? data.phase : data.ending;
  const what = typeof phase === 'string' ? phaseWords[phase as Phase] : type.replace('.', ' ');
  cli.terminal.out(`${moment(at)}  ${printable(name ?? '–')}  ${what}`);
}
