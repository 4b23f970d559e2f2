// The lines that are in sight. Older ones are asked for before their place is reached.
import { Button, Paper } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { logIsAtTop, useNewerLines } from '../../data/log-pages.ts';
import type { LogLine } from '../../data/shapes.ts';
import classes from './report-line.module.css';
import { ReportLine } from './report-line.tsx';

interface ReportLinesProps {
  readonly pages: readonly (readonly LogLine[])[];
  readonly hasMore: boolean;
  readonly isComing: boolean;
  onMore(): void;
}

/** So many lines before the end. */
const ahead = 80;

export function ReportLines({ pages, hasMore, isComing, onMore }: ReportLinesProps) {
  const lines = useMemo(() => pages.flat(), [pages]);
  const place = useRef<HTMLDivElement>(null);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => 57,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 10,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  const shown = rows.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !isComing && last > lines.length - ahead) onMore();
  });
  useTop(rows.scrollOffset ?? 0);
  return (
    <>
      <NewerLines />
      <Paper withBorder>
        <div ref={place} style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {shown.map(({ index, key, start }) => {
            const line = lines[index];
            return line === undefined ? null : (
              <div
                key={key}
                data-index={index}
                ref={rows.measureElement}
                className={classes.placed}
                style={{ transform: `translateY(${start - rows.options.scrollMargin}px)` }}
              >
                <ReportLine line={line} />
              </div>
            );
          })}
        </div>
      </Paper>
    </>
  );
}

function NewerLines() {
  if (!useNewerLines()) return null;
  return (
    <div className={classes.newer}>
      <Button size="xs" onClick={() => window.scrollTo({ top: 0 })}>
        Newer lines came: show them
      </Button>
    </div>
  );
}

const topPixels = 120;

/** Nothing moves below the eyes of whoever reads further down. */
function useTop(offset: number): void {
  const isAtTop = offset < topPixels;
  useEffect(() => logIsAtTop(isAtTop), [isAtTop]);
  useEffect(() => () => logIsAtTop(true), []);
}
