// What else can be done with a partnership. Removing it takes a second step that says what becomes of what.
import { Button, Group, Menu, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Group as ItemGroup } from '../../core/groups.ts';
import { legible } from '../../core/hostile.ts';
import * as api from '../../data/api.ts';
import { useAct } from '../../data/queries.ts';
import { Trouble } from '../../parts/trouble.tsx';

interface GroupMenuProps {
  readonly group: ItemGroup;
  run(planOnly: boolean): void;
}

export function GroupMenu({ group: { name, enabled }, run }: GroupMenuProps) {
  const [isAsking, asking] = useDisclosure(false);
  const navigate = useNavigate();
  const choose = useAct(
    () => api.invoke({ trigger: 'manual', partnerships: [name], startNow: false }),
    ['running'],
    () => void navigate({ to: '/progress' }),
  );
  const enable = useAct(() => api.setEnabled(name, !enabled), ['items', 'partnerships']);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="subtle" color="gray" aria-label={`More for ${legible(name)}`}>
            ⋯
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => run(true)}>Make a plan only</Menu.Item>
          <Menu.Item onClick={() => choose.mutate(undefined)}>Choose items and run…</Menu.Item>
          <Menu.Item component={Link} to="/history">
            History
          </Menu.Item>
          <Menu.Item component={Link} to="/schedule">
            When it runs
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => enable.mutate(undefined)}>
            {enabled ? 'Switch off' : 'Switch on'}
          </Menu.Item>
          <Menu.Item color="red" onClick={asking.open}>
            Remove from the list…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Removal name={name} opened={isAsking} onClose={asking.close} />
    </>
  );
}

interface RemovalProps {
  readonly name: string;
  readonly opened: boolean;
  onClose(): void;
}

function Removal({ name, opened, onClose }: RemovalProps) {
  const remove = useAct(() => api.remove(name), ['items', 'partnerships'], onClose);
  return (
    <Modal opened={opened} onClose={onClose} title={`Remove ${legible(name)} from the list?`}>
      <Stack>
        <Text size="sm">
          It does not run any more, and what is agreed between its sides is forgotten. No file of
          yours is touched.
        </Text>
        {remove.error === null ? null : <Trouble error={remove.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
            Remove
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
