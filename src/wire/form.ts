// The form of what came, by its schema: what it is, or in one sentence why not.
import type { z } from 'zod';

export type Formed<T> = { readonly value: T } | { readonly wrong: string };

/** `T` is what the schema stands for; the compiler does not follow where a method names both. */
export function formed<T>(schema: z.ZodType, given: unknown): Formed<T> {
  const read = schema.safeParse(given);
  if (read.success) return { value: read.data as T };
  const [issue] = read.error.issues;
  return { wrong: issue === undefined ? 'it is not understood' : reasonOf(issue, []) };
}

type Issue = z.core.$ZodIssue;

/** Of several forms the one it was meant to have speaks: “invalid input” would name no member. */
function reasonOf(issue: Issue, before: readonly PropertyKey[]): string {
  const path = [...before, ...issue.path];
  const [nearest] = issue.code === 'invalid_union' ? issue.errors.toSorted(byNearness) : [];
  if (nearest?.[0] !== undefined) return reasonOf(nearest[0], path);
  return `${path.length === 0 ? '' : `${path.join('.')}: `}${issue.message}`;
}

/** A form whose word does not fit was not meant; of the others the fault that lies deepest is it. */
function byNearness(one: readonly Issue[], other: readonly Issue[]): number {
  const strange = (issues: readonly Issue[]) =>
    issues.some(({ code, path }) => code === 'invalid_value' && path.length === 1) ? 1 : 0;
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
  return strange(one) - strange(other) || depth(other) - depth(one);
}
