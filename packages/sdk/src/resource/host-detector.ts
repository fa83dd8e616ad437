import { readFileSync } from 'node:fs';
import { arch, hostname } from 'node:os';
import { type ResourceDetector, hostDetector as upstream } from '@opentelemetry/resources';
import {
  ATTR_HOST_ARCH,
  ATTR_HOST_ID,
  ATTR_HOST_NAME,
} from '@opentelemetry/semantic-conventions/incubating';

/** https://www.freedesktop.org/software/systemd/man/latest/machine-id.html and where D-Bus keeps its own. */
const files = ['/etc/machine-id', '/var/lib/dbus/machine-id'];

/** Architectures that go by another name in OpenTelemetry. */
const architectures: Readonly<Record<string, string>> = {
  arm: 'arm32',
  ppc: 'ppc32',
  x64: 'amd64',
};

/** What upstream's detector finds. On Linux the id of the machine is a file, read at once, so that no start waits for it. */
export const hostDetector: ResourceDetector = {
  detect: (config) => {
    if (process.platform !== 'linux') return upstream.detect(config);
    const name = arch();
    return {
      attributes: {
        [ATTR_HOST_NAME]: hostname(),
        [ATTR_HOST_ARCH]: architectures[name] ?? name,
        ...hostId(files),
      },
    };
  },
};

/** `host.id` by the first of these files that has one. Nothing where none has, as in most containers: an attribute without a value would be complained of. */
export function hostId(candidates: readonly string[]): Record<string, string> {
  for (const file of candidates) {
    try {
      const id = readFileSync(file, 'utf8').trim();
      if (id !== '') return { [ATTR_HOST_ID]: id };
    } catch {
      // Upstream tries the next one too.
    }
  }
  return {};
}
