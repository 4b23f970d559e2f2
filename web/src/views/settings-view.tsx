// This manager: what it is, its files and what is wrong in them, its examination.
import { Badge, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import * as api from '../data/api.ts';
import { aboutQuery, configurationQuery, doctorQuery, useAct } from '../data/queries.ts';
import type { Finding } from '../data/shapes.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Moment } from '../parts/moment.tsx';
import { Name } from '../parts/name.tsx';
import { Trouble } from '../parts/trouble.tsx';

export function SettingsView() {
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">
        Settings
      </Title>
      <About />
      <Files />
      <Doctor />
    </Stack>
  );
}

function About() {
  return (
    <Section title="This manager">
      <Loaded query={useQuery(aboutQuery)}>
        {({ version, process, state, configuration, service }) => (
          <Table variant="vertical" fz="sm">
            <Table.Tbody>
              <Fact name="Version">{version}</Fact>
              <Fact name="Process">{process}</Fact>
              <Fact name="Running since">
                <Moment at={service?.startedAt ?? null} none="not by itself" />
              </Fact>
              <Fact name="Addresses">{service?.addresses.join(', ') ?? 'none'}</Fact>
              <Fact name="What you edit">
                <Name text={configuration} />
              </Fact>
              <Fact name="Store">
                <Name text={state} />
              </Fact>
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </Section>
  );
}

function Files() {
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
            {problems.map(({ file, line, key, text, level }) => (
              <Group key={`${file}${line}${key}${text}`} gap="xs" wrap="nowrap" align="flex-start">
                <Badge color={level === 'error' ? 'red' : 'yellow'} variant="light" autoContrast>
                  {level}
                </Badge>
                <Text size="sm">
                  {file}:{line ?? 1}: {key === null ? '' : `${key}: `}
                  {text}
                </Text>
              </Group>
            ))}
          </Stack>
        )}
      </Loaded>
      <Button
        mt="sm"
        size="xs"
        variant="default"
        loading={reload.isPending}
        onClick={() => reload.mutate(undefined)}
      >
        Read the files anew
      </Button>
      {reload.error === null ? null : <Trouble error={reload.error} />}
    </Section>
  );
}

function Doctor() {
  const client = useQueryClient();
  const query = useQuery({ ...doctorQuery, enabled: false });
  return (
    <Section title="Examination">
      <Button
        size="xs"
        variant="default"
        loading={query.isFetching}
        onClick={() => void client.fetchQuery({ ...doctorQuery, staleTime: 0 }).catch(() => {})}
      >
        Examine this installation
      </Button>
      {query.error === null ? null : <Trouble error={query.error} />}
      {query.data === undefined ? null : <Findings findings={query.data} />}
    </Section>
  );
}

const colors = { ok: 'teal', warning: 'yellow', error: 'red' } as const;

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <Table mt="sm" fz="sm">
      <Table.Tbody>
        {findings.map(({ topic, level, text, advice }) => (
          <Table.Tr key={`${topic}${text}`}>
            <Table.Td>
              <Badge color={colors[level]} variant="light" tt="none" autoContrast>
                {level}
              </Badge>
            </Table.Td>
            <Table.Td>
              <Name text={topic} max={40} />
            </Table.Td>
            <Table.Td>
              <Name text={text} max={200} />
              {advice === null ? null : (
                <Text size="xs" c="dimmed">
                  {advice}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={160}>{name}</Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  );
}
