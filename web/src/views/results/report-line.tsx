// One line that was reported. A jump leads into the handler that wrote it: it may show more, ask, and want
// another run of what failed; that run is then on its way.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { openLogEntry } from '../../data/inbox.ts';
import { useAct } from '../../data/queries.ts';
import type { LogLine } from '../../data/shapes.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { RowButton } from '../../parts/row-button.tsx';
import { Tag } from '../../parts/tag.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './report-line.module.css';

const colors = { error: 'red', warning: 'yellow', information: 'gray' } as const;

/** Looked at again only when its line is another: scrolling moves it, and changes nothing of it. */
export const ReportLine = memo(({ line }: { readonly line: LogLine }) => {
  const { level, text, subject, partnership, at, code, reportedBy } = line;
  return (
    <div className={classes.line}>
      <Tag color={colors[level]}>{level}</Tag>
      <div className={classes.said}>
        <div className={classes.text}>
          <Name text={text} max={400} />
        </div>
        <div className={classes.facts}>
          {subject === null || text.includes(subject) ? null : (
            <>
              <Name text={subject} max={90} /> ·{' '}
            </>
          )}
          <Name text={partnership.name} max={40} /> · <Moment at={at} />
          {code === null ? '' : ` · ${code}`}
          {reportedBy === null ? '' : ` · reported by ${legible(reportedBy)}`}
        </div>
      </div>
      <Actions line={line} />
    </div>
  );
});

function Actions({ line }: { readonly line: LogLine }) {
  const { id, partnership, item, level, jump } = line;
  const touches = ['running', 'items'] as const;
  const retry = useAct(
    () =>
      api.invoke({
        trigger: 'manual',
        partnerships: [partnership.id],
        startNow: true,
        waits: true,
        ...(item === null ? {} : { items: [item] }),
      }),
    touches,
  );
  const open = useAct(() => openLogEntry(id), [...touches, 'question']);
  const error = retry.error ?? open.error;
  return (
    <div className={classes.actions}>
      <div className={classes.verbs}>
        {jump ? (
          <RowButton
            isFirst
            isBusy={open.isPending}
            onClick={() => open.mutate(undefined)}
            title="The handler that reported this shows more, and may run it again"
          >
            Open
          </RowButton>
        ) : null}
        {level === 'information' ? null : (
          <RowButton isBusy={retry.isPending} onClick={() => retry.mutate(undefined)}>
            Try again
          </RowButton>
        )}
      </div>
      <div className={classes.facts} aria-live="polite">
        {retry.isSuccess || open.data?.id !== undefined ? (
          <>
            It runs again: see{' '}
            <Anchor component={Link} to="/progress" size="xs">
              Progress
            </Anchor>
          </>
        ) : open.isSuccess ? (
          'The handler wants nothing more.'
        ) : null}
      </div>
      {error === null ? null : <Trouble error={error} />}
    </div>
  );
}
