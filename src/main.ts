// The program: the terminal's face over a manager in this process. What it needs is loaded when it is
// needed: asking for help opens no store, and where there will be work the threads for it start first.
import process from 'node:process';

const working = new Set(['sync', 'run', 'plan', 'approve']);

async function main(words: readonly string[]): Promise<number> {
  const isWork = working.has(words[0] ?? '') && !words.includes('--help') && !words.includes('-h');
  if (isWork) (await import('./compose.ts')).startCrew();
  const { runProgram } = await import('./cli/program.ts');
  return runProgram(words, async (options) => {
    const { openClient } = await import('./compose.ts');
    return openClient(options);
  });
}

void main(process.argv.slice(2)).then((code) => {
  // Whatever a library left open must not keep a finished command alive; what was said goes out first.
  process.stdout.write('', () => process.exit(code));
});
