// What must hold before it starts by itself.
import { Button, Checkbox, Code, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  type ConditionsForm,
  conditionsForm,
  conditionsWords,
  type NetworkForm,
} from '../../core/terms-form.ts';
import type { TermsPart } from '../../data/file-draft.ts';
import { connectionsQuery } from '../../data/settings-queries.ts';
import { Field } from '../../parts/field.tsx';
import { Section } from '../../parts/section.tsx';
import { plainWindow, Windows } from './windows.tsx';

interface PartProps extends TermsPart {
  readonly form: ConditionsForm;
  put(change: Partial<ConditionsForm>): void;
}

export function Conditions({ draft }: TermsPart) {
  const form = conditionsForm(draft.keys.conditions);
  const put = (change: Partial<ConditionsForm>) =>
    draft.put('conditions', conditionsWords({ ...form, ...change }));
  const command = draft.file.fixed['conditions.command'];
  return (
    <Section
      title="Only if"
      says="All of these must hold. What cannot be found out holds nothing back; what you start yourself is not held back."
    >
      <Checkbox
        label="The connection is not paid for by amount"
        checked={form.notMetered}
        onChange={(event) => put({ notMetered: event.currentTarget.checked })}
      />
      <Battery form={form} put={put} draft={draft} />
      <Networks form={form} put={put} draft={draft} />
      <Field
        label="The other end answers"
        hint="A port as nas.local:22, or a path on a mounted share. Empty: never mind"
        value={form.reachable}
        error={draft.faultAt('conditions/reachable')}
        onChange={(reachable) => put({ reachable })}
      />
      <div>
        <Text size="sm" fw={500} mb={4}>
          It is one of these times
        </Text>
        <Windows
          name="Window"
          add={form.windows.length === 0 ? 'Only at certain times' : 'Add another window'}
          windows={form.windows}
          fresh={plainWindow}
          onChange={(windows) => put({ windows })}
        />
        <Fault text={draft.faultAt('conditions/between')} />
      </div>
      {Array.isArray(command) ? (
        <Text size="sm">
          And this program says so: <Code>{command.join(' ')}</Code>{' '}
          <Text span c="dimmed" size="sm">
            It runs a program, so it is changed in the file only.
          </Text>
        </Text>
      ) : null}
    </Section>
  );
}

function Battery({ form, put, draft }: PartProps) {
  const how = form.battery === '' || form.battery === 'never' ? form.battery : 'share';
  return (
    <Group align="flex-start" gap="sm">
      <Select
        label="On battery"
        w={220}
        allowDeselect={false}
        data={[
          { value: '', label: 'Runs all the same' },
          { value: 'share', label: 'Only with enough charge' },
          { value: 'never', label: 'Does not run' },
        ]}
        value={how}
        onChange={(next) => put({ battery: next === 'share' ? '30%' : (next ?? '') })}
      />
      {how === 'share' ? (
        <Field
          label="At least"
          width={90}
          value={form.battery}
          error={draft.faultAt('conditions/battery')}
          onChange={(text) => put({ battery: text === '' || text === 'never' ? '%' : text })}
        />
      ) : null}
    </Group>
  );
}

const networkWords: Readonly<Record<NetworkForm['is'], readonly [label: string, example: string]>> =
  {
    ssid: ['Wireless network called', 'Home'],
    cidr: ['Address here within', '192.168.1.0/24'],
    gateway: ['Gateway', '192.168.1.1'],
  };
const networkChoices = Object.entries(networkWords).map(([value, [label]]) => ({ value, label }));

function Networks({ form, put, draft }: PartProps) {
  const { networks } = form;
  const putAt = (at: number, next: NetworkForm) =>
    put({ networks: networks.map((one, index) => (index === at ? next : one)) });
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        The computer is in one of these networks
      </Text>
      <Stack gap="xs">
        {networks.map((network, at) => (
          // Rows have no name but their place.
          <Group key={at} align="flex-end" gap="sm" role="group" aria-label={`Network ${at + 1}`}>
            <Select
              label="Known by"
              w={210}
              allowDeselect={false}
              data={networkChoices}
              value={network.is}
              onChange={(is) => putAt(at, { ...network, is: (is ?? 'ssid') as NetworkForm['is'] })}
            />
            <Field
              label="Name or address"
              width={190}
              placeholder={networkWords[network.is][1]}
              value={network.value}
              error={draft.faultAt(`conditions/networks/${at}`)}
              onChange={(value) => putAt(at, { ...network, value })}
            />
            <Button
              variant="subtle"
              color="red"
              size="xs"
              aria-label={`Remove network ${at + 1}`}
              onClick={() => put({ networks: networks.filter((_, index) => index !== at) })}
            >
              Remove
            </Button>
          </Group>
        ))}
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            onClick={() => put({ networks: [...networks, { is: 'ssid', value: '' }] })}
          >
            {networks.length === 0 ? 'Only in certain networks' : 'Add another network'}
          </Button>
          <NetworkHere networks={networks} put={put} />
        </Group>
      </Stack>
    </div>
  );
}

/** The one the computer is in now is the one that is mostly meant. */
function NetworkHere({ networks, put }: Pick<PartProps, 'put'> & Pick<ConditionsForm, 'networks'>) {
  const connections = useQuery(connectionsQuery).data ?? [];
  const here = connections.find(({ up, gateway }) => up && gateway !== null);
  if (here === undefined || here.gateway === null) return null;
  const network: NetworkForm =
    here.ssid === null ? { is: 'gateway', value: here.gateway } : { is: 'ssid', value: here.ssid };
  if (networks.some(({ is, value }) => is === network.is && value === network.value)) return null;
  return (
    <Button variant="subtle" size="xs" onClick={() => put({ networks: [...networks, network] })}>
      Add the one it is in now: {network.value}
    </Button>
  );
}

function Fault({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <Text size="sm" c="red" role="alert">
      {text}
    </Text>
  );
}
