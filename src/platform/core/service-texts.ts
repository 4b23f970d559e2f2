// The service files of three systems, and the commands that put them into use. What the manager may do
// is not narrowed where that could keep it, or a program it starts, from its files.

export interface ServiceFacts {
  /** Node, the program, and what it is told. */
  readonly command: readonly string[];
  readonly home: string;
  readonly user: { readonly name: string; readonly id: number };
  /** Variables that say where its files are, and where programs are found. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where a system without a journal keeps what it says. */
  readonly log: string;
}

export interface ServicePlan {
  /** What it is called there. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly start: readonly Command[];
  readonly end: readonly Command[];
  /** Ends with 0 when it runs. */
  readonly look: Command;
}

export type Command = readonly [program: string, ...rest: string[]];
export type Scope = 'user' | 'system';

export function servicePlan(
  platform: string,
  scope: Scope,
  facts: ServiceFacts,
): ServicePlan | null {
  if (platform === 'linux') return scope === 'user' ? userUnit(facts) : systemUnit(facts);
  if (scope === 'system') return null;
  if (platform === 'darwin') return launchAgent(facts);
  return platform === 'win32' ? scheduledTask(facts) : null;
}

function userUnit(facts: ServiceFacts): ServicePlan {
  const name = 'syncmgr.service';
  const { XDG_CONFIG_HOME: configuration = `${facts.home}/.config` } = facts.environment;
  const control = (...words: string[]): Command => ['systemctl', '--user', ...words];
  return {
    name,
    file: `${configuration}/systemd/user/${name}`,
    text: unit(facts, [], ['WantedBy=default.target'], []),
    start: [control('daemon-reload'), control('enable', '--now', name)],
    end: [control('disable', '--now', name)],
    look: control('is-active', name),
  };
}

/** Runs as one person, without that person having signed in. */
function systemUnit(facts: ServiceFacts): ServicePlan {
  const { name: user, id } = facts.user;
  const name = `syncmgr-${user}.service`;
  const runtime = `user-runtime-dir@${id}.service`;
  const before = [`Requires=${runtime}`, `After=${runtime} network.target`];
  const own = { ...facts.environment, XDG_RUNTIME_DIR: `/run/user/${id}`, HOME: facts.home };
  return {
    name,
    file: `/etc/systemd/system/${name}`,
    text: unit(
      { ...facts, environment: own },
      before,
      ['WantedBy=multi-user.target'],
      [`User=${user}`, ...harmless],
    ),
    start: [
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'enable', '--now', name],
    ],
    end: [['systemctl', 'disable', '--now', name]],
    look: ['systemctl', 'is-active', name],
  };
}

/** None of these touches files of a person, or the compiler that Node has inside. */
const harmless = [
  'ProtectKernelTunables=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelLogs=yes',
  'ProtectControlGroups=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'LockPersonality=yes',
  'RestrictRealtime=yes',
  'SystemCallArchitectures=native',
];

function unit(
  { command, environment }: ServiceFacts,
  before: readonly string[],
  install: readonly string[],
  more: readonly string[],
): string {
  const variables = Object.entries(environment).map(
    ([name, value]) => `Environment=${unitWord(`${name}=${value}`)}`,
  );
  return `[Unit]
Description=Synchronization Manager
${[...before, 'StartLimitIntervalSec=600', 'StartLimitBurst=5'].join('\n')}

[Service]
Type=notify
# The word that it is ready comes from a program that it starts.
NotifyAccess=all
ExecStart=${command.map(unitWord).join(' ')}
ExecReload=kill -HUP $MAINPID
${variables.join('\n')}
Restart=on-failure
RestartSec=10
# A configuration that is wrong does not get right by another start.
RestartPreventExitStatus=2
WatchdogSec=120
TimeoutStartSec=120
TimeoutStopSec=90
KillMode=mixed
LimitCORE=0
Nice=5
${more.map((one) => `${one}\n`).join('')}
[Install]
${install.join('\n')}
`.replace(/\n{3,}/g, '\n\n');
}

/** Percent and dollar signs have a meaning there. */
const unitWord = (word: string) =>
  `"${word
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('%', '%%')
    .replaceAll('$', () => '$$')}"`;

function launchAgent({ command, home, user, environment, log }: ServiceFacts): ServicePlan {
  const name = 'syncmgr.manager';
  const file = `${home}/Library/LaunchAgents/${name}.plist`;
  const domain = `gui/${user.id}`;
  const strings = command.map((word) => `    <string>${xml(word)}</string>`).join('\n');
  const variables = Object.entries(environment)
    .map(([key, value]) => `    <key>${xml(key)}</key><string>${xml(value)}</string>`)
    .join('\n');
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>Label</key><string>${name}</string>
  <key>ProgramArguments</key><array>
${strings}
  </array>
  <key>EnvironmentVariables</key><dict>
${variables}
  </dict>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key><integer>10</integer>
  <key>ExitTimeOut</key><integer>90</integer>
  <key>ProcessType</key><string>Background</string>
  <key>StandardErrorPath</key><string>${xml(log)}</string>
</dict></plist>
`;
  return {
    name,
    file,
    text,
    start: [['launchctl', 'bootstrap', domain, file]],
    end: [['launchctl', 'bootout', `${domain}/${name}`]],
    look: ['launchctl', 'print', `${domain}/${name}`],
  };
}

function scheduledTask({ command, home, user }: ServiceFacts): ServicePlan {
  const name = 'syncmgr';
  const file = `${home}\\AppData\\Local\\syncmgr\\service.xml`;
  const [program = '', ...rest] = command;
  const text = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Synchronization Manager</Description></RegistrationInfo>
  <Triggers><LogonTrigger><Enabled>true</Enabled><UserId>${xml(user.name)}</UserId></LogonTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>${xml(user.name)}</UserId><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>5</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author"><Exec><Command>${xml(program)}</Command><Arguments>${xml(rest.map(windowsWord).join(' '))}</Arguments></Exec></Actions>
</Task>
`;
  return {
    name,
    file,
    text,
    start: [
      ['schtasks.exe', '/Create', '/TN', name, '/XML', file, '/F'],
      ['schtasks.exe', '/Run', '/TN', name],
    ],
    end: [
      ['schtasks.exe', '/End', '/TN', name],
      ['schtasks.exe', '/Delete', '/TN', name, '/F'],
    ],
    look: ['schtasks.exe', '/Query', '/TN', name],
  };
}

const windowsWord = (word: string) =>
  /[\s"]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const xml = (text: string) => text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
