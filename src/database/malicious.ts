/** Turns what the list of malicious packages says into advisories. Pure. */
import type { Advisory, PackageQuery } from '../advisories/advisory.ts';
import type { Malice, MalwareList } from '../advisories/database/malware.ts';

/** The advisories along with one for each package that the list names. */
export function withMalware(
  advisories: ReadonlyMap<string, readonly Advisory[]>,
  list: MalwareList,
  packages: readonly PackageQuery[],
): ReadonlyMap<string, readonly Advisory[]> {
  const all = new Map(advisories);
  for (const [name, versions] of versionsByName(packages)) {
    const found = advisoryOn(name, versions, list);
    if (found) all.set(name, [...(all.get(name) ?? []), found]);
  }
  return all;
}

function versionsByName(packages: readonly PackageQuery[]): ReadonlyMap<string, readonly (string | undefined)[]> {
  const byName = new Map<string, (string | undefined)[]>();
  for (const { name, version } of packages) {
    const known = byName.get(name);
    if (known) known.push(version);
    else byName.set(name, [version]);
  }
  return byName;
}

function advisoryOn(name: string, versions: readonly (string | undefined)[], list: MalwareList): Advisory | undefined {
  const told = versions.map((version): readonly [string | undefined, Malice | undefined] => [
    version,
    list.malice(name, version),
  ]);
  const says = new Set(told.map(([, malice]) => malice));
  if (says.size === 1 && says.has(undefined)) return undefined;
  return {
    id: `malware/${list.ecosystem}/${name}`,
    aliases: [],
    severity: 4,
    severityFrom: 'list of malicious packages',
    ranges: says.has('every-version') ? ['*'] : [],
    versions: told.flatMap(([version, malice]) =>
      malice === 'this-version' && version !== undefined ? [version] : [],
    ),
    uncertain: says.has('some-versions') ? ['*'] : [],
    flags: ['malicious'],
    title: `on the list of malicious packages of ${list.asOf.slice(0, 10)}`,
  };
}
