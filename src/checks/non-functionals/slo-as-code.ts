/** Assesses whether objectives are written where a monitoring system reads them, with the manifest's numbers. */
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { SpecifiedSlo } from '../../evidence/slos.ts';
import type { Slo } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Unread } from '../../model.ts';
import { percent } from '../arithmetic.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing, verified } from '../define.ts';
import { failing, type Part, together } from '../parts.ts';
import { percentIn } from '../quantity.ts';
import { othersSlos, type SloScope, sloScope } from '../slo-scope.ts';
import { counted, shortened } from '../words.ts';
import { isAvailability } from './own-availability.ts';
import { compared, specificationOf } from './slo-match.ts';

const NONE = 'no OpenSLO, Sloth, Pyrra or Terraform specification was found';

export const check = defineCheck({
  summary:
    'Looks for OpenSLO, Sloth and Pyrra specifications and for the objectives of Terraform (Google Cloud, Datadog, New Relic, Grafana) and compares targets and windows with `slos` in the manifest, by the file that `evidence` names, by name, or where there is one of each. A specification without a claim is verified by itself; a claim without a specification is declared.',
  needs: ['slos', 'references'],
  params: {},
  assess(subject) {
    const { claims, manifest, evidence, at } = subject;
    const scope = sloScope(subject);
    const specified = scope.slos;
    const none = scope.others.length > 0 ? othersSlos(scope.others) : NONE;
    const slos = claims.slos ?? [];
    const required = claims.nfrs?.availability?.target;
    if (slos.length > 0) {
      const parts = slos.map((slo, index) =>
        partOf(slo, index, slos.length, scope, evidence.references.facts, evidence.slos.unread),
      );
      const shown = parts.filter(({ standing }) => standing === 'verified').length;
      const because = `specified as code with the same numbers: ${shown} of ${counted(slos.length, 'declared objective')}`;
      return together(parts, `${because}; ${specified.length > 0 ? described(specified) : none}`, at('/slos'));
    }
    if (specified.length > 0) {
      const part = againstRequirement(claims, specified);
      if (part) return together([part], described(specified), at('/nfrs/availability'));
      return verified(
        described(specified),
        specified.map(({ targetAt }) => targetAt),
      );
    }
    const only = `an availability of ${required} is required, only in the manifest; ${none}`;
    if (required !== undefined) return declared(only, at('/nfrs/availability'));
    const message = 'nothing says when the service is good enough, so every slow minute is a matter of opinion';
    const fix =
      'Add one line: `slos: [{ id: availability, target: 99.5, window: 30d }]`, or an OpenSLO, Sloth or Pyrra specification.';
    return missing(`${unclaimed(manifest, 'an objective')}, and ${none}`, [
      { message, ...placed(claimPlace(subject, '/slos')), fix, subject: 'slos' },
    ]);
  },
});

function partOf(
  slo: Slo,
  index: number,
  count: number,
  { slos: specified, others }: SloScope,
  references: References,
  unread: readonly Unread[],
): Part {
  const name = slo.id ?? slo.title ?? `slos[${index}]`;
  const specification = specificationOf(slo, index, count === 1, specified, references);
  if (specification) return compared({ ...slo, name }, specification);
  const broken = referencesUnder(references, `/slos/${index}/evidence`).find(({ outcome }) =>
    ['no-file', 'no-match', 'outside'].includes(outcome),
  );
  if (!broken) {
    const cited = referencesUnder(references, `/slos/${index}/evidence`).flatMap(({ matches }) => matches);
    const foreign = others.find(({ at }) => cited.some((it) => it.path === at.path && it.root === at.root));
    if (foreign) {
      const message = `${name}: its specification is of another service, ${foreign.service}`;
      const fix = 'Name the file with the objective of this service, or correct the `service` in it.';
      return failing('contradicted', { message, at: foreign.at, fix, subject: name });
    }
    const hidden = unread.find(({ at }) => cited.some((it) => it.path === at.path && it.root === at.root));
    if (!hidden) return { standing: 'declared' };
    const message = `${name}: its specification could not be read: ${hidden.detail}`;
    return failing('unknown', {
      message,
      at: hidden.at,
      fix: 'Keep a rendered copy, or write the target as a number.',
      subject: name,
    });
  }
  const fix = broken.nearest ? `Did you mean ${broken.nearest}?` : 'Add the specification, or take the reference out.';
  const message = `${name}: its specification ${broken.target} does not exist`;
  return failing('contradicted', { message, at: broken.at, fix, subject: name });
}

/** Without declared objectives, the required availability is compared where one specification can be meant. */
function againstRequirement({ nfrs }: Claims, specified: readonly SpecifiedSlo[]): Part | undefined {
  const target = percentIn(nfrs?.availability?.target, nfrs?.availability?.unit);
  const candidates = specified.filter(({ sli, name }) => sli !== 'latency' && isAvailability({ id: name }));
  const [only] = candidates;
  if (!only || candidates.length > 1 || target === undefined) return undefined;
  return compared({ name: 'nfrs.availability', target, window: nfrs?.availability?.window }, only);
}

function described(specified: readonly SpecifiedSlo[]): string {
  const texts = specified.map(({ name, target, window }) => {
    return `${name} ${percent(target)}${window ? ` over ${window}` : ''}`;
  });
  return `as code: ${shortened(texts, 3)}`;
}
