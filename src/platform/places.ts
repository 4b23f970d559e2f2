// Where the program keeps its files on each system. State never stands in the cache folder: people
// empty caches, and a lost baseline is a question to a person.
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

export interface Places {
  readonly home: string;
  /** What a person edits. */
  readonly configuration: string;
  /** Store, baselines, locks. */
  readonly state: string;
  /** Sockets of running processes; empty after a restart of the computer at the latest. */
  readonly runtime: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const own = 'syncmgr';

export function places(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): Places {
  return {
    home,
    configuration: configurationFolder(environment, platform, home),
    state: stateFolder(environment, platform, home),
    runtime: environment.XDG_RUNTIME_DIR
      ? join(environment.XDG_RUNTIME_DIR, own)
      : join(tmpdir(), `${own}-${userInfo().uid}`),
  };
}

function configurationFolder(environment: Environment, platform: string, home: string): string {
  if (environment.XDG_CONFIG_HOME) return join(environment.XDG_CONFIG_HOME, own);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', own);
  if (platform === 'win32')
    return join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), own);
  return join(home, '.config', own);
}

function stateFolder(environment: Environment, platform: string, home: string): string {
  if (environment.XDG_STATE_HOME) return join(environment.XDG_STATE_HOME, own);
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', own, 'state');
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), own);
  }
  return join(home, '.local', 'state', own);
}
