// What this machine has of what triggers and secrets rest on, for the examination.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { openBus, sessionBusAddress, systemBusAddress } from './dbus.ts';

export interface Equipment {
  /** logind answers: sleep and shutdown are announced. */
  readonly login: boolean;
  /** The program that makes them wait for us. */
  readonly delay: boolean;
  /** A key store can be reached. */
  readonly keyring: boolean;
  /** A notification can be shown on a desktop. */
  readonly desktop: boolean;
}

const bus = { path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
const driver = { ...bus, service: 'org.freedesktop.DBus' };

export async function equipment(): Promise<Equipment> {
  if (process.platform !== 'linux') {
    return { login: false, delay: false, keyring: true, desktop: true };
  }
  const session = sessionBusAddress();
  const [login, keyring, desktop] = await Promise.all([
    isOn(systemBusAddress(), 'org.freedesktop.login1'),
    session !== null && isOn(session, 'org.freedesktop.secrets'),
    session !== null && isOn(session, 'org.freedesktop.Notifications'),
  ]);
  return {
    login,
    delay: hasProgram('systemd-inhibit'),
    keyring,
    desktop: desktop && hasProgram('notify-send'),
  };
}

/** Running, or ready to be started by whoever asks. */
async function isOn(address: string, name: string): Promise<boolean> {
  const asked = openBus(address);
  try {
    if ((await asked.call(driver, 'NameHasOwner', 's', [name])) === true) return true;
    const names = await asked.call(driver, 'ListActivatableNames');
    return Array.isArray(names) && names.includes(name);
  } catch {
    return false;
  } finally {
    asked.close();
  }
}

function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
