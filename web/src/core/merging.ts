// A text made out of two, piece by piece: what both have stays, and where they differ a person takes the
// left, the right or both.
import { diffArrays } from 'diff';

export type Take = 'left' | 'right' | 'both';

export type Block =
  | { readonly kind: 'same'; readonly lines: readonly string[] }
  | {
      readonly kind: 'differs';
      /** Counted over those that differ, from 0. */
      readonly number: number;
      readonly left: readonly string[];
      readonly right: readonly string[];
    };

/** Beyond so many steps two texts have little in common, and are shown as one piece that differs. */
const editsMax = 4_000;

export function blocksOf(left: string, right: string): readonly Block[] {
  const [ours, theirs] = [linesOf(left), linesOf(right)];
  const pieces = diffArrays([...ours], [...theirs], { maxEditLength: editsMax });
  if (pieces === undefined) return [{ kind: 'differs', number: 0, left: ours, right: theirs }];
  const blocks: Block[] = [];
  let number = 0;
  let [removed, added]: [string[], string[]] = [[], []];
  const flush = () => {
    if (removed.length + added.length === 0) return;
    blocks.push({ kind: 'differs', number, left: removed, right: added });
    number += 1;
    [removed, added] = [[], []];
  };
  for (const { value, removed: isLeft, added: isRight } of pieces) {
    if (isLeft) removed.push(...value);
    else if (isRight) added.push(...value);
    else {
      flush();
      blocks.push({ kind: 'same', lines: value });
    }
  }
  flush();
  return blocks;
}

/** Each line with its end, so that a last line without one is another line. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

export function mergedText(
  blocks: readonly Block[],
  takes: Readonly<Record<number, Take>>,
): string {
  return blocks
    .flatMap((block) => {
      if (block.kind === 'same') return block.lines;
      const take = takes[block.number] ?? 'both';
      if (take === 'both') return withEnd(block.left).concat(block.right);
      return take === 'left' ? block.left : block.right;
    })
    .join('');
}

/** What follows begins on a line of its own. */
function withEnd(lines: readonly string[]): readonly string[] {
  const last = lines.at(-1);
  if (last === undefined || last.endsWith('\n')) return lines;
  return [...lines.slice(0, -1), `${last}\n`];
}

/** A field in a browser knows one end of a line; what both versions have is put back. */
export function withLineEndsOf(text: string, versions: readonly string[]): string {
  const areAllWindows = versions.every((one) => /\n/.test(one) && !/(^|[^\r])\n/.test(one));
  return areAllWindows ? text.replaceAll(/\r?\n/g, '\r\n') : text;
}
