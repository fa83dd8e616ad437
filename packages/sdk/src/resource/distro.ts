import manifest from '../../package.json' with { type: 'json' };

/** What we are on the resource: `telemetry.distro.*`. */
export const distro = { name: manifest.name, version: manifest.version } as const;
