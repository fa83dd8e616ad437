import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startMeasured } from '../request/measured-process.mjs';

const program = (name) => fileURLToPath(new URL(`${name}-sink.mjs`, import.meta.url));

/**
 * A backend of loopback in a process of its own on core 0: `otlp`, `datadog` or `newrelic`. Gives `port`, `certificate` (a file, where it speaks TLS),
 * `received()` (`{ spans, points, logs, bytes, requests }` since it was asked last) and `end()`.
 */
export async function startSink(backend) {
  if (backend !== 'newrelic')
    return sinkOf(await startMeasured({ args: [program(backend)], core: 0 }));
  const folder = mkdtempSync(join(tmpdir(), 'bench-tls-'));
  try {
    const { key, certificate } = selfSigned(folder);
    const sink = await startMeasured({ args: [program(backend), key, certificate], core: 0 });
    return sinkOf(sink, { certificate, folder });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

function sinkOf(sink, { certificate, folder } = {}) {
  return {
    port: sink.port,
    certificate,
    received: () => sink.ask('received'),
    end: async () => {
      await sink.end();
      if (folder !== undefined) rmSync(folder, { recursive: true });
    },
  };
}

/** New Relic's agent speaks TLS only. The key is made now, lives as long as the sink, and is good for localhost. */
function selfSigned(folder) {
  const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => join(folder, name));
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  );
  return { key, certificate };
}
