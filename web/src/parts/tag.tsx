// A word on its colour, for rows of which there are thousands: one element, where the badge of the library
// is two with a dozen variables, and most of the time that a row takes.
import type { ReactNode } from 'react';
import classes from './tag.module.css';

export type TagColor = 'teal' | 'blue' | 'yellow' | 'red' | 'gray' | 'grape';

interface TagProps {
  readonly color: TagColor;
  readonly children: ReactNode;
}

export function Tag({ color, children }: TagProps) {
  return (
    <span className={classes.tag} data-color={color}>
      {children}
    </span>
  );
}
