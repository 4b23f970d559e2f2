// The text of a plan that its hash is taken over: the same changes give the same text, wherever and
// whenever they were made. One line per change, each member written as JSON, the handler's own detail
// with its keys in order.
import type { Json } from '../../model/json.ts';
import type { PlanChange } from '../../model/plan.ts';

export function changeText({ item, side, kind, path, from, bytes, detail }: PlanChange): string {
  const fixed = `${JSON.stringify(path)},${JSON.stringify(item)},${JSON.stringify(side)},${kind}`;
  const moved = from === undefined ? '' : JSON.stringify(from);
  return `${fixed},${moved},${bytes},${detail === undefined ? '' : canonical(detail)}\n`;
}

function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value).sort(inCodeUnits);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}

const inCodeUnits = (one: string, other: string) => (one < other ? -1 : 1);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
