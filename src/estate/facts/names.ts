/** By which names others may call a service: what its manifest says, and what the catalogue entries say that describe it. Pure. */
import { entriesFor, plain } from '../../checks/catalog-entries.ts';
import { placeOf } from '../../manifest/manifest.ts';
import type { NamedFact } from '../../model-facts.ts';
import type { JudgedService } from '../../run.ts';
import { kept } from './bounds.ts';

/** The declared name first. A catalogue entry counts where the manifest imports its file, or where there is no manifest and this entry alone. */
export function namesOf({ manifest, evidence, report: { service } }: JudgedService): readonly NamedFact[] {
  const { name } = manifest.identity;
  const { claims, state } = manifest;
  const own = name === undefined ? [] : [{ name: kept(name), at: placeOf(manifest, '/name') }];
  const entries = evidence.owners?.facts.catalog ?? [];
  if (state !== 'absent' && (claims.imports ?? []).length === 0) return own;
  const about = entries.length === 0 ? [] : entriesFor(entries, { service, manifest, claims });
  const [entry, ...more] = about;
  const called = plain(entry?.name);
  return entry && called !== undefined && more.length === 0 && called !== name
    ? [...own, { name: kept(called), at: entry.at }]
    : own;
}
