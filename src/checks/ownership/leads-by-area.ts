/** Assesses whether each operational area has a named lead, and no person leads too many. Knows the manifest only. */
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, declared, defineCheck, missing } from '../define.ts';
import { integer, list } from '../params.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { bareName, isSomebody, sameTeam } from './people.ts';

type Leads = Readonly<Record<string, unknown>>;

export const check = defineCheck({
  summary:
    'Reads `leads` in the manifest: a person for each area of the list, and no person for more areas than allowed.',
  needs: [],
  params: {
    areas: list('The areas that need a lead.', ['reliability', 'security', 'data', 'release', 'support']),
    hats: integer('The most areas one person may lead.', 3, 1),
  },
  ofClaims: true,
  assess(subject) {
    const { claims, params, manifest, at } = subject;
    const { leads } = claims;
    const place = placed(claimPlace(subject, '/leads'));
    if (!leads) {
      const fix = `Add \`leads:\` with a person for ${listed(params.areas)}.`;
      const message = 'every question about operations lands on whoever answers first';
      return missing(unclaimed(manifest, 'a lead for any area'), [{ message, ...place, fix, subject: 'leads' }]);
    }
    const vacant = params.areas.filter((area) => !personFor(leads, area, claims.owner?.team));
    const named = params.areas.filter((area) => !vacant.includes(area));
    const crowded = [...hatsOf(leads, named)].filter(([, areas]) => areas.length > params.hats);
    const problems = [
      ...vacant.map((area) => ({
        message: vacancy(leads, area),
        at: at(`/leads/${area}`),
        fix: `Name one person: \`${area}: a.khan\`.`,
        subject: area,
      })),
      ...crowded.map(([person, areas]) => ({
        message: `${person} leads ${listed(areas)}: ${areas.length} areas, at most ${params.hats} for one person`,
        at: at(`/leads/${areas.at(-1)}`),
        fix: `Hand ${areas.length - params.hats} of them to someone else, so that one absence does not take all of them.`,
        subject: person,
      })),
    ];
    if (problems.length === 0) {
      const people = new Set(named.map((area) => bareName(String(leads[area])))).size;
      return declared(
        `${counted(people, 'person leads', 'people lead')} ${counted(named.length, 'area')}: ${listed(named)}`,
        at('/leads'),
      );
    }
    const because = `${named.length} of ${params.areas.length} areas have a lead${crowded.length > 0 ? `; ${counted(crowded.length, 'person leads', 'people lead')} more than ${params.hats}` : ''}`;
    return assessed(vacant.length > 0 ? 'missing' : 'contradicted', because, { claim: at('/leads'), problems });
  },
});

/** A lead who is a person and not the team as a whole. */
function personFor(leads: Leads, area: string, team: string | undefined): boolean {
  const lead = leads[area];
  return typeof lead === 'string' && isSomebody(lead) && !(team !== undefined && sameTeam(lead, team));
}

function vacancy(leads: Leads, area: string): string {
  const lead = leads[area];
  if (typeof lead !== 'string') return `nobody leads ${area}`;
  return says(lead)
    ? `${area} is led by "${lead}": a team as a whole, so nobody in particular`
    : `${area} is led by "${lead}", which is nobody`;
}

function hatsOf(leads: Leads, areas: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const hats = new Map<string, string[]>();
  for (const area of areas) {
    const person = bareName(String(leads[area]));
    hats.set(person, [...(hats.get(person) ?? []), area]);
  }
  return hats;
}
