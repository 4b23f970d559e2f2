// The programs that are compared, as data: how each is called for a first run and for a later one.
import { spawnSync } from 'node:child_process';
import type { Floor } from './floor.ts';
import type { Command } from './measure.ts';

export interface Sides {
  readonly left: string;
  readonly right: string;
  /** The tool's own memory; emptied before a first run. */
  readonly state: string;
}

export const works = ['first', 'right after', 'nothing to do', 'changed'] as const;
export type Work = (typeof works)[number];

export interface Tool {
  readonly name: string;
  readonly version: string;
  /** What it can do; a floor cannot do all. */
  readonly works: readonly Work[];
  /** Changes may be made on both sides. */
  readonly twoWay: boolean;
  /** Keeps permission bits and times of files, so that these are compared too. */
  readonly keepsMetadata: boolean;
  first(sides: Sides): Command;
  later(sides: Sides): Command;
  environment(sides: Sides): NodeJS.ProcessEnv;
}

/** What the measured processes see: nothing of ours that slows a start. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const {
    NODE_EXTRA_CA_CERTS: _,
    NODE_OPTIONS: __,
    NODE_COMPILE_CACHE: ___,
    ...rest
  } = process.env;
  return rest;
}

function rsync(name: string, command: (sides: Sides) => Command): Tool {
  return {
    name,
    version: firstLine('rsync', '--version').match(/version (\S+)/)?.[1] ?? '',
    works,
    twoWay: false,
    keepsMetadata: true,
    first: command,
    later: command,
    environment: plainEnvironment,
  };
}

const unison: Omit<Tool, 'version'> = {
  name: 'unison -batch',
  works,
  twoWay: true,
  keepsMetadata: true,
  first: ({ left, right }) => ['unison', left, right, '-batch', '-silent', '-times', '-ui', 'text'],
  later: ({ left, right }) => ['unison', left, right, '-batch', '-silent', '-times', '-ui', 'text'],
  environment: ({ state }) => ({ ...plainEnvironment(), UNISON: state }),
};

const rcloneBase = {
  works,
  // Times travel, permissions do not.
  keepsMetadata: false,
  environment: ({ state }: Sides) => ({ ...plainEnvironment(), RCLONE_CONFIG: `${state}/none` }),
};

function rcloneSync({ left, right }: Sides): Command {
  return ['rclone', 'sync', left, right, '--links', '--create-empty-src-dirs'];
}

function rcloneBisync({ left, right, state }: Sides): Command {
  return ['rclone', 'bisync', left, right, '--links', '--workdir', state];
}

const rclones: readonly Omit<Tool, 'version'>[] = [
  { ...rcloneBase, name: 'rclone sync', twoWay: false, first: rcloneSync, later: rcloneSync },
  {
    ...rcloneBase,
    name: 'rclone bisync',
    twoWay: true,
    first: (sides) => [...rcloneBisync(sides), '--resync'],
    later: rcloneBisync,
  },
];

const copyFloor: Omit<Tool, 'version'> = {
  name: 'cp -a',
  works: ['first'],
  twoWay: false,
  keepsMetadata: true,
  first: ({ left, right }) => ['cp', '-a', `${left}/.`, right],
  later: ({ left, right }) => ['cp', '-a', `${left}/.`, right],
  environment: plainEnvironment,
};

/** Copies, and later only looks. */
function cFloor({ scan, copy, compiler }: Floor): Tool {
  return {
    name: 'C, 2 threads',
    version: `(${compiler})`,
    works: ['first', 'nothing to do'],
    twoWay: false,
    keepsMetadata: true,
    first: ({ left, right }) => [copy, left, right],
    later: ({ left, right }) => [scan, left, right],
    environment: plainEnvironment,
  };
}

/** `program` is the installed package's own. */
export function syncmgr(program: string, path: string): Tool {
  const environment = ({ state }: Sides) => ({
    ...plainEnvironment(),
    PATH: path,
    XDG_STATE_HOME: `${state}/state`,
    XDG_CONFIG_HOME: `${state}/config`,
    XDG_RUNTIME_DIR: `${state}/run`,
  });
  const command = ({ left, right }: Sides): Command => [program, 'sync', left, right];
  const { stdout } = spawnSync(program, ['--version'], { env: { ...process.env, PATH: path } });
  return {
    name: 'syncmgr sync',
    version: stdout.toString().trim(),
    works,
    twoWay: true,
    keepsMetadata: true,
    first: command,
    later: command,
    environment,
  };
}

export function peers(): readonly Tool[] {
  const found: Tool[] = [];
  if (has('rsync')) {
    found.push(rsync('rsync -a', ({ left, right }) => ['rsync', '-a', `${left}/`, `${right}/`]));
    found.push(
      rsync('rsync -a; sync', ({ left, right }) => [
        'sh',
        '-c',
        'rsync -a "$0/" "$1/" && sync -f "$1"',
        left,
        right,
      ]),
    );
  }
  if (has('unison'))
    found.push({ ...unison, version: firstLine('unison', '-version').split(' ')[2] ?? '' });
  if (has('rclone')) {
    const version = firstLine('rclone', 'version').split(' ')[1] ?? '';
    for (const rclone of rclones) found.push({ ...rclone, version });
  }
  return found;
}

export function floors(compiled: Floor | null): readonly Tool[] {
  const version = firstLine('cp', '--version').split(' ').at(-1) ?? '';
  return [{ ...copyFloor, version }, ...(compiled === null ? [] : [cFloor(compiled)])];
}

const has = (program: string) => spawnSync('which', [program]).status === 0;

const firstLine = (program: string, ...rest: string[]) =>
  spawnSync(program, rest).stdout.toString().split('\n')[0] ?? '';
