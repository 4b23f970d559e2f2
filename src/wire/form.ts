// The form of what came, by its schema: what it is, or in one sentence why not.
import type { z } from 'zod';

export type Formed<T> = { readonly value: T } | { readonly wrong: string };

/** `T` is what the schema stands for; the compiler does not follow where a method names both. */
export function formed<T>(schema: z.ZodType, given: unknown): Formed<T> {
  const read = schema.safeParse(given);
  if (read.success) return { value: read.data as T };
  const [issue] = read.error.issues;
  const path = issue?.path.join('.') ?? '';
  return { wrong: `${path === '' ? '' : `${path}: `}${issue?.message ?? 'it is not understood'}` };
}
