// Puts the service file where this system wants it, and tells the system.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { syncError } from '../model/error.ts';
import { type Command, type Scope, type ServicePlan, servicePlan } from './core/service-texts.ts';
import { readText } from './read-text.ts';

interface Wish {
  readonly scope: Scope;
  readonly user: string | null;
}

/** What decides where files are and which programs are found. */
const told = ['PATH', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_DATA_HOME', 'LANG'];

/** @param program The program's own file. */
export function openServices(program: string, state: string) {
  const planOf = (wish: Wish) => plan(wish, program, state);
  const look = async (wish: Wish) => shapeOf(planOf(wish));
  return {
    look,
    install: async (wish: Wish) => {
      const wanted = planOf(wish);
      write(wanted);
      for (const command of wanted.start) run(command, `start ${wanted.name}`);
      return shapeOf(wanted);
    },
    uninstall: async (wish: Wish) => {
      const wanted = planOf(wish);
      if (existsSync(wanted.file)) {
        // One that does not run any more cannot be ended, and is taken away all the same.
        for (const command of wanted.end) attempt(command);
        rmSync(wanted.file, { force: true });
      }
      return shapeOf(wanted);
    },
  };
}

function plan({ scope, user }: Wish, program: string, state: string): ServicePlan {
  const own = userInfo();
  const account =
    user === null ? { name: own.username, id: own.uid, home: homedir() } : accountOf(user);
  const known = told.flatMap((name) => {
    const value = process.env[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const made = servicePlan(process.platform, scope, {
    // Whoever installs it for root has said so.
    command: [process.execPath, program, 'up', ...(account.id === 0 ? ['--allow-root'] : [])],
    home: account.home,
    user: account,
    environment: Object.fromEntries(
      user === null ? known : known.filter(([name]) => name === 'PATH'),
    ),
    log: join(state, 'manager.log'),
  });
  if (made === null) throw unable('keep such a service', `there is none for ${process.platform}`);
  return made;
}

function accountOf(user: string) {
  const line = readText('/etc/passwd')
    ?.split('\n')
    .find((one) => one.startsWith(`${user}:`));
  const [name, , id, , , home] = line?.split(':') ?? [];
  if (name === undefined || home === undefined)
    throw unable('run as that user', `${user} is not known`);
  return { name, id: Number(id), home };
}

function shapeOf({ name, file, text, look }: ServicePlan) {
  const installed = existsSync(file);
  return { name, file, text, installed, running: installed ? attempt(look) : false };
}

function write({ file, text }: ServicePlan): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    // The task scheduler of Windows reads nothing else.
    if (process.platform === 'win32') writeFileSync(file, `\uFEFF${text}`, 'utf16le');
    else writeFileSync(file, text);
  } catch (cause) {
    throw unable(`write ${file}`, (cause as NodeJS.ErrnoException).code ?? 'it refuses', cause);
  }
}

function run([program, ...rest]: Command, what: string): void {
  try {
    execFileSync(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (cause) {
    const { stderr = '', code } = cause as { stderr?: string; code?: string };
    const reason =
      stderr.trim().split('\n')[0] || (code === 'ENOENT' ? `there is no ${program}` : 'it refuses');
    throw unable(what, reason, cause);
  }
}

/** Whether it went well; null when there is no such program. */
function attempt([program, ...rest]: Command): boolean | null {
  try {
    execFileSync(program, rest, { stdio: 'ignore' });
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? null : false;
  }
}

const unable = (what: string, reason: string, cause?: unknown) =>
  syncError('system-unable', { what, reason }, cause);
