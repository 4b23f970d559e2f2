// That test titles are unique, so that a title names one test, and that no test is left out.
import ts from 'typescript';
import { at, type Finding, type Source, visit } from './source.ts';

const makers = new Set(['test', 'it', 'describe', 'suite']);
const leavingOut = new Set(['skip', 'only', 'todo']);

export function testFaults(sources: readonly Source[]): Finding[] {
  const titles = new Map<string, string>();
  return sources.flatMap((source) => {
    const findings: Finding[] = [];
    visit(source.syntax, (node) => {
      if (!ts.isCallExpression(node)) return;
      const where = at(source, node);
      if (isLeftOut(node)) {
        findings.push({ rule: 'left-out', where, text: 'a test runs, or is not there' });
      }
      const title = titleOf(node);
      if (!title) return;
      const first = titles.get(title);
      if (first) findings.push({ rule: 'title', where, text: `“${title}” is at ${first} already` });
      else titles.set(title, where);
    });
    return findings;
  });
}

/** `test.skip(…)`, `t.skip()`, `{ only: true }`. A condition of the machine may skip: `skip: !isRoot`. */
function isLeftOut(call: ts.CallExpression): boolean {
  const callee = call.expression;
  if (ts.isPropertyAccessExpression(callee) && leavingOut.has(callee.name.text)) {
    const owner = callee.expression.getText();
    return makers.has(owner) || owner === 't' || owner === 'context';
  }
  if (!makers.has(callee.getText())) return false;
  return call.arguments.some(
    (argument) =>
      ts.isObjectLiteralExpression(argument) && argument.properties.some(isConstantSkip),
  );
}

function isConstantSkip(property: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isPropertyAssignment(property) || !leavingOut.has(property.name.getText())) return false;
  return (
    ts.isStringLiteralLike(property.initializer) ||
    property.initializer.kind === ts.SyntaxKind.TrueKeyword
  );
}

/** The titles of the groups around it and its own, if all are plain text. */
function titleOf(call: ts.CallExpression): string | null {
  const own = ownTitle(call);
  if (own === null || call.expression.getText() === 'describe') return null;
  const around: string[] = [];
  for (let node: ts.Node = call.parent; node; node = node.parent) {
    if (!ts.isCallExpression(node) || !makers.has(node.expression.getText())) continue;
    const title = ownTitle(node);
    if (title === null) return null;
    around.unshift(title);
  }
  return [...around, own].join(' › ');
}

function ownTitle(call: ts.CallExpression): string | null {
  const [first] = call.arguments;
  return makers.has(call.expression.getText()) && first && ts.isStringLiteralLike(first)
    ? first.text
    : null;
}
