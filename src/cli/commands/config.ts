// syncmgr config: is it right, where is it, what may stand in it.
import type { Command } from 'commander';
import { syncError } from '../../model/error.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { configurationLines } from '../report/configuration.ts';

export function define(command: Command, cli: Cli): void {
  command
    .command('check')
    .description('Read every file and name what is wrong, with file, line and key.')
    .action(async () => {
      const report = await (await cli.storedClient()).checkConfiguration();
      records(cli, 'problem', report.problems, () => configurationLines(report, cli.terminal));
      const isBroken = report.problems.some((problem) => problem.level === 'error');
      finish(cli, report.problems.length, isBroken ? 'usage' : 'ok');
    });
  command
    .command('reload')
    .description('Let the manager that goes on by itself read its files anew, now.')
    .action(async () => {
      const manager = await cli.manager();
      if (manager === null) throw syncError('manager-unreachable', { where: 'its socket' });
      const report = await manager.checkConfiguration();
      await manager.close();
      records(cli, 'problem', report.problems, () => configurationLines(report, cli.terminal));
      const isBroken = report.problems.some((problem) => problem.level === 'error');
      finish(cli, report.problems.length, isBroken ? 'usage' : 'ok');
    });
  command
    .command('path')
    .description('Print the folder of the configuration.')
    .action(async () => {
      const { folder, files } = await (await cli.storedClient()).checkConfiguration();
      records(cli, 'path', [{ folder, files }], () => [folder]);
      finish(cli, 1);
    });
  command
    .command('schema')
    .description('Print the JSON Schema of the files, for your editor.')
    .action(async () => {
      const schema = await (await cli.storedClient()).configurationSchema();
      cli.terminal.out(JSON.stringify(schema, null, 2));
    });
}
