/** Assesses whether the targets stood before the first users came, by a dated record that holds the number or by the manifest's history. */
import type { BaselineRecord } from '../../evidence/baseline-records.ts';
import type { Facts as History } from '../../evidence/history.ts';
import type { Place } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { type Part, together } from '../parts.ts';
import { written } from '../quantity.ts';
import { counted } from '../words.ts';
import { numberIn } from './baseline-record.ts';
import { type Beginning, beginningOfBeta, firstSeen } from './beta-begins.ts';
import { targetsOf } from './dimensions.ts';

type Target = ReturnType<typeof targetsOf>[number];

interface Question {
  readonly records: readonly BaselineRecord[];
  readonly history: History;
  readonly begins: Beginning | undefined;
  at(pointer: string): Place;
}

export const check = defineCheck({
  summary:
    'For each requirement with a target: the record that `baselined.evidence` names has to hold the number and a date before beta, or git has to show the target in the manifest before it said beta. `baselined.on` alone is declared. A manifest that came into git in one commit tells nothing about the order.',
  needs: ['history', 'baseline-records'],
  params: {},
  assess(subject) {
    const { claims, manifest, evidence, at } = subject;
    const targets = targetsOf(claims.nfrs);
    if (targets.length === 0) {
      const message =
        'a number that is written down after the first measurement describes the service instead of asking something of it';
      return missing(unclaimed(manifest, 'a single target'), [
        {
          message,
          ...placed(claimPlace(subject, '/nfrs')),
          fix: 'Add `nfrs:` with targets, each with `baselined: { on, evidence }`.',
          subject: 'nfrs',
        },
      ]);
    }
    const history = evidence.history.facts;
    const begins = beginningOfBeta(claims, history);
    const question = { records: evidence['baseline-records'].facts.records, history, begins, at };
    const parts = targets.map((target) => partOf(target, question));
    const count = (...standings: readonly Part['standing'][]): number =>
      parts.filter(({ standing }) => standings.includes(standing)).length;
    const inGit = parts.filter(({ git }) => git).length;
    const said = [
      `${count('verified') - inGit} on a dated record`,
      `${inGit} in git before`,
      `${count('declared')} dated by the manifest alone`,
      `${count('contradicted')} later`,
      `${count('missing', 'unknown')} without a date`,
    ].filter((it) => !it.startsWith('0 '));
    return together(
      parts,
      `of ${counted(targets.length, 'target')} ${said.join(', ')}; ${begins ? begins.text : 'nothing says when beta began'}`,
      at('/nfrs'),
    );
  },
});

/** A part, and whether it was git that showed it. */
interface Dated extends Part {
  readonly git?: boolean;
}

function partOf(target: Target, question: Question): Dated {
  return fromRecord(target, question) ?? fromHistory(target, question) ?? fromClaim(target, question);
}

/** A dated record with the number settles it, either way. */
function fromRecord({ name, nfr, target, pointer }: Target, { records, begins }: Question): Part | undefined {
  const own = records.filter((record) => record.pointer.startsWith(`${pointer}/baselined/`));
  for (const record of own) {
    const number = numberIn(record, name, target);
    if (!number || !record.dated || !begins || !nfr.baselined) continue;
    if (record.dated.on <= begins.on) return { standing: 'verified', evidence: [number.at, record.dated.at] };
    const message = `${name}: its record is of ${record.dated.on}, but ${begins.text}`;
    return {
      standing: 'contradicted',
      evidence: [record.dated.at],
      problems: [
        {
          message,
          at: record.dated.at,
          fix: 'Name the earlier record if there is one; else accept in a waiver that this number came late.',
          subject: name,
        },
      ],
    };
  }
  return undefined;
}

/** Git counts where it saw the target come before beta; that it came later matters only when nobody claims an earlier day. */
function fromHistory({ name, nfr, pointer }: Target, { history, begins, at }: Question): Dated | undefined {
  const seen = firstSeen(name, history);
  if (!begins || seen.kind !== 'on') return undefined;
  if (seen.on <= begins.on) return { standing: 'verified', evidence: [at(pointer)], git: true };
  if (nfr.baselined) return undefined;
  const message = `${name}: git first shows a target on ${seen.on}, but ${begins.text}`;
  return {
    standing: 'contradicted',
    problems: [
      {
        message,
        at: at(pointer),
        fix: 'If it was agreed earlier elsewhere, add `baselined: { on, evidence }` with that record.',
        subject: name,
      },
    ],
  };
}

function fromClaim({ name, nfr, target, pointer }: Target, { history, begins, at }: Question): Part {
  const on = nfr.baselined?.on;
  if (on !== undefined && begins && on > begins.on) {
    const message = `${name}: agreed on ${on}, but ${begins.text}`;
    return {
      standing: 'contradicted',
      problems: [
        {
          message,
          at: at(`${pointer}/baselined`),
          fix: 'Accept in a waiver that this number came late, and set the next ones at design.',
          subject: name,
        },
      ],
    };
  }
  if (on !== undefined) return { standing: 'declared' };
  const cannotTell = firstSeen(name, history).kind !== 'never' && history.manifest.length > 0;
  const message = `${name}: nothing says when ${written(target)} was agreed${cannotTell ? ', and the manifest came into git too late or in one piece to tell' : ''}`;
  return {
    standing: cannotTell ? 'unknown' : 'missing',
    problems: [
      {
        message,
        at: at(pointer),
        fix: 'Add `baselined: { on: YYYY-MM-DD, evidence: … }` with the record that holds the number.',
        subject: name,
      },
    ],
  };
}
