// Whose code a thread is in, from the addresses of the modules on its stack. Nobody is named on a guess:
// who is named is moved out of the process.

export interface Suspect {
  readonly handler: string;
  /** Of its module. */
  readonly url: string;
}

/** @param stack Addresses, the innermost first; `''` where a piece of code has none. */
export function culpritOf<One extends Suspect>(
  stack: readonly string[],
  suspects: readonly One[],
): One | null {
  for (const url of stack) {
    const itself = suspects.find((one) => one.url === url);
    if (itself !== undefined) return itself;
    const neighbours = suspects.filter((one) => isWithin(url, groundOf(one.url)));
    // Two modules of one folder may both use what stands beside them.
    const [only, ...others] = neighbours;
    if (only !== undefined && others.length === 0) return only;
  }
  return null;
}

const isWithin = (url: string, ground: string) => url.startsWith(ground);

/** Its package with all that is installed in it; for a lone file, the folder it is in. */
function groundOf(url: string): string {
  const packaged = /^.*\/node_modules\/(@[^/]+\/)?[^/]+\//.exec(url);
  return packaged?.[0] ?? url.slice(0, url.lastIndexOf('/') + 1);
}
