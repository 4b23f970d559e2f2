// One row of the tree of changes.
import { Text, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { legible } from '../../core/hostile.ts';
import { resultOf } from '../../core/verbs.ts';
import type { PlanChange, PlanEntry } from '../../data/shapes.ts';
import { amounts } from '../../parts/amounts.ts';
import { Name } from '../../parts/name.tsx';
import { Tag, type TagColor } from '../../parts/tag.tsx';
import classes from './change-tree.module.css';

interface FolderLineProps {
  readonly folder: Extract<PlanEntry, { type: 'folder' }>;
  readonly open: boolean;
  onTurn(path: string): void;
}

export function FolderLine({ folder, open, onTurn }: FolderLineProps) {
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

const colors: Readonly<Record<PlanChange['kind'], TagColor>> = {
  create: 'teal',
  update: 'blue',
  delete: 'red',
  move: 'grape',
  metadata: 'gray',
  other: 'gray',
};

const signs: Readonly<Record<string, string>> = { left: '←', right: '→' };

/** Looked at again only when it is another: scrolling moves it, and changes nothing of it. */
export const ChangeLine = memo(({ change }: { readonly change: PlanChange }) => {
  const { side, kind, path, from, bytes } = change;
  return (
    <div className={classes.change}>
      <span title={`on the ${legible(side)}`}>
        <span aria-hidden>{signs[side] ?? '•'}</span>
      </span>
      <Tag color={colors[kind]}>
        {legible(side)} {resultOf(kind)}
      </Tag>
      <span className={classes.path} title={legible(path)}>
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
});

/** Its place is known before it is. */
export function WaitingLine() {
  return <span className={classes.waiting} aria-hidden />;
}

const lastName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
