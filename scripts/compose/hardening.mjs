/** The measures that are looked for in every container, as `docker inspect` shows it. */
const measures = {
  'not root': ({ Config }) => Config.User !== '' && !/^(0|root)(:|$)/.test(Config.User),
  'read-only root': ({ HostConfig }) => HostConfig.ReadonlyRootfs,
  'no capabilities': ({ HostConfig }) =>
    HostConfig.CapDrop?.includes('ALL') === true && (HostConfig.CapAdd ?? []).length === 0,
  'no new privileges': ({ HostConfig }) =>
    (HostConfig.SecurityOpt ?? []).some((option) => /^no-new-privileges(:true)?$/.test(option)),
  'not privileged': ({ HostConfig }) => HostConfig.Privileged === false,
  memory: ({ HostConfig }) => HostConfig.Memory > 0,
  CPU: ({ HostConfig }) => HostConfig.NanoCpus > 0,
  processes: ({ HostConfig }) => HostConfig.PidsLimit > 0,
  init: ({ HostConfig }) => HostConfig.Init === true,
  'health check': ({ Config, HostConfig }) =>
    Config.Healthcheck !== undefined || HostConfig.RestartPolicy.Name === 'no',
  'restarted, or ends': ({ HostConfig }) =>
    ['unless-stopped', 'no'].includes(HostConfig.RestartPolicy.Name),
  'log rotation': ({ HostConfig }) => HostConfig.LogConfig.Config['max-size'] !== undefined,
  "host's files read only": ({ Mounts }) =>
    Mounts.every(({ Type, RW }) => Type !== 'bind' || RW === false),
  'no engine socket': ({ Mounts }) =>
    Mounts.every(({ Source }) => !/docker\.sock$/.test(Source ?? '')),
  'ports on loopback': ({ HostConfig }) =>
    Object.values(HostConfig.PortBindings ?? {})
      .flat()
      .every(({ HostIp }) => HostIp === '127.0.0.1'),
  'no secret in the environment': ({ Config }, secrets) =>
    (Config.Env ?? []).every((entry) => secrets.every((secret) => !entry.includes(secret))),
};

/** A row for each container: its service, and whether each measure holds. `secrets` must be in nobody's environment. */
export function hardeningOf(containers, secrets) {
  return containers
    .map((container) => ({
      service: container.Config.Labels['com.docker.compose.service'],
      ...Object.fromEntries(
        Object.entries(measures).map(([name, holds]) => [name, holds(container, secrets)]),
      ),
    }))
    .toSorted((a, b) => a.service.localeCompare(b.service));
}
