// That the manager cannot be reached, and what is shown is as it was: said while it lasts.
import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '../data/http.ts';
import { useLink } from '../data/live.ts';
import { aboutQuery } from '../data/queries.ts';
import { ProblemText } from '../parts/problem-text.tsx';

export function LinkBanner() {
  const link = useLink();
  const { data, error } = useQuery(aboutQuery);
  const service = data?.service ?? null;
  if (error instanceof ApiError && error.status === 401) {
    return (
      <Alert color="yellow" mb="md" role="status" title="You are not signed in">
        This browser has no session here. Open the page anew from the terminal: syncmgr page
      </Alert>
    );
  }
  if (link === 'lost') {
    return (
      <Alert color="yellow" mb="md" role="status" title="Connection lost">
        What you see is as it was. The page connects again by itself as soon as the manager answers.
      </Alert>
    );
  }
  if (service?.safeMode) {
    return (
      <Alert color="red" mb="md" role="status" title="Safe mode: nothing runs by itself">
        {service.safeMode}
      </Alert>
    );
  }
  const [problem, ...more] = service?.problems.filter(({ level }) => level === 'error') ?? [];
  if (problem === undefined) return null;
  return (
    <Alert
      color="red"
      mb="md"
      role="status"
      title="The configuration is broken; what was loaded last stays in force"
    >
      <ProblemText problem={problem} />
      {more.length === 0 ? null : ` And ${more.length} more: see Settings.`}
    </Alert>
  );
}
