// The files of the configuration, and what is wrong in them.
import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import * as api from '../../data/api.ts';
import { configurationQuery, useAct } from '../../data/queries.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Name } from '../../parts/name.tsx';
import { ProblemText } from '../../parts/problem-text.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';

export function Files() {
  const reload = useAct(() => api.reload(), ['configuration', 'items', 'partnerships', 'about']);
  return (
    <Section title="Configuration">
      <Text size="sm" c="dimmed" mb="xs">
        Files are the configuration; the page changes nothing in them that bears on safety. What is
        broken changes nothing: what was loaded last stays in force.
      </Text>
      <Loaded query={useQuery(configurationQuery)}>
        {({ files, problems }) => (
          <Stack gap="xs">
            {files.map((file) => (
              <Text key={file} size="sm" ff="monospace">
                <Name text={file} />
              </Text>
            ))}
            {files.length === 0 ? <Text size="sm">There are no files yet.</Text> : null}
            {problems.map((problem) => (
              <Group key={JSON.stringify(problem)} gap="xs" wrap="nowrap" align="flex-start">
                <Badge
                  color={problem.level === 'error' ? 'red' : 'yellow'}
                  variant="light"
                  autoContrast
                >
                  {problem.level}
                </Badge>
                <Text size="sm">
                  <ProblemText problem={problem} />
                </Text>
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={reload.isPending}
          onClick={() => reload.mutate(undefined)}
        >
          Read the files anew
        </Button>
      </Group>
      {reload.error === null ? null : <Trouble error={reload.error} />}
    </Section>
  );
}
