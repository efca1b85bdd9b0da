/** Assesses whether each requirement was tested for every stage the service has reached, and whether the cited results say what the manifest says. */
import type { LoadResult } from '../../evidence/load-results.ts';
import { referencesUnder } from '../../evidence/reference-lookup.ts';
import type { Facts as References } from '../../evidence/references.ts';
import type { Nfrs, Stages, Validation } from '../../generated/service.ts';
import type { Place, Stage } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { defineCheck, missing } from '../define.ts';
import { list } from '../params.ts';
import { type Part, together, worstStanding } from '../parts.ts';
import { counted } from '../words.ts';
import { targetsOf } from './dimensions.ts';
import { loadWanted } from './load-wanted.ts';
import { type Cited, partOfValidation } from './validation.ts';

/** Stages in the order of a service's life, as far as they have tests. */
const TESTED: readonly Stage[] = ['design', 'build', 'beta', 'live'];

interface Question {
  readonly references: References;
  readonly results: readonly LoadResult[];
  readonly stages: Stages;
  readonly nfrs: Nfrs | undefined;
  readonly asOf: string;
  at(pointer: string): Place;
}

export const check = defineCheck({
  summary:
    'Reads `validated` of every requirement that has a target: one entry for each stage that has been reached. The number in a cited k6, JMeter, Gatling or autocannon result has to agree with the claimed `result` and meet the target; other evidence that exists is declared. An entry without `stage` counts for the stage of its day.',
  needs: ['references', 'load-results'],
  params: {
    stages: list('stages for which a test is asked', ['beta', 'live']),
    except: list('requirements that other rules look after', ['capacity', 'data_loss']),
  },
  assess(subject) {
    const { claims, manifest, service, evidence, params, asOf, at } = subject;
    const targets = targetsOf(claims.nfrs).filter(({ name }) => !params.except.includes(name));
    if (targets.length === 0) {
      const message = 'without a target there is nothing that a test could show';
      return missing(unclaimed(manifest, 'a target that could be tested'), [
        {
          message,
          ...placed(claimPlace(subject, '/nfrs')),
          fix: 'Add `nfrs:` with targets, and `validated:` once they are tested.',
          subject: 'nfrs',
        },
      ]);
    }
    const reached = TESTED.filter(
      (stage, index) =>
        params.stages.includes(stage) && (service.stage === 'sunset' || index <= TESTED.indexOf(service.stage)),
    );
    const question = {
      references: evidence.references.facts,
      results: evidence['load-results'].facts.results,
      stages: claims.stages ?? {},
      nfrs: claims.nfrs,
      asOf,
      at,
    };
    const parts = targets.flatMap((target) => reached.map((stage) => partOf(target, stage, question)));
    const count = (standing: Part['standing']): number => parts.filter((part) => part.standing === standing).length;
    const said = [
      `${count('verified')} shown by results files`,
      `${count('declared')} by the manifest alone`,
      `${count('contradicted')} contradicted`,
      `${count('missing')} not tested`,
    ].filter((it) => !it.startsWith('0 '));
    return together(
      parts,
      `${counted(targets.length, 'target')} for ${reached.join(' and ')}: ${said.join(', ')}`,
      at('/nfrs'),
    );
  },
});

type Target = ReturnType<typeof targetsOf>[number];

/** The best of the stage's tests counts, unless one of them is disproved. */
function partOf({ name, nfr, target, pointer }: Target, stage: Stage, question: Question): Part {
  const entries = (nfr.validated ?? []).flatMap((validation, index) => {
    if (stageOf(validation, question.stages) !== stage) return [];
    return [
      partOfValidation(
        {
          name,
          target,
          validation,
          asOf: question.asOf,
          load: loadWanted(question.nfrs, name),
          place: question.at(`${pointer}/validated/${index}`),
        },
        citedBy(`${pointer}/validated/${index}/evidence`, question),
      ),
    ];
  });
  if (entries.length === 0) {
    const fix = `Add to \`validated\`: \`{ stage: ${stage}, env: …, on: YYYY-MM-DD, result: …, evidence: … }\`.`;
    return {
      standing: 'missing',
      problems: [
        {
          message: `${name}: no test for ${stage} is written down`,
          at: question.at(pointer),
          fix,
          subject: `${name} ${stage}`,
        },
      ],
    };
  }
  const best = entries.find(({ standing }) => standing === 'verified') ?? entries[0];
  return worstStanding(entries) === 'contradicted' || !best
    ? {
        standing: 'contradicted',
        problems: entries.flatMap((it) => it.problems ?? []),
        evidence: entries.flatMap((it) => it.evidence ?? []),
      }
    : best;
}

/** The stage that an entry names, else the one that the service was in on that day. */
function stageOf({ stage, on }: Validation, stages: Stages): Stage | undefined {
  if (stage) return stage;
  return TESTED.findLast((it) => {
    const begins = stages[it];
    return begins !== undefined && begins <= on;
  });
}

function citedBy(pointer: string, { references, results }: Question): Cited {
  const cited = referencesUnder(references, pointer);
  const places = cited.flatMap(({ matches }) => matches);
  return {
    references: cited,
    results: results.filter(({ at }) => places.some(({ path, root }) => at.path === path && at.root === root)),
  };
}
