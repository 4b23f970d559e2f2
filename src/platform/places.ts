// Where the program keeps its files on each system. State never stands in the cache folder: people
// empty caches, and a lost baseline is a question to a person.
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { shortHash } from '../stdx/short-hash.ts';

export interface Places {
  readonly home: string;
  /** What a person edits. */
  readonly configuration: string;
  /** Store, baselines, locks. */
  readonly state: string;
  /** Sockets of running processes; empty after a restart of the computer at the latest. */
  readonly runtime: string;
  /** Of the manager that goes on by itself with this store. */
  readonly manager: {
    readonly socket: string;
    readonly token: string;
    readonly address: string;
    readonly starts: string;
    readonly browsers: string;
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

const own = 'syncmgr';

export function places(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): Places {
  const state = stateFolder(environment, platform, home);
  const runtime = environment.XDG_RUNTIME_DIR
    ? join(environment.XDG_RUNTIME_DIR, own)
    : join(tmpdir(), `${own}-${userInfo().uid}`);
  // Another store than the usual one has another manager, and they share the runtime folder.
  const isUsual = state === stateFolder({ ...environment, XDG_STATE_HOME: '' }, platform, home);
  const name = isUsual ? 'manager' : `manager-${shortHash(state).slice(0, 8)}`;
  return {
    home,
    configuration: configurationFolder(environment, platform, home),
    state,
    runtime,
    manager: {
      socket: join(runtime, `${name}.socket`),
      token: join(runtime, `${name}.token`),
      address: join(state, 'manager.json'),
      starts: join(state, 'starts.json'),
      browsers: join(state, 'browsers.json'),
    },
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
