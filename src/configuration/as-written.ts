// The text of a changed document with every line that says the same as before written as it was before: a
// library that prints a document prints all of it in one taste, which is seldom the one of its author.
import { type Document, parseDocument } from 'yaml';

export function asWritten(document: Document, before: string): string {
  const printed = document.toString({
    lineWidth: 0,
    flowCollectionPadding: false,
    indent: indentOf(before),
    indentSeq: !/^( *)\S+:\n\1- /m.test(before),
  });
  const lines = before.split('\n');
  const known = new Map(lines.map((line) => [bare(line), line]));
  const restored = printed
    .split('\n')
    .map((line) => known.get(bare(line)) ?? line)
    .join('\n');
  return saysTheSame(restored, document) ? restored : printed;
}

/** That of the first line that has one. */
const indentOf = (text: string) =>
  Math.min(8, Math.max(2, /^( +)[^\s#]/m.exec(text)?.[1]?.length ?? 2));

/** Blanks are taste, mostly. Where they are not, the result is found to say something else. */
const bare = (line: string) => `${/^ */.exec(line)?.[0]}${line.replaceAll(/\s+/g, '')}`;

function saysTheSame(text: string, document: Document): boolean {
  const read = parseDocument(text);
  if (read.errors.length > 0) return false;
  return JSON.stringify(read.toJS()) === JSON.stringify(document.toJS());
}
