// syncmgr page: the address of the page, with a code in it that signs one browser in, once and within
// five minutes. Only this user can ask for it: it goes through the socket.
import type { Command } from 'commander';
import { syncError } from '../../model/error.ts';
import type { Cli } from '../cli.ts';
import { finish, record } from '../list.ts';

const examples = `
Examples:
  syncmgr page                      open the address in a browser; it works once
  xdg-open "$(syncmgr page)"        the same in one step`;

export function define(command: Command, cli: Cli): void {
  command.addHelpText('after', examples).action(async () => {
    const manager = await cli.manager();
    if (manager === null) throw syncError('manager-unreachable', { where: 'its socket' });
    const { service } = await manager.about();
    const origin = service?.addresses.find((address) => address.startsWith('http:'));
    if (origin === undefined) {
      await manager.close();
      throw syncError('usage', {
        what: 'The manager has no address for a browser. Start it without --no-tcp.',
      });
    }
    const address = `${origin}/login?code=${await manager.loginCode()}`;
    await manager.close();
    record(cli, 'page', { address }, () => [address]);
    finish(cli, 1);
  });
}
