// What differs between two short texts, line by line.
import { Paper, ScrollArea, Text } from '@mantine/core';
import { useMemo } from 'react';
import { legible } from '../../core/hostile.ts';
import { diffRows } from '../../core/text-diff.ts';
import classes from './text-diff.module.css';

interface TextDiffProps {
  readonly sides: readonly [string, string];
  readonly left: string;
  readonly right: string;
}

export function TextDiff({ sides, left, right }: TextDiffProps) {
  const rows = useMemo(() => diffRows(left, right), [left, right]);
  return (
    <Paper withBorder component="section" aria-label="What differs">
      <ScrollArea.Autosize
        mah={480}
        viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Lines' }}
      >
        <table className={classes.diff}>
          <thead>
            <tr>
              {sides.map((side) => (
                <th key={side} scope="col">
                  {legible(side)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index} className={row.kind === 'changed' ? classes.changed : undefined}>
                <Line text={row.left} sign={row.kind === 'changed' ? '−' : ' '} />
                <Line text={row.right} sign={row.kind === 'changed' ? '+' : ' '} />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea.Autosize>
      {rows.length === 0 ? <Text p="sm">Both are empty.</Text> : null}
    </Paper>
  );
}

function Line({ text, sign }: { readonly text: string | null; readonly sign: string }) {
  if (text === null) return <td className={classes.nothing} />;
  return (
    <td>
      <span aria-hidden className={classes.sign}>
        {sign}
      </span>
      {legible(text.replaceAll('\t', '    '))}
    </td>
  );
}
