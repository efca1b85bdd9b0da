/** Assesses whether the list of consumers and what other services say they depend on agree, in both directions. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, contradicted, declared, defineCheck, missing, notApplicable, verified } from '../define.ts';
import { distinct } from '../places.ts';
import { counted, listed, shortened } from '../words.ts';
import { isUsedByNone } from './audience.ts';
import { callersOf, consumersOf, missedProblem, namelessProblem, silentProblem } from './consumers.ts';

export const check = defineCheck({
  summary:
    'Compares `consumers` with the manifests and catalogue entries at hand that name this service as a dependency: in this repository, and in those that the manifest refers to, e.g. by `consumers[].manifest`. Whoever is missing on either side is named. A consumer whose own dependencies are not at hand is a claim.',
  needs: ['declared-callers'],
  ofClaims: true,
  ofOwnFiles: true,
  params: {},
  assess(subject) {
    const { claims, manifest, service, at, evidence } = subject;
    const { facts } = evidence['declared-callers'];
    const callers = callersOf(facts, service.name);
    const consumers = consumersOf(claims, facts, service.name, at);
    const shown = distinct(callers.map((it) => it.at));
    const unused = isUsedByNone(claims, ['services']);
    const missed = callers.filter(({ name }) => !consumers.some(({ names }) => names(name)));
    if (missed.length > 0) {
      const one = missed.length === 1;
      const who = `${shortened(missed.map(({ name }) => name))} ${one ? 'says that it depends' : 'say that they depend'} on it`;
      const problems = missed.map((it) => missedProblem(it, service.name));
      const claim = claims.consumers ? '/consumers' : '/audience';
      return claims.consumers || unused
        ? contradicted(`${who}, and ${one ? 'is' : 'are'} not listed`, problems, { claim: at(claim), evidence: shown })
        : missing(`${unclaimed(manifest, 'consumers')}, and ${who}`, problems, { evidence: shown });
    }
    if (consumers.length === 0 && unused) {
      const count = facts.services.length;
      const others =
        count === 0
          ? 'no other service is described here'
          : `none of ${counted(count, 'other service')} at hand names it`;
      return notApplicable(`the manifest says that no service uses it, and ${others}`, { claim: at('/audience') });
    }
    if (consumers.length === 0) {
      const fix = 'List who depends on it in `consumers`; where no service does, say who uses it in `audience`.';
      const message = 'who has to be told of a change is not known';
      return missing(unclaimed(manifest, 'consumers'), [
        { message, ...placed(claimPlace(subject, '/consumers')), fix, subject: 'consumers' },
      ]);
    }
    const silent = consumers.filter(({ says }) => says === 'no');
    const unseen = consumers.filter(({ says }) => says === undefined);
    const nameless = consumers.filter(({ reachable }) => !reachable);
    const problems = [...silent.map((it) => silentProblem(it, service.name)), ...nameless.map(namelessProblem)];
    const agreeing = consumers.length - silent.length - unseen.length;
    const agreed = `${agreeing} of ${counted(consumers.length, 'consumer')} ${agreeing === 1 || consumers.length === 1 ? 'lists' : 'list'} it as a dependency`;
    const grounds = { claim: at('/consumers'), evidence: shown, problems };
    const ids = (them: typeof consumers): string => listed(them.map(({ id }) => id));
    if (silent.length > 0)
      return assessed('contradicted', `${agreed}; ${ids(silent)} ${silent.length === 1 ? 'does' : 'do'} not`, grounds);
    if (nameless.length > 0)
      return assessed('missing', `${agreed}; nobody can be reached for ${ids(nameless)}`, grounds);
    if (unseen.length > 0)
      return declared(
        `${agreed}; what ${shortened(unseen.map(({ id }) => id))} ${unseen.length === 1 ? 'depends' : 'depend'} on is not at hand`,
        at('/consumers'),
        { evidence: shown },
      );
    return verified(agreed, shown, { claim: at('/consumers') });
  },
});
