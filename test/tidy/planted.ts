// Faults planted into a small clean tree, and the rule that must see each. A checker that finds
// nothing proves nothing.

export interface Planted {
  readonly fault: string;
  readonly rule: string;
  readonly files: Readonly<Record<string, string>>;
}

export const cleanTree: Readonly<Record<string, string>> = {
  'src/main.ts':
    "import { run } from './cli/run.ts';\nimport { compose } from './compose.ts';\nrun(compose());\n",
  'src/compose.ts':
    "import { now } from './platform/now.ts';\nimport { scan } from './folder/scan.ts';\nimport { step } from './session/step.ts';\nexport const compose = () => [now, scan, step];\n",
  'src/cli/run.ts':
    "import process from 'node:process';\nexport const run = (x: unknown) => process.exit(x ? 0 : 1);\n",
  'src/platform/now.ts': 'export const now = () => Date.now();\n',
  'src/folder/scan.ts':
    "import { diff } from './core/diff.ts';\nexport const scan = async () => diff(1, 2);\n",
  'src/folder/core/diff.ts':
    "import type { Entry } from '../../model/entry.ts';\nexport const diff = (a: Entry, b: Entry) => a - b;\n",
  'src/model/entry.ts': 'export type Entry = number;\n',
  'src/session/step.ts': 'export const step = (process: { env: string }) => process.env;\n',
  'src/folder/scan.test.ts':
    "import { test } from 'node:test';\nimport { scan } from './scan.ts';\ntest('it scans', () => scan());\n",
};

const core = 'src/folder/core/diff.ts';
const inCore = (text: string) => ({ [core]: `${cleanTree[core]}${text}\n` });
const added = (path: string, text: string) => ({ [path]: `${cleanTree[path]}${text}\n` });
const long = (lines: number) => 'let x = 0;\n'.repeat(lines);

export const planted: readonly Planted[] = [
  {
    fault: 'the terminal reaches into the kernel',
    rule: 'import',
    files: added('src/cli/run.ts', "import '../session/step.ts';"),
  },
  {
    fault: 'a stage imports its sibling',
    rule: 'import',
    files: {
      ...added('src/session/step.ts', "import '../queue/pick.ts';"),
      'src/queue/pick.ts': 'export {};\n',
    },
  },
  {
    fault: 'composing knows the terminal',
    rule: 'import',
    files: added('src/compose.ts', "export type { run } from './cli/run.ts';"),
  },
  {
    fault: 'a type import goes the wrong way',
    rule: 'import',
    files: added('src/model/entry.ts', "import type { scan } from '../folder/scan.ts';"),
  },
  {
    fault: 'a type is imported inline the wrong way',
    rule: 'import',
    files: added('src/model/entry.ts', "export type S = import('../folder/scan.ts').S;"),
  },
  {
    fault: 'a folder without a row appears',
    rule: 'import',
    files: {
      ...added('src/compose.ts', "import './extra/one.ts';"),
      'src/extra/one.ts': "import '../model/entry.ts';\n",
    },
  },
  {
    fault: 'the program imports a test',
    rule: 'import',
    files: added('src/folder/scan.ts', "import './scan.test.ts';"),
  },
  {
    fault: 'a core imports a port',
    rule: 'import',
    files: { ...inCore("import '../../ports/clock.ts';"), 'src/ports/clock.ts': 'export {};\n' },
  },
  {
    fault: 'a core imports the file above it',
    rule: 'import',
    files: inCore("import type { scan } from '../scan.ts';"),
  },
  { fault: 'a core reads the disk', rule: 'import', files: inCore("import 'node:fs';") },
  {
    fault: 'a built-in is out of place',
    rule: 'import',
    files: added('src/folder/scan.ts', "import 'node:fs';"),
  },
  {
    fault: 'a package is out of place',
    rule: 'import',
    files: added('src/session/step.ts', "import 'commander';"),
  },
  {
    fault: 'a package has no row',
    rule: 'import',
    files: added('src/cli/run.ts', "import '@some/package/part';"),
  },
  {
    fault: 'a core asks for the time',
    rule: 'core',
    files: inCore('export const t = Date.now();'),
  },
  { fault: 'a core throws dice', rule: 'core', files: inCore('export const r = Math.random();') },
  { fault: 'a core waits', rule: 'core', files: inCore('export const w = async () => 1;') },
  { fault: 'a core promises', rule: 'core', files: inCore('export type P = Promise<number>;') },
  { fault: 'a core sets a timer', rule: 'core', files: inCore('setTimeout(() => 1, 1);') },
  { fault: 'a core writes to the console', rule: 'core', files: inCore("console.log('x');") },
  {
    fault: 'a model reads the environment',
    rule: 'core',
    files: added('src/model/entry.ts', 'export const e = process.env;'),
  },
  {
    fault: 'a stage reads the true clock',
    rule: 'machine',
    files: added('src/session/step.ts', 'export const t = new Date();'),
  },
  {
    fault: 'a stage sets a timer',
    rule: 'machine',
    files: added('src/folder/scan.ts', 'setTimeout(() => 1, 1);'),
  },
  {
    fault: 'a handler reads the environment',
    rule: 'machine',
    files: added('src/folder/scan.ts', 'export const e = process.env;'),
  },
  {
    fault: 'two files import each other',
    rule: 'cycle',
    files: {
      ...added('src/folder/scan.ts', "import './stage.ts';"),
      'src/folder/stage.ts': "import './scan.ts';\n",
    },
  },
  {
    fault: 'three files import each other by types',
    rule: 'cycle',
    files: {
      ...added('src/folder/scan.ts', "import type { A } from './a.ts';"),
      'src/folder/a.ts': "import type { B } from './b.ts';\n",
      'src/folder/b.ts': "import type { scan } from './scan.ts';\n",
    },
  },
  {
    fault: 'nothing leads to a file',
    rule: 'dead',
    files: { 'src/folder/lost.ts': 'export const lost = 1;\n' },
  },
  { fault: 'a file is too long', rule: 'length', files: { 'src/folder/scan.test.ts': long(401) } },
  {
    fault: 'a function is too long',
    rule: 'length',
    files: added('src/folder/scan.ts', `export function f() {\n${long(70)}}`),
  },
  {
    fault: 'most files are long',
    rule: 'length',
    files: Object.fromEntries(
      Object.entries(cleanTree).map(([path, text]) => [path, `${text}${long(121)}`]),
    ),
  },
  {
    fault: 'the compiler is turned off by a type',
    rule: 'syntax',
    files: added('src/folder/scan.ts', 'export const a = 1 as any;'),
  },
  {
    fault: 'an export has no name',
    rule: 'syntax',
    files: added('src/folder/scan.ts', 'export default 1;'),
  },
  {
    fault: 'a function is exported without a name',
    rule: 'syntax',
    files: added('src/folder/scan.ts', 'export default function f() {}'),
  },
  {
    fault: 'work is left for later',
    rule: 'word',
    files: added('src/folder/scan.ts', `// ${'TO'}${'DO'}: later`),
  },
  {
    fault: 'a path of one machine is written down',
    rule: 'word',
    files: { 'README.md': `see ${'/'}home/somebody/x\n` },
  },
  {
    fault: 'the compiler is silenced',
    rule: 'word',
    files: added('src/folder/scan.ts', `// @ts-${'ignore'}`),
  },
  {
    fault: 'two tests have one title',
    rule: 'title',
    files: added('src/folder/scan.test.ts', "test('it scans', () => scan());"),
  },
  {
    fault: 'a test is skipped',
    rule: 'left-out',
    files: added('src/folder/scan.test.ts', `test.${'skip'}('other', () => scan());`),
  },
  {
    fault: 'a test is skipped by an option',
    rule: 'left-out',
    files: added('src/folder/scan.test.ts', "test('other', { skip: 'why' }, () => scan());"),
  },
  {
    fault: 'a test runs alone',
    rule: 'left-out',
    files: added('src/folder/scan.test.ts', `test('other', { ${'only'}: true }, () => scan());`),
  },
  {
    fault: 'a package is named in vain',
    rule: 'manifest',
    files: { 'package.json': '{"dependencies":{"zod":"^4"}}' },
  },
  {
    fault: 'a package is used but not named',
    rule: 'manifest',
    files: added('src/cli/run.ts', "import 'commander';"),
  },
  {
    fault: 'the lock file leaves a platform out',
    rule: 'manifest',
    files: {
      'package-lock.json':
        '{"packages":{"node_modules/a":{"optionalDependencies":{"a-linux":"1"}}}}',
    },
  },
  {
    fault: 'a name is exported in vain',
    rule: 'export',
    files: added('src/folder/scan.ts', 'export const unused = 1;'),
  },
  {
    fault: 'only a test leads to a file of the program',
    rule: 'dead',
    files: {
      'src/folder/lost.ts': 'export const lost = 1;\n',
      ...added('src/folder/scan.test.ts', "import './lost.ts';"),
    },
  },
  {
    fault: 'a page links to nothing',
    rule: 'page',
    files: { 'docs/a.md': '[gone](../GONE.md)\n' },
  },
  {
    fault: 'a page names a file that is not there',
    rule: 'page',
    files: { 'README.md': 'see `src/folder/gone.ts`\n' },
  },
];
