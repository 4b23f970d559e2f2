// Versions as programs print them: numbers between dots; whatever follows them does not count.

export function isAtLeast(version: string, least: string): boolean {
  const [ours, theirs] = [numbers(version), numbers(least)];
  for (const [at, needed] of theirs.entries()) {
    const found = ours[at] ?? 0;
    if (found !== needed) return found > needed;
  }
  return true;
}

function numbers(version: string): readonly number[] {
  return (/^\d+(\.\d+)*/.exec(version.trim())?.[0] ?? '0').split('.').map(Number);
}
