// That every exported value is used by another file: what nobody outside needs is nobody's promise.
// Types are left out: a caller may have to name what a function answers.
import ts from 'typescript';
import { entryPoints } from './rules.ts';
import { at, type Finding, resolvePath, type Source, visit } from './source.ts';

export function unusedExports(sources: readonly Source[]): Finding[] {
  const used = new Set(sources.flatMap(usedNames));
  return sources
    .filter(({ path }) => !entryPoints.includes(path))
    .flatMap((source) =>
      exportsOf(source)
        .filter(({ name }) => !used.has(`${source.path} ${name}`) && !used.has(`${source.path} *`))
        .map(({ name, node }) => ({
          rule: 'export',
          where: at(source, node),
          text: `${name} is exported, but no other file uses it`,
        })),
    );
}

interface Exported {
  readonly name: string;
  readonly node: ts.Node;
}

function exportsOf({ syntax }: Source): Exported[] {
  return syntax.statements.flatMap((node) => {
    if (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)) return [];
    if (ts.isExportDeclaration(node)) {
      const clause = node.exportClause;
      if (!clause || node.isTypeOnly || !ts.isNamedExports(clause)) return [];
      return clause.elements.map((one) => ({ name: one.name.text, node: one }));
    }
    if (!ts.canHaveModifiers(node)) return [];
    const isExported = ts
      .getModifiers(node)
      ?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return isExported ? declared(node) : [];
  });
}

function declared(node: ts.Node): Exported[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap((one) => named(one.name, node));
  }
  return 'name' in node && node.name ? named(node.name as ts.Node, node) : [];
}

function named(name: ts.Node, node: ts.Node): Exported[] {
  if (ts.isIdentifier(name)) return [{ name: name.text, node }];
  if (!ts.isObjectBindingPattern(name)) return [];
  return name.elements.flatMap((element) => named(element.name, node));
}

/** `PATH NAME` for each name taken from another file; `PATH *` where all of it is. */
function usedNames({ path, syntax }: Source): string[] {
  const names: string[] = [];
  visit(syntax, (node) => {
    for (const { from, name } of takenBy(node)) {
      if (from.startsWith('.')) names.push(`${resolvePath(path, from)} ${name}`);
    }
  });
  return names;
}

function takenBy(node: ts.Node): readonly { readonly from: string; readonly name: string }[] {
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const from = node.argument.literal;
    const name = node.qualifier?.getText() ?? '*';
    return ts.isStringLiteral(from) ? [{ from: from.text, name }] : [];
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [from] = node.arguments;
    return from && ts.isStringLiteralLike(from) ? [{ from: from.text, name: '*' }] : [];
  }
  const names = clauseOf(node);
  const from =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : null;
  if (!names || !from || !ts.isStringLiteral(from)) return [];
  return names.map((name) => ({ from: from.text, name }));
}

function clauseOf(node: ts.Node): readonly string[] | null {
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause;
    return clause && ts.isNamedExports(clause) ? clause.elements.map(originalName) : ['*'];
  }
  if (!ts.isImportDeclaration(node)) return null;
  const bindings = node.importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(originalName) : ['*'];
}

const originalName = (one: ts.ImportSpecifier | ts.ExportSpecifier) =>
  (one.propertyName ?? one.name).text;
