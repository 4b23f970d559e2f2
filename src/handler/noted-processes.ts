// Programs that are run for a handler which is no program itself, such as a tool that an item calls.
// Each is noted while it runs, so that none goes on unseen when its manager dies (MT-9).
import type { Processes } from '../ports/processes.ts';
import type { StartBook } from './start-book.ts';

export function notedProcesses(processes: Processes, book: StartBook, handler: string): Processes {
  return {
    self: processes.self,
    isRunning: (identity) => processes.isRunning(identity),
    endLeftOver: (identity) => processes.endLeftOver(identity),
    start: async (command) => {
      const program = await processes.start(command);
      const strike = book.running(handler, program.identity);
      void program.ended.then(strike, strike);
      return program;
    },
  };
}
