// Whether a program is new enough, where its settings ask for that. Asked once in a session.
import { syncError } from '../model/error.ts';
import type { ProgramStart } from '../ports/processes.ts';
import { isAtLeast } from './core/version.ts';
import { Hearing, nobody } from './hearing.ts';
import type { CommandSettings } from './schema.ts';
import { carryOut } from './stepping.ts';
import type { CommandWorld } from './world.ts';

const askMs = 30_000;

export async function checkVersion(
  world: CommandWorld,
  settings: CommandSettings,
  environment: ProgramStart['environment'],
): Promise<void> {
  const { requires } = settings;
  const version = requires?.version;
  if (requires === undefined || version === undefined) return;
  const { program } = requires;
  const rule = { is: 'item', match: version.match } as const;
  const { heard } = await carryOut(
    {
      world,
      settings: { requires, synchronize: { command: [program] } },
      filling: { names: {}, lists: {} },
      environment,
      signal: new AbortController().signal,
      begun: () => {},
    },
    { command: [program, ...version.arguments], timeout: askMs },
    (name) => new Hearing([rule], nobody, '', name),
  );
  const found = heard.items[0]?.version ?? '';
  if (found !== '' && !isAtLeast(found, version.least)) {
    throw syncError('command-too-old', { program, found, least: version.least });
  }
}
