/** Assesses whether the manifest and the other catalogue files say the same about the service. */
import type { CatalogEntry } from '../../evidence/owners/catalog-readers.ts';
import type { Place } from '../../model.ts';
import { entriesFor, plain, sameName } from '../catalog-entries.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { map } from '../params.ts';
import { counted, listed } from '../words.ts';
import { comparisons } from './catalog-fields.ts';

export const check = defineCheck({
  summary:
    'Compares name, owner, tier and stage with each catalogue file that describes the service (Backstage, OpsLevel, Cortex, Compass, Datadog, Score, NAIS, Open edX). `group:default/payments`, `@lumenpay/payments` and `team-payments` are one owner; `tier-1`, `T1` and `1` one tier; `production` is live.',
  needs: ['owners'],
  params: {
    tiers: map('Tier by the words that catalogues use instead of a digit.', {
      critical: '1',
      high: '2',
      medium: '3',
      low: '4',
    }),
  },
  assess(subject) {
    const { manifest, claims, evidence, params, at } = subject;
    if (manifest.state !== 'valid') return notApplicable('there is no valid manifest to compare');
    const { facts, unread } = evidence.owners;
    const entries = entriesFor(facts.catalog, subject);
    const several = entries.some(({ name }) => name && !sameName(plain(entries[0]?.name), name.value));
    const compared = several ? [] : entries.flatMap((entry) => comparisons(entry, claims, params.tiers));
    if (compared.length === 0) {
      const hidden = unread.find((it) => !/(^|\/)(CODE)?OWNERS$/.test(it.at.path));
      if (hidden) return unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { evidence: [hidden.at] });
      return notApplicable(nothingToCompare(facts.catalog, several));
    }
    const differing = compared.filter(({ same }) => !same);
    const files = listed([...new Set(compared.map(({ said }) => said.at.path))]);
    if (differing.length === 0) {
      const fields = listed([...new Set(compared.map(({ field }) => field))]);
      return verified(
        `${fields} ${compared.length === 1 ? 'is' : 'are'} the same in ${manifest.path} and ${files}`,
        placesOf(compared),
      );
    }
    const problems = differing.map(({ field, said, ours, pointer }) => ({
      message: `${field} is "${said.written ?? said.value}" here and "${ours}" in ${manifest.path}:${at(pointer).line}`,
      at: said.at,
      fix: 'Decide which is right and correct the other.',
      subject: `${said.at.path} ${field}`,
    }));
    return contradicted(
      `${counted(differing.length, 'difference')} in ${counted(compared.length, 'value')} between ${manifest.path} and ${files}`,
      problems,
      { claim: at(differing[0]?.pointer ?? '') },
    );
  },
});

function placesOf(compared: ReturnType<typeof comparisons>): readonly Place[] {
  return compared.map(({ said }) => said.at);
}

function nothingToCompare(catalog: readonly CatalogEntry[], several: boolean): string {
  if (catalog.length === 0) return 'no other catalogue file describes the service';
  if (several)
    return `${counted(catalog.length, 'catalogue entry', 'catalogue entries')} and none of the service's name; \`imports\` can name the file that is meant`;
  return `${catalog[0]?.at.path} says nothing that could be compared`;
}
