// The sessions that are in sight, as a list: rows that stand at their places by themselves are no table.
import { Anchor, Checkbox, Paper, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { legible } from '../../core/hostile.ts';
import { standingOfPhase } from '../../core/standing.ts';
import { countsOf, resultOf } from '../../core/verbs.ts';
import type { SessionShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { ToneBadge } from '../../parts/tone-badge.tsx';
import classes from './session-rows.module.css';

interface SessionRowsProps {
  readonly sessions: readonly SessionShape[];
  readonly marked: readonly string[];
  onMark(id: string): void;
}

export function SessionRows({ sessions, marked, onMark }: SessionRowsProps) {
  const place = useRef<HTMLOListElement>(null);
  const rows = useWindowVirtualizer({
    count: sessions.length,
    estimateSize: () => 46,
    getItemKey: (index) => sessions[index]?.id ?? index,
    overscan: 12,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  return (
    <Paper withBorder component="section" aria-label="Runs">
      <div className={`${classes.row} ${classes.head}`} aria-hidden>
        {['Compare', 'When', 'What', 'How it ended', 'Why it ran', 'Changes', 'Took'].map(
          (name) => (
            <span key={name}>{name}</span>
          ),
        )}
      </div>
      <ol ref={place} className={classes.list} style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const session = sessions[index];
          return session === undefined ? null : (
            <li
              key={key}
              aria-posinset={index + 1}
              aria-setsize={sessions.length}
              data-index={index}
              ref={rows.measureElement}
              className={`${classes.row} ${classes.placed}`}
              style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
            >
              <Cells session={session} isMarked={marked.includes(session.id)} onMark={onMark} />
            </li>
          );
        })}
      </ol>
    </Paper>
  );
}

interface CellsProps {
  readonly session: SessionShape;
  readonly isMarked: boolean;
  onMark(id: string): void;
}

const Cells = memo(({ session, isMarked, onMark }: CellsProps) => {
  const { id, partnership, phase, plan, trigger, result, startedAt, durationMs } = session;
  return (
    <>
      <span className={classes.mark}>
        <Checkbox
          size="xs"
          aria-label={`Compare the run of ${legible(partnership.name)}`}
          checked={isMarked}
          onChange={() => onMark(id)}
        />
      </span>
      <span className={classes.when}>
        <Moment at={startedAt} />
      </span>
      <span className={classes.what}>
        <Name text={partnership.name} max={48} />
      </span>
      <span className={classes.ended}>
        <ToneBadge standing={standingOfPhase(phase)} />
        {result?.error == null ? null : (
          <Text size="xs" c="dimmed">
            <Name text={result.error.text} max={400} />
          </Text>
        )}
        {phase !== 'halted' || plan === null ? null : (
          <Anchor component={Link} to={`/plans/${plan}`} size="xs">
            Look at the plan
          </Anchor>
        )}
        {result === null || result.problems === 0 ? null : (
          <Anchor
            size="xs"
            renderRoot={(props) => <Link to="/results" search={{ session: id }} {...props} />}
          >
            {result.problems === 1 ? '1 problem' : `${amounts.count(result.problems)} problems`}
          </Anchor>
        )}
      </span>
      <span className={classes.why}>{trigger}</span>
      <span className={classes.changes}>{changesOf(session)}</span>
      <span className={classes.end}>
        {durationMs === null ? '—' : amounts.duration(durationMs)}
      </span>
    </>
  );
});

function changesOf({ result }: SessionShape): string {
  const counts = result === null ? [] : countsOf({ counts: result.counts });
  const parts = counts.map(
    ({ side, kind, count }) => `${amounts.count(count)} ${resultOf(kind)} on the ${legible(side)}`,
  );
  if (result !== null && result.bytes > 0) parts.push(amounts.size(result.bytes));
  return parts.length === 0 ? 'none' : parts.join(', ');
}
