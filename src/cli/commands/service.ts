// syncmgr service: let the system start the manager, and keep it going.
import type { Command } from 'commander';
import type { ServiceShape, ServiceWish } from '../../api/service.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';

interface Flags {
  readonly system?: boolean;
  readonly as?: string;
  readonly print?: boolean;
}

const examples = `
Examples:
  syncmgr service install              starts when you sign in, and now
  syncmgr service install --print      shows the file, and writes nothing
  sudo syncmgr service install --system --as me
                                       starts with the computer, as that user`;

export function define(command: Command, cli: Cli): void {
  command.addHelpText('after', examples);
  const verb = (name: 'install' | 'uninstall' | 'status', what: string) =>
    command
      .command(name)
      .description(what)
      .option('--system', 'one of the system, that needs nobody to sign in')
      .option('--as <user>', 'whom a service of the system runs as');
  verb('install', 'Write the service file, and start the manager by it.')
    .option('--print', 'show the file and write nothing')
    .action(async (flags: Flags) => {
      const desk = await cli.services();
      if (flags.print === true)
        return show(cli, await desk.look(wish(flags)), ({ text }) => [text.trimEnd()]);
      show(cli, await desk.install(wish(flags)), installed);
    });
  verb('uninstall', 'End it, and remove the service file.').action(async (flags: Flags) => {
    show(cli, await (await cli.services()).uninstall(wish(flags)), ({ name }) => [
      `${name} is not installed any more.`,
    ]);
  });
  verb('status', 'Say whether it is installed, and whether it runs.').action(
    async (flags: Flags) => {
      show(cli, await (await cli.services()).look(wish(flags)), standing);
    },
  );
}

function wish({ system = false, as }: Flags): ServiceWish {
  return { scope: system ? 'system' : 'user', user: as ?? null };
}

function show(
  cli: Cli,
  shape: ServiceShape,
  lines: (shape: ServiceShape) => readonly string[],
): void {
  records(cli, 'service', [shape], () => lines(shape));
  finish(cli, 1);
}

const installed = ({ name, file }: ServiceShape) => [
  `${name} is installed and runs.`,
  `  ${file}`,
  ...(file.includes('/systemd/user/')
    ? ['  It ends when you sign out. To have it stay: loginctl enable-linger']
    : []),
];

function standing({ name, file, installed: isThere, running }: ServiceShape): readonly string[] {
  if (!isThere) return [`${name} is not installed. To install it: syncmgr service install`];
  const runs = {
    true: 'runs',
    false: 'does not run',
    null: 'is there; whether it runs is not known',
  };
  return [`${name} ${runs[`${running}`]}.`, `  ${file}`];
}
