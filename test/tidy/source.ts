// One file of the tree as the checks see it: its syntax, its imports, and where it stands.
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  /** Path from the root of the tree, or null for a package or a built-in. */
  readonly target: string | null;
  readonly line: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly syntax: ts.SourceFile;
  readonly imports: readonly Import[];
}

/** Path from the root, with `/`, → content. */
export type Tree = ReadonlyMap<string, string>;

export interface Finding {
  readonly rule: string;
  readonly where: string;
  readonly text: string;
}

export const isTest = (path: string) =>
  /\.(?:test|fuzz)\.ts$/.test(path) || !path.startsWith('src/');

/** `src/folder/core/plan.ts` stands in `folder` and in `folder/core`; `src/main.ts` in `main.ts`. */
export function standsIn(path: string, places: readonly string[]): boolean {
  return places.some((place) => path === `src/${place}` || path.startsWith(`src/${place}/`));
}

export const topOf = (path: string) => path.split('/')[1] ?? '';

/** Of the page, which runs in a browser and has rules of its own. */
export const isPage = (path: string) => path.startsWith('web/') && !path.includes('.test.');

export const isCore = (path: string) =>
  (path.startsWith('src/') || isPage(path)) && path.includes('/core/');

export function readSources(tree: Tree): Source[] {
  return [...tree].filter(([path]) => /\.tsx?$/.test(path)).map(([path, text]) => read(path, text));
}

export function lineOf(syntax: ts.SourceFile, node: ts.Node): number {
  return syntax.getLineAndCharacterOfPosition(node.getStart(syntax)).line + 1;
}

export const at = (source: Source, node: ts.Node) =>
  `${source.path}:${lineOf(source.syntax, node)}`;

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

function read(path: string, text: string): Source {
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  visit(syntax, (node) => {
    const literal = specifierOf(node);
    if (literal) {
      const target = literal.text.startsWith('.') ? resolvePath(path, literal.text) : null;
      imports.push({ specifier: literal.text, target, line: lineOf(syntax, literal) });
    }
  });
  return { path, text, lines: text.split('\n').length - 1, syntax, imports };
}

/** Static, dynamic, type and re-exporting imports, and `new URL('./worker.ts', import.meta.url)`. */
function specifierOf(node: ts.Node): ts.StringLiteralLike | null {
  const found =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
        ? node.argument.literal
        : (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) ||
            (ts.isNewExpression(node) && node.expression.getText() === 'URL')
          ? node.arguments?.[0]
          : undefined;
  return found && ts.isStringLiteralLike(found) ? found : null;
}

export function resolvePath(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
