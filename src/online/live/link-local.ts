/** Addresses at which a cloud tells a machine about itself, credentials included. */
import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { OnlineError } from '../online-error.ts';

const RANGES = new BlockList();
RANGES.addSubnet('169.254.0.0', 16, 'ipv4');
RANGES.addSubnet('fe80::', 10, 'ipv6');
RANGES.addAddress('fd00:ec2::254', 'ipv6');
RANGES.addAddress('100.100.100.200', 'ipv4');

/** The end of a sentence that begins with the host. */
export const LINK_LOCAL = 'is where a cloud tells a machine about itself; a manifest may not lead there';

/** Whether a host is written as such an address. */
export function isLinkLocal(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  return family !== 0 && RANGES.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** Looks a name up, and refuses one that leads there. */
export const carefulLookup: LookupFunction = (host, options, done) => {
  lookup(host, options, (error, address, family) => {
    const found = Array.isArray(address) ? address.map((it) => it.address) : [address];
    if (!error && found.some((it) => isLinkLocal(it))) done(new OnlineError(`${host} ${LINK_LOCAL}`), '', 4);
    else done(error, address, family);
  });
};
