// What no file may hold: words of the wrong kind, `any`, default exports.
import ts from 'typescript';
import { bannedWords } from './rules.ts';
import { at, type Finding, type Source, type Tree, visit } from './source.ts';

export function bannedText(tree: Tree): Finding[] {
  return [...tree].flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        bannedWords
          .filter(({ pattern }) => pattern.test(line))
          .map(({ reason }) => ({ rule: 'word', where: `${path}:${index + 1}`, text: reason })),
      ),
  );
}

export function bannedSyntax(sources: readonly Source[]): Finding[] {
  return sources.flatMap((source) => {
    const findings: Finding[] = [];
    visit(source.syntax, (node) => {
      const text = wrong(node);
      if (text) findings.push({ rule: 'syntax', where: at(source, node), text });
    });
    return findings;
  });
}

function wrong(node: ts.Node): string | null {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return '`any` turns the compiler off; use `unknown`';
  if (
    ts.isExportAssignment(node) ||
    (node.kind === ts.SyntaxKind.DefaultKeyword && isModifier(node))
  ) {
    return 'a default export has no name to search for';
  }
  return null;
}

const isModifier = (node: ts.Node) => ts.isModifier(node);
