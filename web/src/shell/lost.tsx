// An address where nothing stands, or a view that broke: the way back.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Empty } from '../parts/empty.tsx';

export function Lost() {
  return (
    <Empty title="There is nothing here" alone>
      <Anchor component={Link} to="/">
        Back to the items
      </Anchor>
    </Empty>
  );
}
