// The items of a session. Of ten thousand those in sight are there, and those that move come first.
import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { Sample } from '../../core/throughput.ts';
import type { ProgressShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { ItemProgressLine } from './item-progress-line.tsx';
import classes from './progress.module.css';

interface ItemLinesProps {
  readonly items: readonly ProgressShape[];
  readonly partnership: string;
  /** Bytes over the last seconds; empty while nothing moves. */
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
}

/** So many are simply shown. */
const plainMax = 12;

export function ItemLines(props: ItemLinesProps) {
  const { items, partnership, samples } = props;
  if (items.length > plainMax) return <ManyLines {...props} />;
  return (
    <>
      {items.map((item) => (
        <ItemProgressLine
          key={item.item}
          item={item}
          partnership={partnership}
          isOnly={items.length === 1}
          samples={samples.get(item.item) ?? none}
        />
      ))}
    </>
  );
}

const none = [] as const;

function ManyLines({ items, partnership, samples }: ItemLinesProps) {
  const place = useRef<HTMLElement>(null);
  const sorted = items.toSorted((one, other) => rank(one) - rank(other));
  const rows = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => place.current,
    estimateSize: () => 66,
    getItemKey: (index) => sorted[index]?.item ?? index,
    overscan: 4,
  });
  const over = items.filter((item) => rank(item) === 2).length;
  return (
    <div>
      <Text size="xs" c="dimmed">
        {amounts.count(over)} of {amounts.count(items.length)} items are over
      </Text>
      <section
        ref={place}
        className={classes.many}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label="Items"
      >
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const item = sorted[index];
            return item === undefined ? null : (
              <div
                key={key}
                className={classes.placed}
                style={{ transform: `translateY(${start}px)` }}
              >
                <ItemProgressLine
                  item={item}
                  partnership={partnership}
                  isOnly={false}
                  samples={samples.get(item.item) ?? none}
                />
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

const moving: ReadonlySet<ProgressShape['status']> = new Set(['updating', 'paused', 'resuming']);

function rank({ status }: ProgressShape): number {
  if (moving.has(status)) return 0;
  return status === 'pending' ? 1 : 2;
}
