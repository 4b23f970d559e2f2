// The beginning of a plan's hash, as a person types it.

/** In the letters that hashes are stored in; null when it is too short or no such beginning. */
export function hashPrefix(typed: string): string | null {
  return /^[0-9a-f]{6,64}$/i.test(typed) ? typed.toLowerCase() : null;
}
