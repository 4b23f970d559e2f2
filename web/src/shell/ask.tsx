// The question of a handler that waits for a person.
import { Button, Group, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import * as api from '../data/api.ts';
import { questionQuery, useAct } from '../data/queries.ts';
import type { JsonObject, QuestionShape } from '../data/shapes.ts';
import { Name } from '../parts/name.tsx';
import { SchemaForm } from '../parts/schema-form.tsx';

export function Ask() {
  const question = useQuery(questionQuery).data ?? null;
  return question === null ? null : <Form key={question.id} question={question} />;
}

function Form({ question }: { readonly question: QuestionShape }) {
  const { id, form } = question;
  const [values, setValues] = useState<JsonObject>(form.values);
  const answer = useAct((given: JsonObject | null) => api.answer(id, given), ['question']);
  return (
    <Modal
      opened
      onClose={() => answer.mutate(null)}
      title={<Name text={form.title} />}
      closeButtonProps={{ 'aria-label': 'Do not answer' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          answer.mutate(values);
        }}
      >
        <SchemaForm schema={form.schema} values={values} onChange={setValues} />
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
