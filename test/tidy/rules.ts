// The rules of the house as data: who may import whom, who may touch the machine, how long is too
// long. tidy.test.ts holds them against the tree; STYLE.md gives the reason of each.

/** Top folder or top file of src → what else of src it may import, besides itself. */
export const mayImport: Readonly<Record<string, readonly string[] | 'all but cli'>> = {
  stdx: [],
  model: ['stdx'],
  ports: ['stdx', 'model'],
  wire: ['stdx', 'model', 'ports'],
  sdk: ['stdx', 'model', 'ports', 'wire'],
  testing: ['stdx', 'model', 'ports', 'session', 'wire', 'platform'],
  trigger: ['stdx', 'model', 'ports'],
  queue: ['stdx', 'model', 'ports'],
  session: ['stdx', 'model', 'ports'],
  record: ['stdx', 'model', 'ports'],
  handler: ['stdx', 'model', 'ports', 'wire'],
  folder: ['stdx', 'model', 'ports', 'sdk'],
  command: ['stdx', 'model', 'ports', 'sdk'],
  store: ['stdx', 'model', 'ports'],
  platform: ['stdx', 'model', 'ports'],
  configuration: ['stdx', 'model', 'ports'],
  mobsync: ['stdx', 'model', 'ports', 'sdk', 'manager'],
  manager: ['stdx', 'model', 'ports', 'trigger', 'queue', 'session', 'handler', 'record'],
  api: ['stdx', 'model'],
  server: ['stdx', 'model', 'ports', 'api', 'manager'],
  daemon: ['stdx', 'model', 'ports', 'api', 'server', 'manager'],
  cli: ['stdx', 'model', 'api'],
  'compose.ts': 'all but cli',
  'compose-manager.ts': 'all but cli',
  'compose-machine.ts': ['api', 'folder', 'platform', 'ports', 'server', 'store'],
  'compose-programs.ts': 'all but cli',
  'compose-daemon.ts': 'all but cli',
  'compose-service.ts': ['api', 'platform'],
  'compose-testing.ts': 'all but cli',
  'main.ts': ['cli', 'compose.ts', 'compose-daemon.ts', 'compose-service.ts', 'compose-testing.ts'],
  'worker.ts': ['folder', 'platform'],
  'watchdog.ts': ['platform'],
  'apart.ts': ['handler', 'sdk'],
  'client.ts': ['model', 'api', 'platform'],
  'index.ts': ['model', 'api', 'compose.ts'],
};

/** Folder or file under src → Node built-ins it may import. */
export const mayUseNode: Readonly<Record<string, readonly string[] | 'any'>> = {
  platform: 'any',
  'store/sqlite': ['sqlite', 'fs', 'path', 'process', 'url', 'crypto'],
  cli: ['process', 'util', 'readline', 'readline/promises', 'path'],
  api: ['http', 'path', 'timers/promises'],
  daemon: ['net'],
  'sdk/stdio.ts': ['process', 'perf_hooks', 'timers/promises'],
  server: ['http'],
  'server/http/packing.ts': ['zlib'],
  'main.ts': 'any',
  'worker.ts': 'any',
  'apart.ts': ['process'],
};

/** Package from outside → folders of src that may import it. Another needs a decision first. */
export const mayUsePackage: Readonly<Record<string, readonly string[]>> = {
  '@homebridge/dbus-native': ['platform'],
  '@napi-rs/keyring': ['platform'],
  '@hono/node-server': ['server/http'],
  commander: ['cli'],
  hono: ['server/http'],
  croner: ['stdx'],
  ignore: ['folder/core'],
  'temporal-polyfill': ['stdx', 'trigger/core'],
  nodemailer: ['platform'],
  yaml: ['configuration', 'api'],
  zod: ['configuration', 'api', 'wire', 'server/http', 'command'],
};

/** Where the page begins, what of src it may see, and the packages it is made of. */
export const pageEntry = 'web/src/main.tsx';
export const pageSees = 'api';
export const pagePackages: readonly string[] = [
  '@mantine/core',
  '@mantine/hooks',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@tanstack/react-virtual',
  'diff',
  'react',
  'react-dom',
  'uplot',
];

/** Globals that reach the machine, the time or chance → folders of src that may use them. */
export const machineGlobals: Readonly<Record<string, readonly string[]>> = {
  process: ['platform', 'cli', 'sdk/stdio.ts', 'main.ts', 'worker.ts', 'apart.ts'],
  console: ['cli', 'main.ts'],
  // The terminal redraws, tells one Ctrl-C from two, and shows how long ago something was.
  performance: ['platform', 'cli', 'sdk/stdio.ts'],
  setTimeout: ['platform', 'cli'],
  setInterval: ['platform', 'cli'],
  fetch: ['platform'],
  crypto: ['platform'],
  'Date.now': ['platform', 'cli/terminal.ts'],
  'new Date()': ['platform'],
  'Math.random': ['platform'],
  'AbortSignal.timeout': ['platform'],
};

/** What a core may not even name: with these, its answer could depend on more than its arguments. */
export const impureInCore: readonly string[] = [
  'Promise',
  'Date',
  'Math.random',
  'process',
  'console',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'crypto',
  'Atomics',
  'globalThis',
];

/** What every core may import beside its own files: shapes of data, and pure tools. */
export const coresSee: readonly string[] = ['model', 'stdx', 'api/shapes.ts'];

/** Folders that are as pure as a core though not called one. */
export const pureFolders: readonly string[] = ['model'];

/** Places in src that are there for tests and embedders: no entry point leads to them. */
export const besideTheProgram: readonly string[] = ['store/memory', 'platform/inline-crew.ts'];

/** Files a program starts at; whatever of src no import leads to from these is dead. */
export const entryPoints: readonly string[] = [
  'src/main.ts',
  'src/worker.ts',
  'src/watchdog.ts',
  'src/apart.ts',
  'src/index.ts',
  'src/client.ts',
  'src/sdk/handler.ts',
  'src/testing/testing.ts',
  'src/mobsync/mobsync.ts',
];

export const lengths = {
  file: { median: 120, p90: 250, stop: 400 },
  function: { p90: 30, stop: 70 },
} as const;

export interface BannedWord {
  readonly pattern: RegExp;
  readonly reason: string;
}

// Spelled in pieces, so that this file passes its own test.
export const bannedWords: readonly BannedWord[] = [
  {
    pattern: new RegExp(`\\b(?:${'TO'}${'DO'}|${'FIX'}${'ME'}|${'X'}${'XX'})\\b`),
    reason: 'do it, or write down why not',
  },
  {
    pattern: new RegExp(`(?<![\\w.~$}/])/${'(?:work|root|home|Users)'}/\\w`),
    reason: 'a path of one machine',
  },
  {
    pattern: new RegExp(`https?://[^\\s'"\`]*(?:${'nexus'}|${'artifactory'}|${'verdaccio'}|/npm/)`),
    reason: 'a private registry',
  },
  {
    pattern: new RegExp(`@ts-(?:${'ignore'}|${'nocheck'})`),
    reason: 'the compiler is right, or the types are wrong',
  },
];
