import { type ServerName, serverRow } from '../servers/server-table.ts';
import { satisfies, versionIn } from '../servers/version-range.ts';
import { type Result, warn } from './check.ts';

/**
 * A warning where a server is older than the oldest that the configuration files of this release are written for: an upgrade that stopped
 * half-way.
 */
export function halfUpgrade(name: ServerName, shown: string, version: string): Result | undefined {
  const found = versionIn(version);
  const { oldest } = serverRow(name);
  if (found === undefined || satisfies(found, oldest)) return undefined;
  // A newer major version is another matter than an upgrade that stopped.
  if (Number.parseInt(found, 10) > Number.parseInt(oldest, 10)) return undefined;
  return warn(
    `${shown}, version ${version}, and the configuration of this release is for ${oldest} or later`,
    `Finish the upgrade: bring it to ${serverRow(name).version}, its data stay (docs/guides/upgrade.md); or take the configuration of the release before.`,
  );
}
