// By which ways you are told of what does not go well, and of what.
import { Badge, Code, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { objectOf } from '../../core/terms-form.ts';
import type { TermsPart } from '../../data/file-draft.ts';
import { notifyWaysQuery } from '../../data/settings-queries.ts';
import type { NotifyWayShape } from '../../data/shapes.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Name } from '../../parts/name.tsx';
import { Section } from '../../parts/section.tsx';
import { Notify } from '../terms/alarms.tsx';
import { withKey } from './with-key.ts';

const ways: Readonly<Record<NotifyWayShape['way'], string>> = {
  desktop: 'On the desktop',
  command: 'By a program',
  webhook: 'By a webhook',
  mail: 'By mail',
  ping: 'By a sign of life',
};
const states = {
  on: ['teal', 'on'],
  off: ['gray', 'off'],
  'if-there': ['teal', 'where there is one'],
} as const;

export function Telling({ draft }: TermsPart) {
  const put = withKey(draft, 'defaults');
  return (
    <Section
      title="Being told"
      says={
        <>
          Ways name programs, addresses and secrets, so they are set under{' '}
          <Code>notifications:</Code> in config.yaml only. What you are told of is set here, and for
          each under Schedule.
        </>
      }
    >
      <Loaded query={useQuery(notifyWaysQuery)}>
        {(found) => (
          <Table fz="sm" aria-label="Ways to be told">
            <Table.Tbody>
              {found.map((way) => (
                <Way key={way.way} way={way} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      <Notify
        draft={draft}
        said={objectOf(draft.keys.defaults).notify}
        at="defaults/notify"
        put={(value) => put('notify', value)}
      />
    </Section>
  );
}

function Way({ way: { way, state, where } }: { readonly way: NotifyWayShape }) {
  const [color, word] = states[state];
  return (
    <Table.Tr>
      <Table.Th scope="row">{ways[way]}</Table.Th>
      <Table.Td>
        <Group gap="xs">
          <Badge color={color} variant="light" tt="none" autoContrast>
            {word}
          </Badge>
          {where === null ? null : (
            <Text size="sm">
              <Name text={where} max={80} />
            </Text>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
