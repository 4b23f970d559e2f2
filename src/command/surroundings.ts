// What a program gets to see: a list of variables that is short on purpose, those of its settings, its
// secrets, and where it stands. Nothing else of this program's environment reaches it.
import type { ProgramStart } from '../ports/processes.ts';
import { type Filling, fill, fillAll } from './core/fill.ts';
import type { CommandSettings, Step } from './schema.ts';
import type { CommandWorld } from './world.ts';

/** What programs need to find others, themselves and the person's files. */
const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TZ',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'XDG_CONFIG_HOME',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'XDG_STATE_HOME',
  'XDG_RUNTIME_DIR',
  'SystemRoot',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
] as const;

export function environmentOf(
  world: CommandWorld,
  settings: Pick<CommandSettings, 'environment' | 'inherit' | 'secrets'>,
  filling: Filling,
): ProgramStart['environment'] {
  const environment: Record<string, string> = {};
  for (const name of [...inherited, ...(settings.inherit ?? [])]) {
    const value = world.environment[name];
    if (value !== undefined) environment[name] = value;
  }
  for (const [name, value] of Object.entries(settings.environment ?? {})) {
    environment[name] = fill(value, filling);
  }
  return { ...environment, ...settings.secrets };
}

/** Placeholders reach a shell as variables only, so that no name can become a command. */
export function startOf(
  { home }: CommandWorld,
  settings: Pick<CommandSettings, 'folder'>,
  step: Pick<Step, 'command' | 'shell'>,
  filling: Filling,
  environment: ProgramStart['environment'],
): ProgramStart {
  const names = Object.entries(filling.names).map(
    ([name, value]) => [`SYNCMGR_${name.toUpperCase()}`, value] as const,
  );
  const [program = '', ...rest] = Array.isArray(step.command)
    ? fillAll(step.command, filling)
    : ['sh', '-c', step.command as string];
  return {
    program,
    arguments: rest,
    folder: atHome(fill(settings.folder ?? '~', filling), home),
    environment: { ...environment, ...Object.fromEntries(names) },
  };
}

export function atHome(path: string, home: string): string {
  if (path === '~') return home;
  return path.startsWith('~/') ? home + path.slice(1) : path;
}

/** As a person knows it: without its folder. */
export function programName(start: Pick<ProgramStart, 'program' | 'arguments'>): string {
  return start.program.split(/[\\/]/).at(-1) || start.program;
}
