/** Assesses whether the threat model was reviewed lately, and since the service's boundary last grew. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { Facts as History, ManifestVersion } from '../../evidence/history.ts';
import type { ThreatModel } from '../../evidence/security-docs/threat-model.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place, Standing } from '../../model.ts';
import { assessed, contradicted, defineCheck, notApplicable, stale, unknown } from '../define.ts';
import { duration } from '../params.ts';

export const check = defineCheck({
  summary:
    'Takes the review date of the threat model itself, else `security.threat_model.reviewed_on`, else the last commit that touched it on purpose, and holds it against the limit and against the day on which the manifest last gained a dependency, a store, an address or a class of data. Other edits of the manifest do not count.',
  needs: ['security-docs'],
  onDemand: { kinds: ['history'], when: ({ claims, evidence }) => isThere(claims, evidence['security-docs'].facts) },
  params: { max_age: duration('Longest time since somebody reviewed the threat model.', '365d') },
  assess({ claims, evidence, params, asOf, at }) {
    const [model] = evidence['security-docs'].facts.threatModels;
    const claim = claims.security?.threat_model?.reviewed_on;
    if (!isThere(claims, evidence['security-docs'].facts)) return notApplicable('there is no threat model');
    const spot = at('/security/threat_model');
    const said = dated(model, claim, spot, evidence.history?.facts);
    if (!said) return unknown(`nothing says when the threat model was reviewed`, model ? { evidence: [model.at] } : {});
    const { on, place, standing } = said;
    const problem = (message: string, fix: string) => [{ message, at: place, fix, subject: 'threat-model' }];
    if (on > asOf)
      return contradicted(
        `it is said to have been reviewed on ${on}, which is still to come`,
        problem('the date is in the future', 'Correct the date.'),
      );
    const limit = days(params.max_age) ?? 365;
    const age = daysBetween(on, asOf);
    const fix = 'Go through it again against the service as it is today, and write down the day.';
    if (age > limit)
      return stale(
        `the threat model was ${said.verb} on ${on}, ${age} days ago`,
        problem(`it was due by ${addDays(on, limit)}`, fix),
      );
    const growth = lastGrowth(evidence.history?.facts.manifest ?? []);
    if (growth && growth.on > on)
      return stale(
        `the threat model was ${said.verb} on ${on}, before ${growth.what} came on ${growth.on}`,
        problem(`${growth.what} is not considered in it`, fix),
      );
    const since = growth ? `, after the boundary last grew on ${growth.on}` : '';
    return assessed(standing, `the threat model was ${said.verb} on ${on}, ${age} days ago${since}`, {
      evidence: standing === 'verified' ? [place] : [],
      ...(claim && { claim: spot }),
    });
  },
});

function isThere(claims: Claims, facts: { readonly threatModels: readonly ThreatModel[] }): boolean {
  return facts.threatModels.length > 0 || claims.security?.threat_model?.reviewed_on !== undefined;
}

interface Said {
  readonly on: string;
  readonly place: Place;
  readonly verb: string;
  readonly standing: Standing;
}

/** The document's own word comes first; a claim is a claim; a commit shows that somebody was at it. */
function dated(
  model: ThreatModel | undefined,
  claim: string | undefined,
  spot: Place,
  history?: History,
): Said | undefined {
  if (model?.reviewed)
    return { on: model.reviewed.on, place: model.reviewed.at, verb: 'reviewed', standing: 'verified' };
  if (claim) return { on: claim, place: spot, verb: 'reviewed', standing: 'declared' };
  const touch = model && model.at.root === undefined ? history?.touched[model.at.path] : undefined;
  if (!model || !touch || touch.bulk) return undefined;
  return { on: touch.date.slice(0, 10), place: model.at, verb: 'last changed', standing: 'verified' };
}

/** When the manifest last gained a part of the boundary that it still has. What the first version had is no growth. */
function lastGrowth(versions: readonly ManifestVersion[]): { readonly on: string; readonly what: string } | undefined {
  const newest = versions.at(-1);
  const gained = (newest?.surface ?? []).flatMap((what) => {
    const since = versions.findLastIndex((version) => !version.surface.includes(what)) + 1;
    const version = versions[since];
    return since > 0 && version ? [{ on: version.date.slice(0, 10), what }] : [];
  });
  return gained.sort((a, b) => (a.on < b.on ? 1 : -1))[0];
}
