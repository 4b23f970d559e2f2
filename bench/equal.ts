// Whether two trees hold the same, byte by byte: a fast copy of something else is no result. Judged
// by a program that is not ours.
import { spawnSync } from 'node:child_process';

export function assertEqual(left: string, right: string, metadata: boolean, after: string): void {
  const compare = ['-n', '-i', '-rlc', '--delete', '-O', '--exclude=/.syncmgr'];
  // Times of links are kept by rsync alone.
  if (metadata) compare.push('-t', '-p', '--omit-link-times');
  const { status, stdout, stderr } = spawnSync('rsync', [...compare, `${left}/`, `${right}/`], {
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`rsync could not compare after ${after}: ${stderr}`);
  const differences = stdout.toString().trim();
  if (differences !== '') {
    throw new Error(`${after}: the sides differ:\n${differences.slice(0, 2000)}`);
  }
}
