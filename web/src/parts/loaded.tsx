// What a query has brought, or why not, or that it is under way: only when that lasts.
import { Loader, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import classes from './loaded.module.css';
import { Trouble } from './trouble.tsx';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  children(data: T): ReactNode;
}

export function Loaded<T>({ query, children }: LoadedProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error !== null) {
    return <Trouble error={query.error} again={() => void query.refetch()} />;
  }
  return (
    <Stack align="center" py="xl" role="status" className={classes.late}>
      <Loader size="sm" />
      <Text size="sm" c="dimmed">
        One moment…
      </Text>
    </Stack>
  );
}
