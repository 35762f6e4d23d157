import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
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
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6');
}

/** Also true for IPv4 addresses written as IPv6 (`::ffff:127.0.0.1`). */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Refuses a host that is, or resolves to, an address in a private network.
 *
 * The name is looked up once more when the connection is made. A hostile name server could answer differently then; a
 * machine where that matters needs a firewall as well.
 *
 * @throws ConnectorError `rejected`, or `unavailable` when the name cannot be looked up.
 */
export async function assertPublic(url: URL): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolve(host);
  if (addresses.some(isPrivateAddress)) {
    throw new ConnectorError(
      'rejected',
      `${host} is inside a private network, and this machine may not read from there.`,
    );
  }
}

async function resolve(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (cause) {
    throw new ConnectorError('unavailable', `${host} could not be looked up. Check the address and the network.`, {
      cause,
    });
  }
}
