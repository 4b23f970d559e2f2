// The times of an item, and what waits for a person there.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ItemShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import classes from './items-table.module.css';
import { PausedText } from './pause-items.tsx';

export function Facts({ item }: { readonly item: ItemShape }) {
  return (
    <div className={classes.facts}>
      {item.lastAttempt === null ? null : item.lastSuccess === null ? (
        <span>never succeeded</span>
      ) : (
        <span>
          succeeded <Moment at={item.lastSuccess} />
        </span>
      )}
      {wasTriedSince(item) ? (
        <span>
          tried <Moment at={item.lastAttempt} />
        </span>
      ) : null}
      {item.lastChange === null ? null : (
        <span>
          last change <Moment at={item.lastChange} />
        </span>
      )}
      {item.nextRun === null ? null : (
        <span>
          next run <Moment at={item.nextRun} />
        </span>
      )}
      {item.openConflicts === 0 ? null : (
        <Anchor component={Link} to="/conflicts" size="xs">
          {item.openConflicts === 1
            ? '1 conflict'
            : `${amounts.count(item.openConflicts)} conflicts`}
        </Anchor>
      )}
      {item.waitingPlan === null ? null : (
        <Anchor component={Link} to={`/plans/${item.waitingPlan}`} size="xs">
          a plan waits for approval
        </Anchor>
      )}
      {item.paused === null ? null : (
        <span>
          paused <PausedText paused={item.paused} />
        </span>
      )}
      {item.staleSince === null ? null : (
        <span>
          too old since <Moment at={item.staleSince} />
        </span>
      )}
      {item.error === null ? null : (
        <span>
          <Name text={item.error.text} max={300} />
        </span>
      )}
    </div>
  );
}

/** An attempt begins before the success that comes of it, so that most are told by that. */
const wasTriedSince = ({ lastAttempt, lastSuccess }: ItemShape): boolean =>
  lastAttempt !== null && (lastSuccess === null || lastAttempt > lastSuccess);
