// What shows a run while it lasts: bars, lines, JSON, or nothing. What came of it is printed after.
import type { Notice } from '../../api/shapes.ts';

export interface Reporter {
  notice(notice: Notice): void;
  /** A person asked for the end; it may take a moment. */
  stopping(): void;
  /** Nothing is shown after it; what moved is gone from the screen. */
  end(): void;
}
