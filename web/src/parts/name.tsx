// A name somebody else chose, shown so that it can neither run nor lie.
import { Tooltip } from '@mantine/core';
import { Fragment } from 'react';
import { legible, piecesOf, shortened } from '../core/hostile.ts';
import classes from './name.module.css';

interface NameProps {
  readonly text: string;
  /** Characters; what is longer is cut in its middle and whole in its title. */
  readonly max?: number;
}

export function Name({ text, max = 120 }: NameProps) {
  const short = shortened(text, max);
  return (
    <bdi className={classes.name} title={short === text ? undefined : legible(text)}>
      {piecesOf(short).map((piece, index) =>
        piece.kind === 'text' ? (
          <Fragment key={index}>{piece.text}</Fragment>
        ) : (
          <Tooltip key={index} label={`${piece.meaning} (U+${piece.code})`}>
            <span className={classes.mark}>{piece.code}</span>
          </Tooltip>
        ),
      )}
    </bdi>
  );
}
