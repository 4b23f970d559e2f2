// Placeholders of arguments. What is filled in stays one argument, whatever stands in it; what is not
// known is left as it is, because braces are usual in the words of other programs.

export interface Filling {
  readonly names: Readonly<Record<string, string>>;
  /** In the place of an argument that is `{name}` alone. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

export function fill(text: string, { names }: Filling): string {
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(names, name) ? (names[name] ?? whole) : whole,
  );
}

export function fillAll(words: readonly string[], filling: Filling): readonly string[] {
  return words.flatMap((one) => {
    const list = /^\{([a-z]+)\}$/.exec(one)?.[1];
    const many = list === undefined ? undefined : filling.lists[list];
    return many ?? [fill(one, filling)];
  });
}
