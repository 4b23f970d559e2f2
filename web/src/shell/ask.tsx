// Whether a handler waits for a person. What shows its question comes when there is one.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { questionQuery } from '../data/queries.ts';

const Question = lazy(async () => ({ default: (await import('./question.tsx')).Question }));

export function Ask() {
  const question = useQuery(questionQuery).data ?? null;
  if (question === null) return null;
  return (
    <Suspense>
      <Question key={question.id} question={question} />
    </Suspense>
  );
}
