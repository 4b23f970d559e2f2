// The question of a handler that waits for a person.
import { Button, Group, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as api from '../data/api.ts';
import { runningQuery, useAct } from '../data/queries.ts';
import type { JsonObject, QuestionShape } from '../data/shapes.ts';
import { Name } from '../parts/name.tsx';
import { SchemaForm } from '../parts/schema-form.tsx';
import { Trouble } from '../parts/trouble.tsx';

/** A question is read whole, or not answered. */
const longest = 600;

export function Question({ question }: { readonly question: QuestionShape }) {
  const { id, form, session } = question;
  const asking = useQuery(runningQuery).data?.find((one) => one.session === session);
  const [values, setValues] = useState<JsonObject>(form.values);
  const answer = useAct((given: JsonObject | null) => api.answer(id, given), ['question']);
  return (
    <Modal
      opened
      onClose={() => answer.mutate(null)}
      title={<Name text={form.title} max={longest} />}
      closeButtonProps={{ 'aria-label': 'Do not answer' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          answer.mutate(values);
        }}
      >
        {asking === undefined ? null : (
          <Text size="sm" c="dimmed" mb="sm">
            <Name text={asking.partnership.name} max={60} /> asks before it goes on.
          </Text>
        )}
        <SchemaForm schema={form.schema} values={values} onChange={setValues} />
        {answer.error === null ? null : <Trouble error={answer.error} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => answer.mutate(null)}>
            Do not answer
          </Button>
          <Button type="submit" loading={answer.isPending}>
            Answer
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
