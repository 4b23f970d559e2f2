// One file, from text to checked value. Whatever is wrong is a problem with its line: nothing throws,
// so that one look at the folder names everything that is wrong in it.
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Problem, suggestion } from './problem.ts';

export interface Parsed<T> {
  /** Null when there are problems. */
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

export interface Source {
  readonly file: string;
  readonly text: string;
}

type Path = readonly PropertyKey[];

export function parseFile<T>({ file, text }: Source, schema: z.ZodType<T>): Parsed<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (offset: number | null, key: string | null, sentence: string): Problem => ({
    level: 'error',
    file,
    line: offset === null ? null : lines.linePos(offset).line,
    key,
    text: sentence,
  });
  if (text.trim() === '') {
    return { value: null, problems: [problem(null, null, 'the file is empty.')] };
  }
  if (document.errors.length > 0) {
    const faults = document.errors.map((fault) => problem(fault.pos[0], null, fault.message));
    return { value: null, problems: faults };
  }
  const result = schema.safeParse(document.toJS() ?? {});
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) =>
    described(issue, schema).map(({ path, text: sentence }) =>
      problem(offsetOf(document, path), path.join('.') || null, sentence),
    ),
  );
  return { value: null, problems };
}

/** For a part of a file that has been parsed already, and whose schema follows from what stands there. */
export function problemsBelow({ file, text }: Source, at: Path, schema: z.ZodType): Problem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const below = document.getIn(at, true);
  const result = schema.safeParse(isNode(below) ? below.toJS(document) : {});
  const issues = result.error?.issues.flatMap((issue) => described(issue, schema)) ?? [];
  return issues.map(({ path, text: sentence }) => {
    const offset = offsetOf(document, [...at, ...path]);
    const line = offset === null ? null : lines.linePos(offset).line;
    return { level: 'error', file, line, key: [...at, ...path].join('.'), text: sentence };
  });
}

/** For checks after this one; the line of the nearest key above if it is not there itself. */
export function lineOfKey({ text }: Source, path: Path): number | null {
  const lines = new LineCounter();
  const offset = offsetOf(parseDocument(text, { lineCounter: lines }), path);
  return offset === null ? null : lines.linePos(offset).line;
}

interface Described {
  readonly path: Path;
  readonly text: string;
}

function described(issue: z.core.$ZodIssue, schema: z.ZodType): readonly Described[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    const all = known.length === 0 ? '' : ` Known are ${known.join(', ')}.`;
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      text: `there is no such key.${suggestion(key, known) || all}`,
    }));
  }
  const meant = issue.code === 'invalid_union' ? branchMeant(issue.errors) : null;
  if (meant === null) return [{ path: issue.path, text: issue.message }];
  return meant.flatMap((inner) =>
    described({ ...inner, path: [...issue.path, ...inner.path] }, schema),
  );
}

/** Of several forms a value may have, the one it has at its top; what is wrong is further down. */
function branchMeant(branches: readonly (readonly z.core.$ZodIssue[])[]) {
  const isBelow = ({ code, path }: z.core.$ZodIssue) =>
    path.length > 0 || code === 'unrecognized_keys';
  return branches.find((issues) => issues.length > 0 && issues.every(isBelow)) ?? null;
}

interface Shaped {
  readonly shape?: Readonly<Record<string, Shaped>>;
  readonly options?: readonly Shaped[];
  unwrap?(): Shaped;
}

function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  let at = schema as unknown as Shaped | undefined;
  for (const key of path) {
    // Unwrapping a list leads to what it is a list of.
    at = typeof key === 'number' ? formed(at) : formed(at)?.shape?.[String(key)];
  }
  return Object.keys(formed(at)?.shape ?? {});
}

/** Of a union, the form that has keys. */
function formed(schema: Shaped | undefined): Shaped | undefined {
  const plain = bare(schema);
  return plain?.options?.map(formed).find((one) => one?.shape !== undefined) ?? plain;
}

function bare(schema: Shaped | undefined): Shaped | undefined {
  return schema?.shape === undefined && schema?.unwrap ? bare(schema.unwrap()) : schema;
}

/** Of the key rather than its value: that is where a person looks. */
function offsetOf(document: Document, path: Path): number | null {
  for (let length = path.length; length > 0; length -= 1) {
    const parent =
      length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const name = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === name);
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return null;
}
