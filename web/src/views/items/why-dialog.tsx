// Why a partnership does not run now: every reason at once, what was seen, and when it is looked at again.
import { Alert, Badge, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { legible } from '../../core/hostile.ts';
import { whyQuery } from '../../data/queries.ts';
import type { HoldShape, WhyShape } from '../../data/shapes.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Name } from '../../parts/name.tsx';

interface WhyDialogProps {
  readonly name: string;
  readonly opened: boolean;
  onClose(): void;
  onRun(): void;
}

export function WhyDialog({ name, opened, onClose, onRun }: WhyDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Why not now: ${legible(name)}`} size="lg">
      {opened ? <Answer name={name} onClose={onClose} onRun={onRun} /> : null}
    </Modal>
  );
}

function Answer({ name, onClose, onRun }: Omit<WhyDialogProps, 'opened'>) {
  const query = useQuery({ ...whyQuery(name), staleTime: 0, refetchInterval: everyMs });
  return (
    <Loaded query={query}>
      {(why) => (
        <Stack>
          <Reasons why={why} />
          <Times why={why} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button
              onClick={() => {
                onRun();
                onClose();
              }}
            >
              {why.holds.length === 0 ? 'Run it now' : 'Run it anyway'}
            </Button>
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}

/** What is outside of the computer sends no events. */
const everyMs = 5_000;

function Reasons({ why: { holds, unsure, nextRunAt } }: { readonly why: WhyShape }) {
  if (holds.length === 0 && unsure.length === 0) {
    return (
      <Alert color="teal" title="Nothing holds it back">
        {nextRunAt === null
          ? 'It starts as soon as something asks for it: you, or what is set under Schedule.'
          : 'It starts at its next time, or as soon as something asks for it.'}
      </Alert>
    );
  }
  return (
    <Stack gap="xs">
      {holds.length === 0 ? (
        <Text size="sm">Nothing holds it back.</Text>
      ) : (
        <List spacing="xs" size="sm">
          {holds.map((hold) => (
            <Reason key={`${hold.kind}${hold.text}`} hold={hold} />
          ))}
        </List>
      )}
      {unsure.length === 0 ? null : (
        <>
          <Text size="sm" c="dimmed">
            Could not be found out, and so holds nothing back:
          </Text>
          <List spacing="xs" size="sm">
            {unsure.map((hold) => (
              <Reason key={`${hold.kind}${hold.text}`} hold={hold} />
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}

function Reason({ hold: { kind, text, observed, until } }: { readonly hold: HoldShape }) {
  return (
    <List.Item>
      <Name text={text} max={400} />{' '}
      <Badge size="xs" variant="outline" color="gray" tt="none">
        {kind}
      </Badge>
      <Text size="xs" c="dimmed" component="div">
        {observed === null ? null : (
          <>
            Seen: <Name text={observed} max={200} />.{' '}
          </>
        )}
        {until === null ? null : (
          <>
            Ends by itself <Moment at={until} />.
          </>
        )}
      </Text>
    </List.Item>
  );
}

function Times({ why: { waiting, looksAgainAt, nextRunAt } }: { readonly why: WhyShape }) {
  const [first, ...more] = waiting;
  return (
    <Text size="sm" c="dimmed" component="div">
      {first === undefined ? null : (
        <div>
          Waiting: one started by {first.trigger}
          {more.length === 0 ? '' : ` and ${more.length} more`}.
        </div>
      )}
      {looksAgainAt === null ? null : (
        <div>
          It is looked at again <Moment at={looksAgainAt} />.
        </div>
      )}
      <div>
        Next run by itself: <Moment at={nextRunAt} none="none is planned" />
      </div>
    </Text>
  );
}
