// Settles conflicts: each by its own id and version, so that one that changed meanwhile is refused
// and the others are settled all the same.
import { resolve } from 'node:path';
import type { Client } from '../api/client.ts';
import type { ConflictShape } from '../api/shapes.ts';
import type { Resolution } from '../model/conflict.ts';
import { errorRecord, syncError } from '../model/error.ts';
import { printable } from '../stdx/printable.ts';
import type { Cli } from './cli.ts';
import { finish, record } from './list.ts';
import { line } from './report/json-line.ts';

export interface ResolveFlags {
  readonly keep?: string;
  readonly merged?: string;
  readonly all?: boolean;
  readonly in?: string;
}

export async function resolveConflicts(
  cli: Cli,
  ids: readonly string[],
  flags: ResolveFlags,
): Promise<void> {
  const resolution = resolutionOf(flags);
  const client = await cli.client();
  const conflicts = await chosenConflicts(client, ids, flags);
  mustHaveSide(conflicts, resolution);
  let failed = 0;
  for (const conflict of conflicts) {
    try {
      const settled = await client.resolve(conflict.id, resolution, conflict.version);
      record(cli, 'conflict', settled, () => [
        `${cli.terminal.paint('green', '✔')} ${printable(conflict.subject)}: ${done(resolution)}.`,
      ]);
    } catch (thrown) {
      failed += 1;
      const error = errorRecord(thrown);
      if (cli.json) line(cli.terminal, 'error', { ...error, subject: conflict.subject });
      else cli.terminal.err(`${cli.terminal.paint('red', '✖')} ${printable(error.text)}`);
    }
  }
  finish(cli, conflicts.length - failed, failed === 0 ? 'ok' : 'some-failed');
}

async function chosenConflicts(
  client: Client,
  ids: readonly string[],
  { all, in: partnership }: ResolveFlags,
): Promise<readonly ConflictShape[]> {
  if (all === true) {
    return await client.conflicts({
      open: true,
      ...(partnership === undefined ? {} : { partnership }),
    });
  }
  if (ids.length === 0) {
    throw syncError('usage', { what: 'Name the conflict, or give --all for every open one.' });
  }
  return await Promise.all(ids.map((id) => client.conflict(id)));
}

/** Sides have the names that their handler gave them; one that none of these has is a slip. */
function mustHaveSide(conflicts: readonly ConflictShape[], resolution: Resolution): void {
  if (resolution.choice !== 'keep' || conflicts.length === 0) return;
  const sides = new Set(conflicts.flatMap(({ versions }) => versions.map(({ side }) => side)));
  if (sides.has(resolution.side)) return;
  const choices = [...sides, 'both', 'newest', 'largest'].join(', ');
  throw syncError('usage', { what: `There is no side ${resolution.side}: ${choices}.` });
}

function resolutionOf({ keep, merged }: ResolveFlags): Resolution {
  if (merged !== undefined && keep === undefined) {
    return { choice: 'merged', contentFile: resolve(merged) };
  }
  if (merged === undefined && keep !== undefined) return keepResolution(keep);
  throw syncError('usage', {
    what: 'Say which one: --keep SIDE|both|newest|largest or --merged FILE',
  });
}

function keepResolution(keep: string): Resolution {
  if (keep === 'both') return { choice: 'keep-both' };
  if (keep === 'newest') return { choice: 'keep-newest' };
  if (keep === 'largest') return { choice: 'keep-largest' };
  return { choice: 'keep', side: keep };
}

function done(resolution: Resolution): string {
  const texts: Record<Resolution['choice'], string> = {
    keep: resolution.choice === 'keep' ? `the ${resolution.side} version is kept` : '',
    'keep-both': 'both are kept, under two names',
    'keep-newest': 'the newest is kept',
    'keep-largest': 'the largest is kept',
    merged: 'your merged version is on both sides',
  };
  return texts[resolution.choice];
}
