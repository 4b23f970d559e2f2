// What `syncmgr handler test` is made of: the handler behind its true host, and no store, so that what
// is tried leaves nothing behind. Apart from compose.ts, because no other command loads a word of it.
import type { CheckShape, HandlerTrial } from './api/trial-shapes.ts';
import type { ConfiguredPorts } from './handler/configured.ts';
import { errorRecord, syncError } from './model/error.ts';
import { type HandlerSource, usualBlockedMs, usualPatience } from './model/handler-source.ts';
import type { Handler } from './ports/handler.ts';
import type { ProgramEnd, RunningProgram } from './ports/processes.ts';
import { commandWords } from './stdx/command-words.ts';
import type { Subject } from './testing/bench.ts';
import type { ProgramSubject } from './testing/check-program.ts';

/** Each check as soon as it is over. Throws `usage` for what cannot be tried at all. */
export async function* testHandler(
  trial: HandlerTrial,
  signal: AbortSignal,
): AsyncGenerator<CheckShape> {
  const [{ temporaryFolder }, { checkProgram }, { checkHandler }] = await Promise.all([
    import('./platform/temporary.ts'),
    import('./testing/check-program.ts'),
    import('./testing/check-handler.ts'),
  ]);
  const { path, remove } = temporaryFolder();
  try {
    for (const name of trial.only ?? []) await known(name);
    const subject = await subjectOf(trial, path);
    const options = { signal, ...(trial.only !== null && { only: trial.only }) };
    if (subject.isProgram) {
      let isHandler = true;
      for await (const result of checkProgram(subject, options)) {
        if (result.name === 'introduces-itself') isHandler = result.outcome === 'passed';
        yield result;
      }
      if (!isHandler) return;
    }
    yield* checkHandler(subject, options);
  } finally {
    remove();
  }
}

/** Throws `usage` with the names that there are. */
async function known(name: string): Promise<void> {
  const { programChecks } = await import('./testing/check-program.ts');
  const { handlerChecks } = await import('./testing/check-handler.ts');
  const names = [...programChecks, ...handlerChecks].map((check) => check.name);
  if (names.includes(name)) return;
  const what = `There is no check ${JSON.stringify(name)}. There are: ${names.join(', ')}.`;
  throw syncError('usage', { what });
}

/** The handler with its settings, how its world is laid out, and how it is looked at. */
async function subjectOf(
  trial: HandlerTrial,
  temporary: string,
): Promise<Subject & ProgramSubject & { readonly isProgram: boolean }> {
  const [{ disk }, { readSettings }, { fingerprintOf }, { sha256 }] = await Promise.all([
    import('./platform/disk.ts'),
    import('./configuration/settings-file.ts'),
    import('./testing/fingerprint.ts'),
    import('./platform/hasher.ts'),
  ]);
  const ports = await hostPorts(trial.folder, temporary);
  const absolute = (path: string) => (path.startsWith('/') ? path : `${trial.folder}/${path}`);
  const before = trial.before === null ? null : commandWords(trial.before);
  if (trial.before !== null && before === null) {
    throw syncError('usage', { what: `A quotation mark has no end: ${trial.before}` });
  }
  const watched = trial.watch.map(absolute);
  return {
    isProgram: !isModule(trial.command),
    handler: freshHandler(sourceOf(trial.command, trial.folder), ports),
    settings: trial.settings === null ? {} : readSettings(disk, absolute(trial.settings)),
    start: () => startProgram(trial.command, trial.folder, ports),
    ...(before !== null && { layOut: () => layOut(before, trial.folder, ports) }),
    ...(watched.length > 0 && { fingerprint: async () => fingerprintOf(disk, sha256, watched) }),
  };
}

async function hostPorts(folder: string, temporary: string): Promise<ConfiguredPorts> {
  const [{ disk: filesystem }, { trueClock: clock }, { trueRandom: random }, { processes }] =
    await Promise.all([
      import('./platform/disk.ts'),
      import('./platform/clock.ts'),
      import('./platform/random.ts'),
      import('./platform/processes.ts'),
    ]);
  const [{ StartBook }, { environment }, { importModule }, { self }, { places }] =
    await Promise.all([
      import('./handler/start-book.ts'),
      import('./platform/environment.ts'),
      import('./platform/import-module.ts'),
      import('./platform/self.ts'),
      import('./platform/places.ts'),
    ]);
  const { home } = places();
  const place = { configuration: folder, home, work: `${temporary}/work` };
  const { openSecrets } = await import('./platform/secrets.ts');
  const book = new StartBook({ filesystem, clock, processes, folder: `${temporary}/book` });
  return {
    filesystem,
    clock,
    processes,
    random,
    secrets: openSecrets({ home, processes }),
    book,
    version: self().version,
    importModule: (name) => importModule(name, place),
    // What is tried is tried as it is.
    apart: () => [],
    environment,
    place,
  };
}

/** One word with the ending of a module is one; a program is named with its interpreter. */
const isModule = ([word = '', ...rest]: readonly string[]) =>
  rest.length === 0 && /\.m?[jt]s$/.test(word);

function sourceOf(command: readonly string[], folder: string): HandlerSource {
  const [module = ''] = command;
  if (isModule(command)) {
    const path = /^[./~]/.test(module) ? module : `./${module}`;
    return { module: path, patience: null, blockedMs: usualBlockedMs };
  }
  return {
    command,
    folder,
    environment: [],
    secrets: {},
    limits: {},
    handshakeMs: 10_000,
    patience: usualPatience,
  };
}

/** Forgiven each time: what failed in one check must not keep the next from being tried. */
function freshHandler(source: HandlerSource, ports: ConfiguredPorts): Handler {
  const name = 'test';
  return {
    name,
    open: async (opening) => {
      const { configuredHandler } = await import('./handler/configured.ts');
      ports.book.forgive(name);
      const handler = await configuredHandler(name, source, ports)();
      return handler.open(opening);
    },
  };
}

async function startProgram(
  [program = '', ...rest]: readonly string[],
  folder: string,
  ports: ConfiguredPorts,
): Promise<RunningProgram> {
  const { environmentFor } = await import('./handler/core/environment.ts');
  const isPath = program.includes('/') && !program.startsWith('/');
  return ports.processes.start({
    program: isPath ? `${folder}/${program.replace(/^\.\//, '')}` : program,
    arguments: rest,
    folder,
    environment: environmentFor([], ports.environment),
  });
}

async function layOut(
  words: readonly string[],
  folder: string,
  ports: ConfiguredPorts,
): Promise<void> {
  const running = await startProgram(words, folder, ports).catch((thrown: unknown) => {
    throw syncError('usage', { what: `--before: ${errorRecord(thrown).text}` }, thrown);
  });
  running.endInput();
  const [said, , end] = await Promise.all([
    textOf(running.errors),
    textOf(running.output),
    running.ended,
  ]);
  if (end.code === 0) return;
  const what = `The program of --before, ${words.join(' ')}, ended with ${howOf(end)}: ${said.trim()}`;
  throw syncError('usage', { what });
}

const howOf = ({ code, signal }: ProgramEnd) => signal ?? `code ${code}`;

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text;
}
