// Every command: its name, what it is for, and where it stands. Only the module of the command that
// was chosen is loaded; the others show this line.
import type { Command } from 'commander';
import type { Cli } from './cli.ts';

export type Define = (command: Command, cli: Cli) => void;

interface Listed {
  readonly summary: string;
  readonly group: string;
  readonly load: () => Promise<{ readonly define: Define }>;
}

const now = 'Synchronize:';
const service = 'Go on by itself:';
const look = 'Look:';
const decide = 'Decide:';
const keep = 'Keep:';
const check = 'Check:';

export const commands: Readonly<Record<string, Listed>> = {
  sync: {
    summary: 'synchronize two folders now; nothing to configure',
    group: now,
    load: () => import('./commands/sync.ts'),
  },
  run: {
    summary: 'synchronize what is configured',
    group: now,
    load: () => import('./commands/run.ts'),
  },
  up: {
    summary: 'start the manager: it runs things by itself and serves programs',
    group: service,
    load: () => import('./commands/up.ts'),
  },
  down: {
    summary: 'end the manager that goes on by itself',
    group: service,
    load: () => import('./commands/down.ts'),
  },
  page: {
    summary: 'the address of the page, for one browser',
    group: service,
    load: () => import('./commands/page.ts'),
  },
  service: {
    summary: 'let the system start the manager, and keep it going',
    group: service,
    load: () => import('./commands/service.ts'),
  },
  skip: {
    summary: 'leave out an item that is being synchronized',
    group: now,
    load: () => import('./commands/skip.ts'),
  },
  stop: {
    summary: 'stop what is being synchronized',
    group: now,
    load: () => import('./commands/stop.ts'),
  },
  pause: {
    summary: 'let nothing start by itself for a while',
    group: service,
    load: () => import('./commands/pause.ts'),
  },
  resume: {
    summary: 'let things start by themselves again',
    group: service,
    load: () => import('./commands/resume.ts'),
  },
  retry: {
    summary: 'run what failed again now',
    group: now,
    load: () => import('./commands/retry.ts'),
  },
  status: {
    summary: 'what runs, what waits for you, how each item stands',
    group: look,
    load: () => import('./commands/status.ts'),
  },
  watch: {
    summary: 'the same, live, with keys',
    group: look,
    load: () => import('./commands/watch.ts'),
  },
  why: {
    summary: 'why something does not start by itself now',
    group: look,
    load: () => import('./commands/why.ts'),
  },
  history: {
    summary: 'what ran, when, and what came of it',
    group: look,
    load: () => import('./commands/history.ts'),
  },
  log: {
    summary: 'what was reported on the way',
    group: look,
    load: () => import('./commands/log.ts'),
  },
  plan: {
    summary: 'show what a run would do, and do nothing',
    group: decide,
    load: () => import('./commands/plan.ts'),
  },
  approve: {
    summary: 'carry out a plan that waits, exactly as shown',
    group: decide,
    load: () => import('./commands/approve.ts'),
  },
  reject: {
    summary: 'drop a plan that waits',
    group: decide,
    load: () => import('./commands/reject.ts'),
  },
  conflicts: {
    summary: 'see and settle what was changed on both sides',
    group: decide,
    load: () => import('./commands/conflicts.ts'),
  },
  add: {
    summary: 'keep a partnership of two folders under a name',
    group: keep,
    load: () => import('./commands/add.ts'),
  },
  remove: {
    summary: 'forget a partnership; no file of yours is touched',
    group: keep,
    load: () => import('./commands/remove.ts'),
  },
  enable: {
    summary: 'let a partnership take part again',
    group: keep,
    load: () => import('./commands/enable.ts'),
  },
  disable: {
    summary: 'leave a partnership out until it is enabled',
    group: keep,
    load: () => import('./commands/disable.ts'),
  },
  items: {
    summary: 'everything that can be synchronized',
    group: keep,
    load: () => import('./commands/items.ts'),
  },
  handlers: {
    summary: 'who can synchronize what',
    group: keep,
    load: () => import('./commands/handlers.ts'),
  },
  presets: {
    summary: 'programs that can be added ready-made, and what they take',
    group: keep,
    load: () => import('./commands/presets.ts'),
  },
  config: {
    summary: 'check the configuration, show where it is, print its schema',
    group: check,
    load: () => import('./commands/config.ts'),
  },
  ignore: {
    summary: 'explain why a path is ignored or not',
    group: check,
    load: () => import('./commands/ignore.ts'),
  },
  handler: {
    summary: 'try a handler; start one again that failed too often',
    group: check,
    load: () => import('./commands/handler.ts'),
  },
  completion: {
    summary: 'print the script that completes commands in your shell',
    group: check,
    load: () => import('./commands/completion.ts'),
  },
  doctor: {
    summary: 'examine the whole installation',
    group: check,
    load: () => import('./commands/doctor.ts'),
  },
};
