// The program: the terminal's face over a manager in this process. What it needs is loaded when it
// is needed; asking for help opens no store.
import process from 'node:process';
import { runProgram } from './cli/program.ts';

void runProgram(process.argv.slice(2), async (options) => {
  const { openClient } = await import('./compose.ts');
  return openClient(options);
}).then((code) => {
  // Whatever a library left open must not keep a finished command alive; what was said goes out first.
  process.stdout.write('', () => process.exit(code));
});
