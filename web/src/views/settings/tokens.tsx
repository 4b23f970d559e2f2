// Who else may reach this manager. A page can take a token away; it cannot make one, so that whoever got
// hold of a browser cannot let himself in for good.
import { Badge, Button, Checkbox, Fieldset, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { legible } from '../../core/hostile.ts';
import { tokenCommands, tokenScopes } from '../../core/token-words.ts';
import { useAct } from '../../data/queries.ts';
import * as api from '../../data/settings-api.ts';
import { tokensQuery } from '../../data/settings-queries.ts';
import type { TokenShape } from '../../data/shapes.ts';
import { Copied } from '../../parts/copied.tsx';
import { Field } from '../../parts/field.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Name } from '../../parts/name.tsx';
import { Section } from '../../parts/section.tsx';
import { Trouble } from '../../parts/trouble.tsx';

/** Made with the manager itself, for the programs of this user. */
const own = 'person';

export function Tokens() {
  const [isOpen, making] = useDisclosure(false);
  return (
    <Section
      title="Tokens"
      says="A token lets a program in, for what its scopes say. Those that are in force:"
    >
      <Loaded query={useQuery(tokensQuery)}>
        {(tokens) => (
          <Table fz="sm" aria-label="Tokens in force">
            <Table.Tbody>
              {tokens.map((token) => (
                <Row key={token.name} token={token} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
      <Group>
        <Button size="xs" variant="default" onClick={making.toggle} aria-expanded={isOpen}>
          {isOpen ? 'Close' : 'How to make one'}
        </Button>
      </Group>
      {isOpen ? <Making /> : null}
    </Section>
  );
}

function Row({ token: { name, scopes } }: { readonly token: TokenShape }) {
  const [isAsking, asking] = useDisclosure(false);
  const revoke = useAct(() => api.revokeToken(name), ['tokens', 'configuration'], asking.close);
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Name text={name} max={40} />
      </Table.Th>
      <Table.Td>
        <Group gap={6}>
          {scopes.map((scope) => (
            <Badge key={scope} variant="light" color="gray" tt="none" autoContrast>
              {scope}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td ta="end">
        {name === own ? (
          <Text size="xs" c="dimmed">
            yours
          </Text>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            aria-label={`Revoke ${legible(name)}`}
            onClick={asking.open}
          >
            Revoke…
          </Button>
        )}
        <Modal opened={isAsking} onClose={asking.close} title={`Revoke ${legible(name)}?`}>
          <Stack ta="start">
            <Text size="sm">
              Whoever uses it is refused from now on, and it is taken out of config.yaml. Its secret
              stays where it is.
            </Text>
            {revoke.error === null ? null : <Trouble error={revoke.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={asking.close} data-autofocus>
                Keep it
              </Button>
              <Button
                color="red"
                loading={revoke.isPending}
                onClick={() => revoke.mutate(undefined)}
              >
                Revoke
              </Button>
            </Group>
          </Stack>
        </Modal>
      </Table.Td>
    </Table.Tr>
  );
}

function Making() {
  const [name, setName] = useState('phone');
  const [scopes, setScopes] = useState<readonly string[]>(['read']);
  const { secret, words } = tokenCommands(name, scopes);
  return (
    <Stack gap="sm">
      <Text size="sm">
        Tokens are made in a terminal and in the file, never here. Say what it is for; then take the
        two texts.
      </Text>
      <Field label="Name" width={240} value={name} onChange={setName} />
      <Fieldset variant="unstyled" legend="It may">
        <Group gap="md">
          {tokenScopes.map(([scope, says]) => (
            <Checkbox
              key={scope}
              label={scope}
              description={says}
              checked={scopes.includes(scope)}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                setScopes(
                  tokenScopes
                    .map(([one]) => one)
                    .filter((one) => (one === scope ? on : scopes.includes(one))),
                );
              }}
            />
          ))}
        </Group>
      </Fieldset>
      <Text size="sm">A secret of its own, in a file that nobody else can read:</Text>
      <Copied label="Copy the command" text={secret} />
      <Text size="sm">In config.yaml; in force when the manager starts again:</Text>
      <Copied label="Copy the words" text={words} />
    </Stack>
  );
}
