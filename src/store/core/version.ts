// Comparing versions of the form 3.51.3.

/** Whether `found` comes before `needed`; parts that are missing count as 0. */
export function isOlder(found: string, needed: string): boolean {
  const [one, other] = [found.split('.').map(Number), needed.split('.').map(Number)];
  for (let part = 0; part < Math.max(one.length, other.length); part += 1) {
    const difference = (one[part] ?? 0) - (other[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
