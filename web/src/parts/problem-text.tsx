// What is wrong in a file of the configuration, and where.
import type { ConfigurationProblem } from '../data/shapes.ts';
import { Name } from './name.tsx';

export function ProblemText({
  problem: { file, line, key, text },
}: {
  readonly problem: ConfigurationProblem;
}) {
  return (
    <>
      <Name text={`${file}:${line ?? 1}`} max={160} />:{' '}
      <Name text={key === null ? text : `${key}: ${text}`} max={400} />
    </>
  );
}
