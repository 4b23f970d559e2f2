// What Windows tells of its connections: one question to its shell for all of it.
import { askPowerShell } from './ask-program.ts';
import { kindOfPort, windowsAnswer } from './core/network-tables.ts';
import type { NetworkSource, Surplus } from './network-source.ts';
import { rememberFor } from './remember.ts';

/** A shell takes a second to start. */
const goodForMs = 30_000;

const question = `
$type = [Windows.Networking.Connectivity.NetworkInformation,Windows.Networking.Connectivity,ContentType=WindowsRuntime]
$profile = $type::GetInternetConnectionProfile()
$cost = if ($profile) { [string]$profile.GetConnectionCost().NetworkCostType } else { '' }
$ports = @(Get-NetIPConfiguration | ForEach-Object { @{
  name = $_.InterfaceAlias
  port = [string](Get-NetAdapter -InterfaceIndex $_.InterfaceIndex -ErrorAction SilentlyContinue).PhysicalMediaType
  gateway = [string]($_.IPv4DefaultGateway.NextHop | Select-Object -First 1)
  ssid = if ($_.NetProfile) { [string]$_.NetProfile.Name } else { '' } } })
@{ cost = $cost; ports = $ports } | ConvertTo-Json -Depth 4 -Compress`;

export function windowsNetwork(): NetworkSource {
  return { surplus: rememberFor(goodForMs, ask), listen: () => () => {} };
}

async function ask(): Promise<Surplus> {
  const { metered, ports } = windowsAnswer((await askPowerShell(question)) ?? '');
  return {
    metered,
    isHeldBack: false,
    of: (name) => {
      const port = ports.find((one) => one.name === name);
      const kind = kindOfPort(`${port?.port ?? ''} ${name}`);
      const ssid = kind === 'wireless' ? (port?.ssid ?? null) : null;
      return { kind, gateway: port?.gateway ?? null, ssid };
    },
  };
}
