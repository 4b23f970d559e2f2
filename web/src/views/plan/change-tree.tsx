// The changes, folder by folder; of 50,000 rows those in sight are there.
import { Badge, Chip, Group, Paper, Text, UnstyledButton } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { type ChangeRow, rowsOf, treeOf } from '../../core/change-tree.ts';
import { countsOf } from '../../core/verbs.ts';
import type { PlanChange, PlanShape } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Name } from '../../parts/name.tsx';
import classes from './change-tree.module.css';

interface ChangeTreeProps {
  readonly changes: readonly PlanChange[];
  readonly counts: Pick<PlanShape, 'counts'>;
}

/** Below so many changes all folders are open at first. */
const openAtFirst = 200;

export function ChangeTree({ changes, counts }: ChangeTreeProps) {
  const [kinds, setKinds] = useState<string[]>([]);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const tree = useMemo(() => {
    const wanted = new Set(kinds);
    return treeOf(
      wanted.size === 0
        ? changes
        : changes.filter(({ side, kind }) => wanted.has(`${side}.${kind}`)),
    );
  }, [changes, kinds]);
  const isOpenFirst = changes.length <= openAtFirst;
  const rows = useMemo(
    () => rowsOf(tree, (path) => turned.has(path) !== isOpenFirst),
    [tree, turned, isOpenFirst],
  );
  const turn = (path: string) => {
    const next = new Set(turned);
    if (!next.delete(path)) next.add(path);
    setTurned(next);
  };
  return (
    <>
      <Chip.Group multiple value={kinds} onChange={setKinds}>
        <Group gap={6} role="group" aria-label="Show only">
          {countsOf(counts).map(({ side, kind, count }) => (
            <Chip key={`${side}.${kind}`} value={`${side}.${kind}`} size="xs">
              {side} {kind} {amounts.count(count)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Rows rows={rows} onTurn={turn} />
    </>
  );
}

interface RowsProps {
  readonly rows: readonly ChangeRow[];
  onTurn(path: string): void;
}

function Rows({ rows, onTurn }: RowsProps) {
  const place = useRef<HTMLDivElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => 32,
    overscan: 16,
    scrollMargin: place.current?.offsetTop ?? 0,
  });
  return (
    <Paper withBorder>
      <div ref={place} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={key}
              className={classes.line}
              style={{
                height: size,
                transform: `translateY(${start - virtual.options.scrollMargin}px)`,
                paddingInlineStart: 12 + row.depth * 18,
              }}
            >
              {row.kind === 'folder' ? (
                <FolderLine row={row} onTurn={onTurn} />
              ) : (
                <ChangeLine change={row.change} />
              )}
            </div>
          );
        })}
      </div>
    </Paper>
  );
}

function FolderLine({
  row: { folder, open },
  onTurn,
}: {
  readonly row: Extract<ChangeRow, { kind: 'folder' }>;
  onTurn(path: string): void;
}) {
  return (
    <UnstyledButton
      className={classes.folder}
      onClick={() => onTurn(folder.path)}
      aria-expanded={open}
    >
      <span aria-hidden>{open ? '▾' : '▸'}</span> <Name text={folder.name} max={80} />
      <Text span size="xs" c="dimmed">
        {amounts.count(folder.count)}
        {folder.bytes > 0 ? `, ${amounts.size(folder.bytes)}` : ''}
      </Text>
    </UnstyledButton>
  );
}

const colors: Readonly<Record<PlanChange['kind'], string>> = {
  create: 'teal',
  update: 'blue',
  delete: 'red',
  move: 'grape',
  metadata: 'gray',
  other: 'gray',
};

const signs: Readonly<Record<string, string>> = { left: '←', right: '→' };

function ChangeLine({
  change: { side, kind, path, from, bytes },
}: {
  readonly change: PlanChange;
}) {
  return (
    <div className={classes.change}>
      <span title={`on the ${side}`}>
        <span aria-hidden>{signs[side] ?? '•'}</span>
      </span>
      <Badge size="xs" variant="light" color={colors[kind]} tt="none" autoContrast>
        {side} {kind}
      </Badge>
      <span className={classes.path}>
        {from === undefined ? null : (
          <>
            <Name text={from} max={60} /> →{' '}
          </>
        )}
        <Name text={from === undefined ? lastName(path) : path} max={90} />
      </span>
      <Text span size="xs" c="dimmed">
        {bytes > 0 ? amounts.size(bytes) : ''}
      </Text>
    </div>
  );
}

const lastName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
