// The table in ARCHITECTURE.md of who may import whom, from the rules that the test enforces.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayImport, mayUseNode, mayUsePackage } from '../../test/tidy/rules.ts';

const path = join(import.meta.dirname, '..', '..', 'ARCHITECTURE.md');
const [begin, end] = ['<!-- imports: generated -->\n', '<!-- imports: end -->'];

export function architecturePage(): string {
  const text = readFileSync(path, 'utf8');
  const [before = '', rest = ''] = text.split(begin);
  return `${before}${begin}${table()}${end}${rest.split(end)[1] ?? ''}`;
}

function table(): string {
  const rows = Object.entries(mayImport).map(([place, others]) => {
    const names = typeof others === 'string' ? others : others.map(code).join(', ') || 'nothing';
    return `| ${code(place)} | ${names} | ${nodeOf(place)} | ${packagesOf(place)} |`;
  });
  return `
| in src | may import, beside itself | of Node | packages |
| --- | --- | --- | --- |
${rows.join('\n')}

`;
}

const code = (name: string) => `\`${name}\``;

const isWithin = (inner: string, place: string) => inner === place || inner.startsWith(`${place}/`);

function nodeOf(place: string): string {
  return Object.entries(mayUseNode)
    .filter(([inner]) => isWithin(inner, place))
    .map(([inner, names]) => {
      const list = names === 'any' ? 'anything' : names.map(code).join(', ');
      return inner === place ? list : `${list} in ${code(inner)}`;
    })
    .join('; ');
}

function packagesOf(place: string): string {
  return Object.entries(mayUsePackage)
    .filter(([, places]) => places.some((inner) => isWithin(inner, place)))
    .map(([name]) => code(name))
    .join(', ');
}
