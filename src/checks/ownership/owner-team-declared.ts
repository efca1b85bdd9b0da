/** Assesses whether a team owns the service and not one person. */
import type { Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, verified } from '../define.ts';
import { flag } from '../params.ts';
import { type Answer, answersIn, told } from './answers.ts';
import { agreesWith } from './claimed-team.ts';
import { bareName, isPerson, isSomebody } from './people.ts';

export const check = defineCheck({
  summary:
    'Reads `owner.team`: not an e-mail address, a user or a lead. CODEOWNERS or a catalogue file that names the same team shows it; `owner.repo_teams` that CODEOWNERS does not name disproves it. Without a manifest a team in CODEOWNERS or a catalogue file counts.',
  needs: ['owners'],
  params: { persons: flag('Whether one person is enough.', false) },
  ofClaims: true,
  assess(subject) {
    const { claims, evidence, params, manifest, at } = subject;
    const answers = answersIn(evidence.owners.facts, subject);
    const team = claims.owner?.team;
    if (team === undefined)
      return fromRepository(
        answers,
        params.persons,
        unclaimed(manifest, 'a team'),
        placed(claimPlace(subject, '/owner')),
      );
    const claim = at('/owner/team');
    const person = isPerson(team) || isLead(team, claims.leads);
    const trouble = troubleWith(team, person && !params.persons);
    if (trouble) {
      const fix = 'Name the team in `owner.team`; addresses and channels belong in `owner.contact`.';
      return contradicted(
        trouble.what,
        [{ message: `${trouble.what}: ${trouble.why}`, at: claim, fix, subject: 'team' }],
        { claim },
      );
    }
    const listed = claims.owner?.repo_teams ?? [];
    const codeowners = answers.filter(({ source }) => source === 'codeowners');
    if (listed.length > 0 && codeowners.length > 0 && !codeowners.some((it) => agreesWith(it, claims))) {
      const problems = codeowners.map(({ who, at: place }) => ({
        message: `CODEOWNERS gives the service to ${who.join(', ')}, the manifest to ${listed.join(', ')}`,
        at: place,
        fix: 'Decide which is right and correct the other.',
        subject: 'repo_teams',
      }));
      return contradicted(`${told(codeowners)}, not ${listed.join(' or ')}`, problems, {
        claim: at('/owner/repo_teams'),
      });
    }
    const agreeing = answers.filter((it) => agreesWith(it, claims));
    if (agreeing.length > 0)
      return verified(
        `${manifest.path} names ${team}; ${told(agreeing)}`,
        agreeing.map((it) => it.at),
        { claim },
      );
    return declared(
      `${manifest.path} names ${team}${person ? ', one person' : ''}; nothing else in the repository does`,
      claim,
    );
  },
});

/** Why a name is no team's, where that matters. */
function troubleWith(team: string, personal: boolean): { readonly what: string; readonly why: string } | undefined {
  if (!isSomebody(team)) return { what: `"${team}" is nobody`, why: 'no one answers for the service' };
  if (!personal) return undefined;
  if (team.includes('@') && !team.startsWith('@'))
    return { what: `"${team}" is an address and not a team`, why: 'nobody can tell who reads it' };
  return { what: `"${team}" is one person`, why: 'on the day that this person is away, the service has no owner' };
}

/** Without a claim: a team anywhere is a team; persons alone are a gap. */
function fromRepository(
  answers: readonly Answer[],
  persons: boolean,
  unclaimedWords: string,
  place: Pick<Problem, 'at'>,
): ReturnType<typeof verified> {
  const teams = answers.filter(({ who, source }) => who.some((name) => isTeam(name, source)));
  if (teams.length > 0 || (persons && answers.length > 0)) {
    const shown = teams.length > 0 ? teams : answers;
    return verified(
      `${unclaimedWords}, but ${told(shown)}`,
      shown.map((it) => it.at),
    );
  }
  const fix = 'Name the team in `owner.team`, and its CODEOWNERS name as `@org/team`.';
  if (answers.length > 0) {
    const problems = answers.map(({ who, at }) => ({
      message: `only persons are named: ${who.join(', ')}`,
      at,
      fix,
      subject: 'persons',
    }));
    return missing(`${unclaimedWords}; ${told(answers)}, persons and no team`, problems);
  }
  return missing(`${unclaimedWords}, and nothing else does`, [
    { message: 'nobody can be asked, and nobody decides', ...place, fix, subject: 'team' },
  ]);
}

/** In OWNERS and CODEOWNERS a team has an organisation before it; in a catalogue every owner is one unless it says otherwise. */
function isTeam(name: string, source: Answer['source']): boolean {
  if (source === 'catalogue') return !isPerson(name);
  return source === 'codeowners' && /^@?@[\w.-]+\//.test(name);
}

function isLead(team: string, leads: object | undefined): boolean {
  return Object.values(leads ?? {}).some((lead) => typeof lead === 'string' && bareName(lead) === bareName(team));
}
