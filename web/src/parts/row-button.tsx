// A small button, for rows of which there are thousands: one element, where that of the library is three.
import type { ReactNode } from 'react';
import classes from './row-button.module.css';

interface RowButtonProps {
  /** What it began is under way. */
  readonly isBusy: boolean;
  /** It is what to do first here. */
  readonly isFirst?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
  onClick(): void;
}

export function RowButton({ isBusy, isFirst, title, children, onClick }: RowButtonProps) {
  return (
    <button
      type="button"
      className={`mantine-focus-auto ${classes.button}`}
      data-first={isFirst}
      disabled={isBusy}
      title={title}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
