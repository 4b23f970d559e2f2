// The durations of the last runs, as a line the height of a word.
import { amounts } from './amounts.ts';
import classes from './spark.module.css';

interface SparkProps {
  /** Oldest first. */
  readonly values: readonly number[];
}

const [width, height] = [72, 20];

export function Spark({ values }: SparkProps) {
  if (values.length < 2) return null;
  const top = Math.max(...values, 1);
  const step = width / (values.length - 1);
  const points = values.map(
    (value, index) =>
      `${(index * step).toFixed(1)},${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`,
  );
  const last = values.at(-1) ?? 0;
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`Durations of the last ${values.length} runs: at most ${amounts.duration(top)}, the last ${amounts.duration(last)}`}
    >
      <polyline points={points.join(' ')} />
    </svg>
  );
}
