// Makes one place of a file say something else. Only what differs is touched: comments, order and the
// way a person wrote the rest stay as they are.
import { type Document, isAlias, isMap, isNode, isSeq, type Node } from 'yaml';
import type { Json, JsonObject } from '../model/json.ts';

type Path = readonly (string | number)[];

/** @param next Undefined: the key is taken out. */
export function say(document: Document, path: Path, next: Json | undefined): void {
  const node = document.getIn(path, true);
  const now = isNode(node) ? (node.toJS(document) as Json) : undefined;
  if (same(now, next)) return;
  if (next === undefined) document.deleteIn(path);
  else if (isMap(node) && isObject(next)) sayMap(document, path, now as JsonObject, next);
  else if (isSeq(node) && Array.isArray(next)) sayList(document, path, now as Json[], next);
  else if (isAlias(node) || typeof next === 'object') document.setIn(path, made(document, next));
  else document.setIn(path, next);
}

function sayMap(document: Document, path: Path, now: JsonObject, next: JsonObject): void {
  for (const key of new Set([...Object.keys(now), ...Object.keys(next)])) {
    say(document, [...path, key], next[key]);
  }
}

function sayList(document: Document, path: Path, now: Json[], next: readonly Json[]): void {
  for (let at = now.length - 1; at >= next.length; at -= 1) document.deleteIn([...path, at]);
  for (const [at, value] of next.entries()) say(document, [...path, at], value);
}

/** Short things on one line, as people write them. */
function made(document: Document, value: Json): Node {
  const node = document.createNode(value) as Node;
  const isFlat =
    typeof value === 'object' && Object.values(value ?? {}).every((one) => !isObject(one));
  if ((isMap(node) || isSeq(node)) && isFlat && JSON.stringify(value).length < 80) node.flow = true;
  return node;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whatever the order of their keys. */
function same(one: Json | undefined, other: Json | undefined): boolean {
  if (isObject(one) && isObject(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].every((key) => same(one[key], other[key]));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, at) => same(each, other[at]));
  }
  return one === other;
}
