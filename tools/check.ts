// npm run check: what must hold before a commit, in about a minute. With --all (npm test): the
// whole proof, with the slow and the destructive parts; with --figures on top (npm test -- --figures)
// as many drawn worlds and kills as every change that lands has to stand. Every step runs, whatever the one before
// it came to; the test runner comes last, so that its totals do too.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';

interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...arguments_: string[]];
}

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
/** The older one, which `typescript` names, is asked for syntax trees only. */
const compiler = join(modules, 'typescript-native', 'bin', 'tsc');
const all = process.argv.includes('--all');
const figures = process.argv.includes('--figures');
const simulated = all
  ? [
      ...(figures
        ? ['--planner=500000', '--session=20000', '--engine=20000']
        : ['--planner=20000', '--session=2000', '--engine=1500']),
      '--twins=400',
      '--ring=300',
      '--crashes=3',
      '--jobs=2',
    ]
  : ['--planner=200', '--session=200', '--engine=60', '--twins=20', '--ring=20', '--crashes=0'];
/** Another sample each day. */
const kills = ['test/kills/run.ts', '--sample', '300', '--jobs', '2'] as const;

const simulation = 'test/simulation/run.ts';
/** Each of these takes longer than a hundred others: only the whole proof has the time. */
const slow: ReadonlySet<string> = new Set(
  [
    'src/platform/watching.test.ts',
    'src/testing/check-handler.test.ts',
    'src/trigger/core/slots.test.ts',
  ].map((path) => join(path)),
);
const tests = all
  ? [
      'src/**/*.test.ts',
      'web/**/*.test.ts',
      'test/**/*.test.ts',
      'bench/**/*.test.ts',
      'tools/**/*.test.ts',
    ]
  : globSync(
      [
        'src/**/*.test.ts',
        'web/**/*.test.ts',
        'test/tidy.test.ts',
        'test/conformance/**/*.test.ts',
      ],
      { cwd: root },
    ).filter((path) => !slow.has(path));

/** What was compiled for one file of tests serves the next ones: half of what most of them take. */
const compiled = join(modules, '.cache', 'compiled');

/** Another sample each day: a minute of two processors. */
const mutants = ['tools/mutate.ts', '--sample', '20', '--jobs', '2', '--at-least', '85'] as const;

const steps: readonly Step[] = [
  ...(all ? [{ name: 'tools', command: ['node', 'tools/need.ts'] } as const] : []),
  { name: 'types', command: ['node', compiler] },
  { name: 'page types', command: ['node', compiler, '-p', 'web'] },
  { name: 'lint', command: [join(modules, '.bin', 'biome'), 'check', '--error-on-warnings', '.'] },
  ...(existsSync(join(root, simulation))
    ? [{ name: 'simulation', command: ['node', simulation, ...simulated] } as const]
    : []),
  ...(figures ? [{ name: 'kills', command: ['node', ...kills] } as const] : []),
  ...(all ? [{ name: 'mutants', command: ['node', ...mutants] } as const] : []),
  { name: 'tests', command: ['node', '--test', `--test-concurrency=${all ? 2 : 3}`, ...tests] },
];

const results = steps.map(({ name, command: [program, ...rest] }) => {
  process.stdout.write(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}\n`);
  const start = performance.now();
  const { status, error } = spawnSync(program === 'node' ? process.execPath : program, rest, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  });
  if (error) process.stderr.write(`${name}: ${error.message}\n`);
  return { name, passed: status === 0, seconds: (performance.now() - start) / 1000 };
});

process.stdout.write(`\nNode ${process.version}\n`);
for (const { name, passed, seconds } of results) {
  const word = passed ? 'passed' : 'FAILED';
  process.stdout.write(`${name.padEnd(12)} ${word}  ${seconds.toFixed(1).padStart(6)} s\n`);
}
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
