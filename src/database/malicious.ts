/** What the list of malicious packages says about packages, as advisories. Pure. */
import type { Advisory, PackageQuery } from '../advisories/advisory.ts';
import { type MalwareList, maliciousAdvisory } from '../advisories/database/malware.ts';

/** The advisories along with those on packages that the list names. */
export function withMalware(
  advisories: ReadonlyMap<string, readonly Advisory[]>,
  list: MalwareList,
  packages: readonly PackageQuery[],
): ReadonlyMap<string, readonly Advisory[]> {
  const all = new Map(advisories);
  for (const { name, version } of packages) {
    const malice = list.malice(name, version);
    if (malice === undefined) continue;
    all.set(name, [...(all.get(name) ?? []), maliciousAdvisory(list, name, version ?? '', malice)]);
  }
  return all;
}
