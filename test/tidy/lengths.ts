// How long files and functions are. The tail is what nobody wants to open: hence a stop for each,
// and a ninetieth percentile over all.
import ts from 'typescript';
import { lengths } from './rules.ts';
import { at, type Finding, isPage, isTest, lineOf, type Source, visit } from './source.ts';

interface Measured {
  readonly where: string;
  readonly lines: number;
}

export function tooLong(sources: readonly Source[]): Finding[] {
  const program = sources.filter(({ path }) => !isTest(path));
  const measure = (source: Source) => ({ where: source.path, lines: source.lines });
  const functions = program.flatMap(functionsOf);
  const ofPage = sources.filter(({ path }) => isPage(path)).flatMap(functionsOf);
  return [
    ...above(sources.map(measure), 'file', lengths.file.stop),
    ...above([...functions, ...ofPage], 'function', lengths.function.stop),
    ...spread(program.map(measure), 'file', 50, lengths.file.median),
    ...spread(program.map(measure), 'file', 90, lengths.file.p90),
    ...spread(functions, 'function', 90, lengths.function.p90),
  ];
}

/** From the signature to the closing brace; nested ones count on their own and inside their parent. */
function functionsOf(source: Source): Measured[] {
  const found: Measured[] = [];
  visit(source.syntax, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return;
    const end = source.syntax.getLineAndCharacterOfPosition(node.end).line + 1;
    found.push({ where: at(source, node), lines: end - lineOf(source.syntax, node) + 1 });
  });
  return found;
}

function above(measured: readonly Measured[], what: string, limit: number): Finding[] {
  return measured
    .filter(({ lines }) => lines > limit)
    .map(({ where, lines }) => ({
      rule: 'length',
      where,
      text: `the ${what} has ${lines} lines; the stop is ${limit}`,
    }));
}

function spread(
  measured: readonly Measured[],
  what: string,
  share: number,
  limit: number,
): Finding[] {
  const sorted = measured.toSorted((a, b) => a.lines - b.lines);
  const found = sorted[Math.ceil((sorted.length * share) / 100) - 1];
  if (!found || found.lines <= limit) return [];
  const text = `percentile ${share} of ${what} lengths is ${found.lines}; the limit is ${limit}`;
  return [{ rule: 'length', where: found.where, text }];
}
