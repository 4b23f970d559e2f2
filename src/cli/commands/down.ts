// syncmgr down: ends the manager that goes on by itself. What runs is asked to end cleanly; what waits
// is taken up by the next one.
import process from 'node:process';
import type { Command } from 'commander';
import { errorRecord, syncError } from '../../model/error.ts';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

export function define(command: Command, cli: Cli): void {
  command.action(async () => {
    const manager = await cli.manager();
    if (manager === null) throw syncError('manager-unreachable', { where: 'its socket' });
    const { process: pid } = await manager.about();
    await manager.stopManager().catch((thrown: unknown) => {
      // Somebody else asked first: all the better.
      if (errorRecord(thrown).code !== 'manager-stopping') throw thrown;
    });
    await manager.close();
    while (isThere(pid)) await pause();
    record(cli, 'ended', { process: pid }, () => [`Process ${pid} has ended.`]);
    finish(cli, 1);
  });
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const askAgainMs = 20;

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, askAgainMs);
  });
}
