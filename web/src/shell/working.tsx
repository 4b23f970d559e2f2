// That something is under way which takes longer than a moment: a line at the upper edge, for whatever was
// pressed and whatever is not there yet. What takes less than 300 ms shows nothing.
import { VisuallyHidden } from '@mantine/core';
import { useIsFetching, useIsMutating } from '@tanstack/react-query';
import classes from './working.module.css';

export function Working() {
  const acts = useIsMutating();
  const looks = useIsFetching({ predicate: ({ state: { data } }) => data === undefined });
  return acts + looks === 0 ? null : (
    <div className={classes.line} role="status">
      <VisuallyHidden>Under way</VisuallyHidden>
    </div>
  );
}
