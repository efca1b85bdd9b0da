/** Assesses whether each journey is walked from outside by a probe that asks the service's own addresses. */
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { SyntheticProbe } from '../../evidence/synthetics.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Assessment, Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing, type Subject, unknown, verified } from '../define.ts';
import { share } from '../shares.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    "Looks for blackbox targets, synthetic tests and uptime checks kept as code, and for the hosts of the manifest's `environments` among what they ask. A journey is walked where its `synthetic` leads to such a file, or where a probe of an own host has its name. Whose a probe is cannot be told without a manifest.",
  needs: ['synthetics', 'references'],
  params: {},
  assess(subject) {
    const { claims, evidence, manifest } = subject;
    const { probes } = evidence.synthetics.facts;
    const hosts = (claims.environments ?? []).flatMap(({ url }) => hostOf(url ?? '') ?? []);
    const own = probes.filter(({ targets }) => targets.some((it) => hosts.includes(hostOf(it) ?? '')));
    if ((claims.journeys ?? []).length > 0) return byJourney(subject, own);
    const places = (own.length > 0 ? own : probes).map((it) => it.at).slice(0, MOST_CITED);
    if (own.length > 0)
      return verified(
        `${counted(own.length, 'probe')} from outside ${own.length === 1 ? 'asks' : 'ask'} ${shortened([...new Set(hosts)])}`,
        places,
      );
    if (probes.length === 0)
      return missing(`no probe from outside is here, and ${unclaimed(manifest, 'one')}`, [
        { ...lacking('the service'), ...placed(claimPlace(subject, '/journeys')) },
      ]);
    const hidden = unclaimed(manifest, hasHosts(claims) ? 'these hosts' : 'the hosts of its environments');
    const whose = `whose ${probes.length === 1 ? 'it is' : 'they are'} cannot be told, because ${hidden}`;
    return unknown(`${spoken(probes)}; ${whose}`, { evidence: places });
  },
});

const MOST_CITED = 5;

type Asked = Subject<'synthetics' | 'references', Record<never, never>>;

/** Each journey with the probes that walk it: those its `synthetic` leads to, and those of an own host by its name. */
function byJourney(subject: Asked, own: readonly SyntheticProbe[]): Assessment {
  const { claims, evidence, at } = subject;
  const parts = (claims.journeys ?? []).map(({ id }, index) => {
    const pointer = `/journeys/${index}/synthetic`;
    const references = referencesUnder(evidence.references.facts, pointer);
    const paths = references.flatMap(({ matches }) => matches.map(({ path }) => path));
    const { probes } = evidence.synthetics.facts;
    const walks = probes.filter((it) => paths.includes(it.at.path) || (own.includes(it) && names(it, id)));
    const isElsewhere = references.some(({ outcome }) => outcome === 'url' || outcome === 'root-not-at-hand');
    return { id, index, pointer, paths, walks, isElsewhere };
  });
  const walked = parts.filter(({ walks }) => walks.length > 0);
  const open = parts.filter(({ walks }) => walks.length === 0);
  const because = `${share(walked.length, parts.length, 'journey', ['is', 'are'])} walked by a probe`;
  const shown = walked.flatMap(({ walks }) => walks.slice(0, 1).map((it) => it.at)).slice(0, MOST_CITED);
  const [first] = open;
  if (!first) return verified(because, shown);
  const bare = open.filter(({ paths, isElsewhere }) => paths.length === 0 && !isElsewhere);
  if (bare.length > 0)
    return missing(
      because,
      bare.map(({ id, index }) => ({ ...lacking(id), ...placed(claimPlace(subject, `/journeys/${index}`)) })),
      { evidence: shown },
    );
  const strange = open.find(({ paths }) => paths.length > 0);
  if (strange)
    return unknown(
      `${because}; whether ${strange.paths[0]} walks ${strange.id} cannot be told: it is no probe that is known`,
      {
        claim: at(strange.pointer),
        evidence: shown,
      },
    );
  return declared(`${because}; the others are said to be elsewhere`, at(first.pointer), { evidence: shown });
}

function hasHosts({ environments = [] }: Claims): boolean {
  return environments.some(({ url }) => url !== undefined);
}

/** Host of an address with or without a scheme. */
function hostOf(address: string): string | undefined {
  return /^(?:[a-z]+:\/\/)?([\w.-]+\.[a-z]+)(?=[:/?#]|$)/i.exec(address)?.[1]?.toLowerCase();
}

/** Whether a probe's name or file has the journey's. */
function names({ name, at }: SyntheticProbe, id: string): boolean {
  const wanted = letters(id);
  return wanted !== '' && (letters(name).includes(wanted) || letters(at.path.split('/').pop() ?? '').includes(wanted));
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function spoken(probes: readonly SyntheticProbe[]): string {
  const asked = [...new Set(probes.flatMap(({ targets }) => targets))];
  const what = asked.length > 0 ? `asks ${shortened(asked, 3)}` : 'asks what variables name';
  return probes.length === 1 ? `one probe ${what}` : `${probes.length} probes ${what.replace(/^asks/, 'ask')}`;
}

function lacking(what: string): Problem {
  return {
    message: `nothing walks ${what} from outside: it can be broken for users while every instance is well`,
    fix: 'Add a probe that does what users do, and name its file under `journeys[].synthetic`.',
    subject: what,
  };
}
