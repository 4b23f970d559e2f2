// That a core decides by its arguments alone, and that only the named folders touch the machine.
import ts from 'typescript';
import { impureInCore, machineGlobals, pureFolders } from './rules.ts';
import {
  at,
  type Finding,
  isCore,
  isPage,
  isTest,
  type Source,
  standsIn,
  visit,
} from './source.ts';

export function impurities(sources: readonly Source[]): Finding[] {
  return sources.filter(({ path }) => !isTest(path) || isPageCore(path)).flatMap(inFile);
}

const isPageCore = (path: string) => isPage(path) && isCore(path);

function inFile(source: Source): Finding[] {
  const pure = isCore(source.path) || standsIn(source.path, pureFolders);
  const findings: Finding[] = [];
  visit(source.syntax, (node) => {
    const text = pure ? impure(node) : misplaced(node, source.path);
    if (text) findings.push({ rule: pure ? 'core' : 'machine', where: at(source, node), text });
  });
  return findings;
}

function impure(node: ts.Node): string | null {
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) {
    return 'a core never waits';
  }
  const names = namesOf(node);
  const name = impureInCore.find((one) => names.includes(one));
  return name ? `a core never names ${name}` : null;
}

function misplaced(node: ts.Node, path: string): string | null {
  const name = namesOf(node).find((one) => {
    const places = machineGlobals[one];
    return places !== undefined && !standsIn(path, places);
  });
  return name ? `${name} is for ${machineGlobals[name]?.join(', ')} only; take the port` : null;
}

const watched = new Set([...impureInCore, ...Object.keys(machineGlobals)]);

/** The global names that a node stands for: `Date.now`, `new Date()`, `process`. */
function namesOf(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) return [node.getText()];
  if (ts.isNewExpression(node) && !node.arguments?.length) {
    return [`new ${node.expression.getText()}()`];
  }
  const global = ts.isIdentifier(node) && watched.has(node.text) && isUse(node);
  return global && !declares(node.getSourceFile(), node.text) ? [node.text] : [];
}

/** Whether the identifier refers to something, and is not the name of a member or a declaration. */
function isUse(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isQualifiedName(parent)) return parent.left === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  const named = 'name' in parent && parent.name === node;
  return !named && !('propertyName' in parent && parent.propertyName === node);
}

/** Whether the file itself declares that name: a parameter called `process` is no global. */
function declares(file: ts.SourceFile, name: string): boolean {
  let found = false;
  visit(file, (node) => {
    found ||= isDeclaration(node) && node.name?.getText(file) === name;
  });
  return found;
}

const isDeclaration = (node: ts.Node) =>
  ts.isVariableDeclaration(node) ||
  ts.isParameter(node) ||
  ts.isBindingElement(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node);
