/** Assesses whether the list of consumers and what other services say they depend on agree, in both directions. */
import type { OtherService } from '../../evidence/declared-callers.ts';
import { folded } from '../../evidence/declared-callers.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, contradicted, declared, defineCheck, missing, notApplicable, verified } from '../define.ts';
import { says } from '../placeholders.ts';
import { distinct } from '../places.ts';
import { counted, listed, shortened } from '../words.ts';
import { isUsedByNone } from './audience.ts';

export const check = defineCheck({
  summary:
    'Compares `consumers` with the manifests and catalogue entries at hand that name this service as a dependency: in this repository, and in those that the manifest refers to, e.g. by `consumers[].manifest`. Whoever is missing on either side is named. Consumers whose own description is not at hand are a claim.',
  needs: ['declared-callers'],
  params: {},
  assess(subject) {
    const { claims, manifest, service, at, evidence } = subject;
    const { services, claimed } = evidence['declared-callers'].facts;
    const callers = services.flatMap((it) => callOf(it, service.name));
    const consumers = claims.consumers ?? [];
    const missed = callers.filter(({ name }) => !consumers.some((it) => folded(it.id) === folded(name)));
    const fix = 'Add it to `consumers` with its owner and contact.';
    const left = missed.map(({ name, place }) => ({
      message: `${name} depends on ${service.name} and is not among the consumers`,
      at: place,
      fix,
      subject: name,
    }));
    const looked = `${counted(services.length, 'other service')} at hand`;
    const names = shortened(missed.map(({ name }) => name));
    if (missed.length > 0 && (claims.consumers || isUsedByNone(claims, ['services'])))
      return contradicted(
        `of ${counted(callers.length, 'service')} that say they depend on it ${names} ${missed.length === 1 ? 'is' : 'are'} not listed`,
        left,
        { claim: at(claims.consumers ? '/consumers' : '/audience') },
      );
    if (missed.length > 0)
      return missing(
        `${unclaimed(manifest, 'consumers')}, and ${names} ${missed.length === 1 ? 'depends' : 'depend'} on it`,
        left,
      );
    if (consumers.length === 0 && isUsedByNone(claims, ['services']))
      return notApplicable(`the manifest says that no service uses it, and none of the ${looked} names it`, {
        claim: at('/audience'),
      });
    if (consumers.length === 0)
      return missing(unclaimed(manifest, 'consumers'), [
        {
          message: 'who has to be told of a change is not known',
          ...placed(claimPlace(subject, '/consumers')),
          fix: 'List who depends on it in `consumers`; where no service does, say who uses it in `audience`.',
          subject: 'consumers',
        },
      ]);
    const one = consumers.map((consumer, index) => {
      const ids = [
        consumer.id,
        ...claimed.filter((it) => it.consumer === consumer.id).flatMap((it) => it.service ?? []),
      ].map(folded);
      return {
        consumer,
        place: at(`/consumers/${index}`),
        own: services.filter(({ name }) => ids.includes(folded(name))),
      };
    });
    const silent = one.filter(({ own }) => own.length > 0 && !own.some((it) => callOf(it, service.name).length > 0));
    const unseen = one.filter(({ own }) => own.length === 0);
    const nameless = one.filter(({ consumer }) => !says(consumer.owner) && !says(consumer.contact));
    const problems = [
      ...silent.map(({ consumer, place, own }) => ({
        message: `${consumer.id} does not name ${service.name} in ${own[0]?.at.path}`,
        at: place,
        fix: `Let its team add ${service.name} to its dependencies, or take it off the list.`,
        subject: consumer.id,
      })),
      ...nameless.map(({ consumer, place }) => ({
        message: `${consumer.id} has neither an owner nor a contact`,
        at: place,
        fix: 'Add `owner:` or `contact:`.',
        subject: consumer.id,
      })),
    ];
    const shown = distinct(callers.map(({ place }) => place));
    const agreed = `${consumers.length - silent.length - unseen.length} of ${counted(consumers.length, 'consumer')} ${consumers.length === 1 ? 'names' : 'name'} it, too`;
    if (silent.length > 0)
      return contradicted(
        `${agreed}; ${listed(silent.map(({ consumer }) => consumer.id))} ${silent.length === 1 ? 'does' : 'do'} not`,
        problems,
        { claim: at('/consumers'), evidence: shown },
      );
    if (nameless.length > 0)
      return assessed(
        'missing',
        `${agreed}; ${listed(nameless.map(({ consumer }) => consumer.id))} cannot be reached`,
        { claim: at('/consumers'), problems },
      );
    if (unseen.length > 0)
      return declared(
        `${agreed}; what ${shortened(unseen.map(({ consumer }) => consumer.id))} ${unseen.length === 1 ? 'says' : 'say'} is not at hand`,
        at('/consumers'),
        { evidence: shown },
      );
    return verified(agreed, shown, { claim: at('/consumers') });
  },
});

interface Call {
  readonly name: string;
  readonly place: OtherService['at'];
}

/** Whether another service says that it depends on this one, and where. */
function callOf({ name, dependsOn }: OtherService, wanted: string): readonly Call[] {
  const found = dependsOn.find((it) => folded(it.name) === folded(wanted));
  return found ? [{ name, place: found.at }] : [];
}
