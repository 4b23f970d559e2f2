// One line that was reported. A jump leads into the handler that wrote it: it may show, and ask for a retry.
import { Badge, Button, Group, Text } from '@mantine/core';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import type { LogLine } from '../../data/shapes.ts';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import classes from './report-line.module.css';

const colors = { error: 'red', warning: 'yellow', information: 'gray' } as const;

export function ReportLine({ line }: { readonly line: LogLine }) {
  const retry = useAct(
    () =>
      api.invoke({
        trigger: 'manual',
        partnerships: [line.partnership.name],
        startNow: true,
        waits: true,
        ...(line.item === null ? {} : { items: [line.item] }),
      }),
    ['running', 'items'],
  );
  return (
    <div className={classes.line}>
      <Badge size="sm" variant="light" color={colors[line.level]} tt="none" autoContrast>
        {line.level}
      </Badge>
      <div>
        <Text size="sm">
          <Name text={line.text} max={400} />
        </Text>
        <Text size="xs" c="dimmed">
          <Name text={line.partnership.name} max={40} /> · <Moment at={line.at} />
          {line.code === null ? '' : ` · ${line.code}`}
        </Text>
        {retry.error === null ? null : <Trouble error={retry.error} />}
      </div>
      <Group gap="xs">
        {line.level === 'information' ? null : (
          <Button
            size="compact-xs"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate(undefined)}
          >
            Try again
          </Button>
        )}
      </Group>
    </div>
  );
}
