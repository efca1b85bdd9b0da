/** Assesses whether the packages that the service itself asks for are still maintained, as far as their own authors and advisories say. */
import type { Facts as Advisories } from '../../evidence/advisories.ts';
import type { Facts as Releases } from '../../evidence/releases.ts';
import type { Problem } from '../../model.ts';
import { orderOf } from '../../versions/orders.ts';
import { answerFrom, DATA_AGE } from '../advisory-data.ts';
import { defineCheck } from '../define.ts';
import { isProduction } from '../open-vulnerabilities.ts';
import { duration } from '../params.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Reads what the registry said of each direct production package when it was locked (`deprecated`), advisories that call a package unmaintained or unsound, and, where registries were asked, whether the locked version was taken back. What is brought along by others is not judged: its maintainers are not this team’s choice.',
  needs: ['advisories', 'releases'],
  params: { data_age: duration(DATA_AGE, '90d') },
  assess({ evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const problems = [...deprecated(facts), ...advised(facts), ...takenBack(evidence.releases.facts)];
    return answerFrom(
      facts,
      {
        breaches: problems,
        breached: `${counted(problems.length, 'direct package is', 'direct packages are')} given up, unmaintained or unsound`,
        clean: 'no direct production package is known to be given up',
      },
      { maxAge: params.data_age, asOf },
    );
  },
});

function deprecated({ deprecated: given }: Advisories): readonly Problem[] {
  return given
    .filter(({ concerned }) => concerned.direct === true && isProduction({ concerned }))
    .map(({ concerned, words }) => ({
      message: `${concerned.name} ${concerned.version} is deprecated: ${words.slice(0, 160)}`,
      ...(concerned.at[0] && { at: concerned.at[0] }),
      fix: 'Move to what its authors name instead, or to a version they still maintain.',
      subject: `deprecated ${concerned.ecosystem} ${concerned.name}`,
    }));
}

function advised({ matches }: Advisories): readonly Problem[] {
  return matches
    .filter(({ advisory: { flags } }) => flags.includes('unmaintained') || flags.includes('unsound'))
    .filter((it) => it.concerned.direct === true && isProduction(it))
    .map(({ concerned, advisory }) => ({
      message: `${concerned.name} ${concerned.version} is ${advisory.flags.includes('unsound') ? 'unsound' : 'unmaintained'} (${advisory.id})`,
      ...(concerned.at[0] && { at: concerned.at[0] }),
      fix: 'Replace it, or take over its maintenance.',
      subject: `${advisory.id} ${concerned.ecosystem} ${concerned.name}`,
    }));
}

/** A version that its authors have taken back since. */
function takenBack({ known }: Releases): readonly Problem[] {
  return known.filter(isProduction).flatMap(({ concerned, releases }) => {
    const { ecosystem, name, version, at } = concerned;
    const own = releases.find((it) => orderOf(ecosystem).compare(it.version, version) === 0);
    if (!own?.yanked) return [];
    return [
      {
        message: `${name} ${version} was taken back by its authors`,
        ...(at[0] && { at: at[0] }),
        fix: 'Take the next release, and read why.',
        subject: `yanked ${ecosystem} ${name}`,
      },
    ];
  });
}
