import { BlockList, isIP } from 'node:net';
import { diag } from '@opentelemetry/api';
import { type ConfigProblem, formatProblem } from '../config/problem.ts';
import { type HostEntry, parseHostEntry, plainHost } from './host-entry.ts';
import type { Target } from './peer-carrier.ts';

/** Who may give us baggage and who may get it. */
export interface BaggageHosts {
  /** Whether baggage that came over a connection from this IP address is believed. */
  trustsPeer(address: string | undefined): boolean;
  /** Whether baggage may leave for this host and port. */
  trustsTarget(target: Target | undefined): boolean;
  /** Fulfilled when the names were looked up for the first time. */
  readonly ready: Promise<void>;
  /** Ends the repeated look-up of names. */
  close(): void;
}

export interface BaggageHostsOptions {
  /** Looks a name up. Default: `dns.lookup`, as connections do. */
  readonly lookup?: (name: string) => Promise<readonly string[]>;
  /** Milliseconds between two look-ups of the names. Default 30,000. */
  readonly everyMs?: number;
  /** Is told of each malformed entry, which is ignored. Default: `diag.warn`. */
  readonly onProblem?: (problem: ConfigProblem) => void;
}

/**
 * The allow-list of `BELLWETHER_BAGGAGE_HOSTS`: names, IP addresses, `host:port`, or networks (`10.1.0.0/16`).
 *
 * Outwards a connection is judged by the host and port that the application dials, as it wrote them. Inwards it is
 * judged by the peer's IP address, the only thing about a sender that it can't claim: a name on the list stands for the addresses that
 * it resolves to (looked up at start and every 30 s; until then, and when it fails, nobody is trusted by it), and a port on the
 * list is not compared, because a caller's port is random. No header has a say, neither `Host` nor `X-Forwarded-For`. Loopback is
 * trusted only when it is listed.
 *
 * Whoever is listed is trusted with every tenant's name. Do not list a proxy that passes on `baggage` headers from outside.
 *
 * A malformed entry is ignored and told to `onProblem`.
 */
export function baggageHosts(
  list: readonly string[],
  { lookup = addressesOf, everyMs = 30_000, onProblem = warn }: BaggageHostsOptions = {},
): BaggageHosts {
  const entries = list
    .map((text) => readEntry(text, onProblem))
    .filter((entry) => entry !== undefined);
  if (entries.length === 0) return nobody;

  const anyPort = new Set<string>();
  const onePort = new Set<string>();
  const addresses = new BlockList();
  const networks = new BlockList();
  for (const entry of entries) {
    if (entry.kind === 'network') networks.addSubnet(entry.host, entry.prefix, family(entry.host));
    else if (entry.port === undefined) anyPort.add(entry.host);
    else onePort.add(`${entry.host} ${entry.port}`);
    if (entry.kind === 'address') addresses.addAddress(entry.host, family(entry.host));
  }
  const names = [...new Set(entries.filter(isName).map(({ host }) => host))];
  const resolved = new Map<string, readonly string[]>();
  let closed = false;

  async function resolve(name: string): Promise<void> {
    try {
      const found = await lookup(name);
      resolved.set(name, found.map(plainHost));
    } catch (error) {
      resolved.delete(name);
      diag.debug(`BELLWETHER_BAGGAGE_HOSTS: ${name} has no address: ${error}`);
    }
  }
  const resolveAll = async () => {
    await Promise.all(names.map(resolve));
  };
  const ready = resolveAll();
  const timer =
    names.length === 0 ? undefined : setInterval(() => !closed && void resolveAll(), everyMs);
  timer?.unref();

  return {
    ready,
    trustsPeer: (address) => {
      if (address === undefined) return false;
      const peer = plainHost(address);
      if (isIP(peer) === 0) return false;
      if (addresses.check(peer, family(peer)) || networks.check(peer, family(peer))) return true;
      return [...resolved.values()].some((found) => found.includes(peer));
    },
    trustsTarget: (target) => {
      if (target === undefined) return false;
      const host = plainHost(target.host);
      if (anyPort.has(host) || onePort.has(`${host} ${target.port}`)) return true;
      return isIP(host) !== 0 && networks.check(host, family(host));
    },
    close: () => {
      closed = true;
      clearInterval(timer);
    },
  };
}

const nobody: BaggageHosts = {
  ready: Promise.resolve(),
  trustsPeer: () => false,
  trustsTarget: () => false,
  close: () => {},
};

function readEntry(
  text: string,
  onProblem: (problem: ConfigProblem) => void,
): HostEntry | undefined {
  const entry = parseHostEntry(text);
  if (entry === undefined) {
    onProblem({
      variable: 'each entry of BELLWETHER_BAGGAGE_HOSTS',
      value: text.includes('@') ? '[redacted]' : text,
      expected: 'host, host:port, an IP address or a network such as 10.0.0.0/8',
      instead: 'this entry is ignored',
    });
  }
  return entry;
}

function warn(problem: ConfigProblem): void {
  diag.warn(formatProblem(problem));
}

function isName(entry: HostEntry): boolean {
  return entry.kind === 'name';
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

async function addressesOf(name: string): Promise<string[]> {
  const { lookup } = process.getBuiltinModule('node:dns/promises');
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}
