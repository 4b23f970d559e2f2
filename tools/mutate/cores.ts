// The pure cores, and what shall notice a mutant of each: the tests beside it, and what else is about it.

export interface Core {
  readonly folder: string;
  /** Patterns, beside `*.test.ts` in the folder itself. */
  readonly tests: readonly string[];
}

export const cores: readonly Core[] = [
  {
    folder: 'src/folder/core',
    tests: ['tools/mutate/few-plans.ts', 'tools/mutate/few-engines.ts'],
  },
  { folder: 'src/session/core', tests: ['tools/mutate/few-sessions.ts'] },
  { folder: 'src/command/core', tests: [] },
  { folder: 'src/queue/core', tests: ['tools/mutate/few-sessions.ts'] },
  { folder: 'src/trigger/core', tests: [] },
  { folder: 'src/record/core', tests: [] },
  { folder: 'src/wire/core', tests: [] },
  { folder: 'src/handler/core', tests: [] },
  { folder: 'src/daemon/core', tests: [] },
  { folder: 'src/store/core', tests: ['src/store/memory/*.test.ts'] },
  { folder: 'src/platform/core', tests: [] },
  { folder: 'src/server/core', tests: [] },
  { folder: 'src/server/http/core', tests: [] },
  { folder: 'src/sdk/core', tests: [] },
  { folder: 'src/cli/report/core', tests: [] },
  { folder: 'web/src/core', tests: [] },
];
