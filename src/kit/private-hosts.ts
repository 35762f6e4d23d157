import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { ConnectorError } from '../core/failures.ts';

/** Ranges that are not on the public Internet, from the IANA special-purpose address registries (2026-11-23). */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4');
}
// Azure's own services answer every virtual machine there.
PRIVATE.addAddress('168.63.129.16');

/** What of IPv6 is given out to the Internet, and what of that is for something else: tunnels to IPv4, tests, examples. */
const PUBLIC_IPV6 = new BlockList();
PUBLIC_IPV6.addSubnet('2000::', 3, 'ipv6');
const SPECIAL_IPV6 = new BlockList();
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  SPECIAL_IPV6.addSubnet(net, bits, 'ipv6');
}
/** An IPv4 address behind a translator: how a machine without IPv4 reaches everything that has nothing else. */
const TRANSLATED = new BlockList();
TRANSLATED.addSubnet('64:ff9b::', 96, 'ipv6');
const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');

/** True for whatever is not on the public Internet, also for an IPv4 address in any of the ways that IPv6 writes one. */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) !== 6) return PRIVATE.check(address);
  if (MAPPED.check(address, 'ipv6') || TRANSLATED.check(address, 'ipv6')) return PRIVATE.check(lastFourBytes(address));
  return !PUBLIC_IPV6.check(address, 'ipv6') || SPECIAL_IPV6.check(address, 'ipv6');
}

/** Of an IPv6 address, as IPv4. */
function lastFourBytes(address: string): string {
  // As a URL writes it: in groups of hex digits, whichever way it came.
  const groups = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split(':');
  const [high = 0, low = 0] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Which private hosts may be opened all the same, as `host` or `host:port`: a forum of our own, a test's server. */
export type Allowed = readonly string[];

function isAllowed(host: string, port: string, allowed: Allowed): boolean {
  return allowed.some((entry) => entry === host || entry === `${host}:${port}`);
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '').toLowerCase();

function refusal(host: string): ConnectorError {
  return new ConnectorError(
    'rejected',
    `${host} is inside a private network, and Earshot does not read there unless whoever runs it says so: ` +
      `add "${host}" to EARSHOT_PRIVATE_HOSTS and start again.`,
  );
}

/**
 * Refuses a private address, and a port of a private host that is not the allowed one. A name is judged when it is
 * looked up for the connection (`guardedLookup`): a name server that answers twice cannot answer differently.
 *
 * @throws ConnectorError `rejected`.
 */
export function assertPublic(url: URL, allowed: Allowed): void {
  assertPublicHost(url.hostname, url.port || (url.protocol === 'https:' ? '443' : '80'), allowed);
}

function assertPublicHost(hostname: string, port: string, allowed: Allowed): void {
  const host = bare(hostname);
  if (isAllowed(host, port, allowed)) return;
  const otherPort = allowed.some((entry) => entry.startsWith(`${host}:`));
  if (otherPort || (isIP(host) && isPrivateAddress(host))) throw refusal(host);
}

/** Looks a name up for `net.connect`, and fails with a ConnectorError where it leads into a private network. */
export function guardedLookup(allowed: Allowed): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (failure, addresses) => {
      if (failure) return done(failure, '');
      const host = bare(hostname);
      const known = allowed.some((entry) => entry === host || entry.startsWith(`${host}:`));
      if (!known && addresses.some(({ address }) => isPrivateAddress(address))) return done(refusal(host), '');
      const [first] = addresses;
      if (options.all) done(null, addresses);
      else done(null, first?.address ?? '', first?.family);
    });
  };
}

/**
 * How a server is reached that speaks no HTTP, such as a mail server. Gives the look-up to connect to it with, which judges
 * the name at that moment, as `guardedLookup` does.
 *
 * @throws ConnectorError `rejected` for a private address, or a port of a private host that is not the allowed one
 */
export type Reach = (host: string, port: number) => LookupFunction;

/** Under the same refusals as web addresses. */
export const guardedReach =
  (allowed: Allowed): Reach =>
  (host, port) => {
    assertPublicHost(host, String(port), allowed);
    return guardedLookup(allowed);
  };

/** Refuses nothing: for addresses that no person typed in. */
export const anyReach: Reach = () => lookup as LookupFunction;
