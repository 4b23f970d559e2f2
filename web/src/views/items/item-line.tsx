// One item of a partnership that has several.
import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import type { ItemRow } from '../../core/groups.ts';
import { legible } from '../../core/hostile.ts';
import { Name } from '../../parts/name.tsx';
import { ToneBadge } from '../../parts/tone-badge.tsx';
import { keyOf } from './bulk-bar.tsx';
import { Facts } from './facts.tsx';
import type { RowProps } from './group-row.tsx';
import classes from './items-table.module.css';
import { PropertiesButton } from './properties.tsx';

interface ItemLineProps extends RowProps {
  readonly row: ItemRow;
}

export const ItemLine = memo(({ group, row, ticked, onTick }: ItemLineProps) => {
  const { item, standing } = row;
  const key = keyOf(group.id, item.item);
  return (
    <div className={`${classes.row} ${classes.inner}`}>
      <Checkbox
        aria-label={`Tick ${legible(item.name)}`}
        checked={ticked.has(key)}
        onChange={(event) => onTick([key], event.currentTarget.checked)}
      />
      <div>
        <div className={classes.name}>
          <Name text={item.name} max={80} />
          <ToneBadge standing={standing} />
        </div>
        <Facts item={item} />
      </div>
      {item.hasProperties ? (
        <PropertiesButton partnership={group.id} item={item.item} name={item.name} />
      ) : null}
    </div>
  );
});
