// Puts every mutant of a source file into it at once, each behind a switch, so that a file is read and
// evaluated once and not once for each mutant. Only what TypeScript can strip is written.
import ts from 'typescript';

export interface Mutant {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  readonly was: string;
  readonly becomes: string;
}

export interface Instrumented {
  readonly text: string;
  readonly mutants: readonly Mutant[];
}

/** `active(id)` of this name must be in the global scope: whether that mutant is at work now. */
export const switchName = '__mutated';

/** Ids from `firstId` on, in the order of the source. */
export function instrument(file: string, source: string, firstId: number): Instrumented {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const writer = new Writer(tree, (node, becomes) => {
    const id = firstId + mutants.length;
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    mutants.push({ id, file, line: line + 1, was: node.getText(tree), becomes });
    return id;
  });
  return { text: writer.write(tree), mutants };
}

class Writer {
  readonly #tree: ts.SourceFile;
  readonly #add: (node: ts.Node, becomes: string) => number;

  constructor(tree: ts.SourceFile, add: (node: ts.Node, becomes: string) => number) {
    this.#tree = tree;
    this.#add = add;
  }

  /** The node's text with the mutants of it and of all below. */
  write(tree: ts.SourceFile): string {
    return this.#tree.text.slice(0, tree.getStart(tree)) + this.#bare(tree);
  }

  #bare(node: ts.Node): string {
    if (isWithoutCode(node)) return node.getText(this.#tree);
    const inner = this.#children(node);
    if (isRemovable(node)) {
      const id = this.#add(node, '(removed)');
      // In braces: an `else` that follows belongs to the `if` before.
      return `{ if (!${switchName}(${id})) ${inner} }`;
    }
    if (!ts.isExpression(node)) return inner;
    const variants = variantsOf(node, this.#tree);
    let text = inner;
    for (const becomes of variants) {
      const id = this.#add(node, becomes);
      text = `(${switchName}(${id}) ? (${becomes}) : (${text}))`;
    }
    return text;
  }

  #children(node: ts.Node): string {
    const start = node.getStart(this.#tree);
    let at = start;
    let text = '';
    ts.forEachChild(node, (child) => {
      text += this.#tree.text.slice(at, child.getStart(this.#tree)) + this.#bare(child);
      at = child.getEnd();
    });
    return text + this.#tree.text.slice(at, node.getEnd());
  }
}

/** Types, imports, names: nothing that runs. */
function isWithoutCode(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    (ts.isPropertyName(node) && !ts.isComputedPropertyName(node) && isName(node)) ||
    (ts.isTemplateLiteralToken(node) && !ts.isNoSubstitutionTemplateLiteral(node))
  );
}

function isName(node: ts.Node): boolean {
  const { parent } = node;
  const named = parent as { name?: ts.Node; propertyName?: ts.Node };
  return named.name === node || named.propertyName === node;
}

/** A statement that does something and gives nothing back. */
function isRemovable(node: ts.Node): boolean {
  if (ts.isBreakStatement(node)) return !ts.isCaseClause(node.parent);
  if (ts.isContinueStatement(node)) return true;
  if (!ts.isExpressionStatement(node)) return false;
  const { expression } = node;
  // Without it no object is made at all.
  const isSuper =
    ts.isCallExpression(expression) && expression.expression.kind === ts.SyntaxKind.SuperKeyword;
  return !isSuper && !isFieldOfConstructor(node);
}

/** A member that is not set would be missed by the compiler. */
function isFieldOfConstructor(node: ts.ExpressionStatement): boolean {
  const { expression } = node;
  return (
    ts.isConstructorDeclaration(node.parent.parent) &&
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

const operators: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '+=': ['-='],
  '-=': ['+='],
  '|=': ['&='],
};

const methods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
};

function variantsOf(node: ts.Expression, tree: ts.SourceFile): string[] {
  const text = (one: ts.Node) => one.getText(tree);
  if (!isValue(node) || isForTheCompiler(node)) return [];
  if (isCondition(node) && !isConstant(node))
    return ['true', 'false'].filter((way) => !isEndless(node, way));
  if (ts.isBinaryExpression(node)) {
    const changed = operators[text(node.operatorToken)] ?? [];
    if (text(node.operatorToken) === '+' && isTextual(node)) return [];
    // Not every operator may stand beside every other without parentheses.
    const { kind } = node.operatorToken;
    const { FirstAssignment, LastAssignment } = ts.SyntaxKind;
    const isAssignment = kind >= FirstAssignment && kind <= LastAssignment;
    const left = isAssignment ? text(node.left) : `(${text(node.left)})`;
    return changed.map((operator) => `${left} ${operator} (${text(node.right)})`);
  }
  if (ts.isPrefixUnaryExpression(node)) return prefixed(node, text);
  if (ts.isPostfixUnaryExpression(node)) {
    return [`${text(node.operand)}${node.operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++'}`];
  }
  if (ts.isNumericLiteral(node)) return [node.text === '1' ? '0' : `${text(node)} + 1`];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ['false'];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ['true'];
  if (ts.isStringLiteral(node)) return node.text === '' ? ["'mutated'"] : ["''"];
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) return ['[]'];
  if (ts.isCallExpression(node)) return called(node, text);
  return [];
}

function prefixed(node: ts.PrefixUnaryExpression, text: (one: ts.Node) => string): string[] {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return [text(node.operand)];
  if (node.operator === ts.SyntaxKind.MinusToken) return [`+${text(node.operand)}`];
  if (node.operator === ts.SyntaxKind.PlusPlusToken) return [`--${text(node.operand)}`];
  return [];
}

function called(node: ts.CallExpression, text: (one: ts.Node) => string): string[] {
  const { expression } = node;
  if (!ts.isPropertyAccessExpression(expression)) return [];
  const name = text(expression.name);
  const given = node.arguments.map(text).join(', ');
  const other = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (other !== undefined) return [`${text(expression.expression)}.${other}(${given})`];
  const isDropped = ['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim'].includes(name);
  return isDropped ? [text(expression.expression)] : [];
}

/** Read, and not written to, named, or part of a type. */
function isValue(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node) {
    return (
      parent.operatorToken.kind < ts.SyntaxKind.FirstAssignment ||
      parent.operatorToken.kind > ts.SyntaxKind.LastAssignment
    );
  }
  if (ts.isAsExpression(parent) && parent.type.getText() === 'const')
    return ts.isAsExpression(node) === false && !ts.isArrayLiteralExpression(node);
  if (ts.isExpressionWithTypeArguments(node) || ts.isLiteralTypeNode(parent)) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return false;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node)
    return !ts.isStringLiteral(node);
  if (ts.isEnumMember(parent) || ts.isExternalModuleReference(parent)) return false;
  return true;
}

function isCondition({ parent, ...node }: ts.Expression): boolean {
  const own = node as ts.Expression;
  void own;
  return (
    conditionOf(parent) !== undefined &&
    conditionOf(parent)?.pos === node.pos &&
    conditionOf(parent)?.end === node.end
  );
}

function conditionOf(parent: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression;
  if (ts.isConditionalExpression(parent) || ts.isForStatement(parent)) return parent.condition;
  return undefined;
}

/** What stands in for an element that is always there, and that only the compiler does not know of. */
function isForTheCompiler(node: ts.Expression): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken &&
    parent.right === node &&
    ts.isElementAccessExpression(parent.left) &&
    ts.isLiteralExpression(node)
  );
}

function isConstant(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

/** A loop that never ends tells nothing but that. */
function isEndless({ parent }: ts.Expression, way: string): boolean {
  return way === 'true' && (ts.isWhileStatement(parent) || ts.isForStatement(parent));
}

function isTextual(node: ts.BinaryExpression): boolean {
  return [node.left, node.right].some(
    (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side),
  );
}
