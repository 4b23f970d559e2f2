// docs/faults.md: every bad input and fault that was thought of, what must come of it, and the tests
// whose titles begin with its id. A case without a test needs a reason.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beyondCases } from './faults/beyond.ts';
import type { Cases } from './faults/case.ts';
import { localCases } from './faults/local.ts';

const root = join(import.meta.dirname, '..', '..');
const cases: Cases = { ...localCases, ...beyondCases };

const groups: Readonly<Record<string, string>> = {
  MT: 'Traps of Node and of the system',
  FS: 'File systems',
  NM: 'Names',
  CK: 'Clocks and schedules',
  CR: 'Crashes',
  DB: 'The store',
  CF: 'Configuration',
  CC: 'Several at once',
  HN: 'Handlers',
  RE: 'Remote ends',
  NW: 'The network',
  HT: 'The server',
  DS: 'Many computers',
};

export function faultsPage(): string {
  const tests = testsById();
  const unknown = [...tests.keys()].filter((id) => !(id in cases));
  if (unknown.length > 0) throw new Error(`tests name cases that are none: ${unknown.join(', ')}`);
  const ids = Object.keys(cases);
  const shown = ids.filter((id) => tests.has(id)).length;
  return `# Faults

Generated from \`tools/docs/faults/\` and the titles of the tests by \`npm run docs\`. Of ${ids.length} bad inputs
and faults, ${shown} are shown by tests whose titles begin with their id; those in \`test/faults\` run the real
program on a real disk. The others say why not.
${Object.entries(groups)
  .map(([group, title]) => section(group, title, tests))
  .join('')}`;
}

function section(group: string, title: string, tests: ReadonlyMap<string, Set<string>>): string {
  const rows = Object.entries(cases)
    .filter(([id]) => id.startsWith(`${group}-`))
    .map(([id, [input, outcome, open]]) => {
      const files = [...(tests.get(id) ?? [])].map((path) => `\`${path}\``).join(', ');
      if (files === '' && open === undefined) throw new Error(`${id} has neither test nor reason`);
      const reason = files !== '' && open?.startsWith('Does not apply') ? undefined : open;
      const proof = [files, reason].filter(Boolean).join('. ');
      return `| ${id} | ${input} | ${outcome} | ${proof} |`;
    });
  return `
## ${title}

| | input or fault | what comes of it | shown by |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

/** Id → files with a text that begins with it, alone or among others. */
function testsById(): Map<string, Set<string>> {
  const id = `(?:${Object.keys(groups).join('|')})-\\d+`;
  const title = new RegExp(
    `['"\`]((?:[A-Z]{1,2}-?\\d+,? )*${id}(?:,? [A-Z]{1,2}-?\\d+)*)[ :]`,
    'g',
  );
  const found = new Map<string, Set<string>>();
  const files = globSync('{src,test,tools}/**/*.test.ts', { cwd: root });
  for (const file of files.map((path) => path.replaceAll('\\', '/')).toSorted(byText)) {
    for (const [, ids = ''] of readFileSync(join(root, file), 'utf8').matchAll(title)) {
      for (const [one] of ids.matchAll(new RegExp(id, 'g'))) {
        found.set(one, (found.get(one) ?? new Set()).add(file));
      }
    }
  }
  return found;
}

const byText = (one: string, other: string) => (one < other ? -1 : 1);
