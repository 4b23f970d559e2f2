// Where something is mounted, from what the systems say.

/** `/proc/self/mountinfo`: the fifth field, with blanks and the like as `\040`. */
export function mountsOfTable(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const path = line.split(' ')[4];
    return path === undefined ? [] : [unescaped(path)];
  });
}

const unescaped = (path: string) =>
  path.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );

/** `mount` of macOS: `/dev/disk4s1 on /Volumes/My Stick (apfs, local, …)`. */
export function mountsOfCommand(text: string): readonly string[] {
  return [...text.matchAll(/^.+? on (\/.*) \([^()]*\)$/gm)].flatMap(([, path]) => path ?? []);
}
