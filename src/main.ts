// The program: the terminal's face over the manager, wherever that is. What it needs is loaded when it is
// needed: asking for help opens no store, and where there will be work the threads for it start first.
import process from 'node:process';

const working = new Set(['sync', 'run', 'plan', 'approve', 'retry']);

async function main(words: readonly string[]): Promise<number> {
  const verb = words.includes('--help') || words.includes('-h') ? '' : (words[0] ?? '');
  const works = working.has(verb);
  if (works || verb === 'up') keepHeapSmall();
  if (verb === 'up') {
    keepYoungHeap();
    preferSmallness();
  }
  if (works) (await import('./compose.ts')).startCrew();
  const { runProgram } = await import('./cli/program.ts');
  return runProgram(words, {
    openClient: async (options) => {
      const { findManager, openClient } = await import('./compose.ts');
      const client = (await findManager(options)) ?? (await openClient(options));
      if (works) keepYoungHeap();
      return client;
    },
    findManager: async (options) => (await import('./compose.ts')).findManager(options),
    testHandler: async function* (trial, signal) {
      yield* (await import('./compose-testing.ts')).testHandler(trial, signal);
    },
    services: async () =>
      (await import('./compose-service.ts')).openServiceDesk(process.argv[1] ?? ''),
    runManager: async (wishes) => (await import('./compose-daemon.ts')).runManager(wishes),
  });
}

/**
 * A session makes much at once that soon dies. Left alone the engine would rather grow than collect:
 * a first run of 100,000 files took half as much memory again. No limit is set, so a large tree is
 * slower and never fails. A manager that goes on for months keeps what its start made otherwise.
 */
function keepHeapSmall(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  // Of each thread from its start: a lane that looks collected a hundred times in what one fills now in 25.
  setFlagsFromString('--min-semi-space-size=4');
  // This thread has started already, with one MiB: it grows while the program is loaded, and only then.
  setFlagsFromString('--semi-space-growth-factor=4');
  setFlagsFromString('--heap-growing-percent=20');
}

function keepYoungHeap(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
}

/** A manager is idle nearly all of its life: with 1,000 partnerships it takes a sixth less memory so. */
function preferSmallness(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--optimize-for-size');
}

void main(process.argv.slice(2)).then((code) => {
  // Whatever a library left open must not keep a finished command alive; what was said goes out first.
  process.stdout.write('', () => process.exit(code));
});
