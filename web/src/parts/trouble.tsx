// An error, with the sentence that says what to do, and the way to try again.
import { Alert, Button, Group, Text } from '@mantine/core';
import { Name } from './name.tsx';

interface TroubleProps {
  readonly error: Error;
  readonly again?: (() => void) | undefined;
}

export function Trouble({ error, again }: TroubleProps) {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return (
    <Alert color="red" variant="light" role="alert" title="That did not work">
      <Group justify="space-between" align="flex-start">
        <Text size="sm">
          <Name text={error.message} max={600} />
          {code === null ? null : (
            <Text span c="dimmed" size="xs">
              {' '}
              ({code})
            </Text>
          )}
        </Text>
        {again === undefined ? null : (
          <Button size="xs" variant="default" onClick={again}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  );
}
