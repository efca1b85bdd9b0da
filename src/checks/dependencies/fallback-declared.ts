/** Assesses whether it is settled what happens while a dependency is away: a fallback for soft ones, a stated effect for hard ones. */
import type { FallbackTest } from '../../evidence/fallback-tests.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Place } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { type Part, together } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted } from '../words.ts';
import { type Listed, listDependencies, withoutDependencies } from './listed.ts';

export const check = defineCheck({
  summary:
    'Reads `fallback` of every soft dependency and `impact` of every other one. A test that `fallback.test` names has to exist, and not all of its cases may be skipped. Whether the test really takes the dependency away is not known, so a fallback is never more than declared.',
  needs: ['references', 'fallback-tests'],
  claimOnly: true,
  params: {},
  ofClaims: true,
  assess(subject) {
    const { evidence, at } = subject;
    const nothing = withoutDependencies(
      subject,
      'what users get while a dependency is away is then decided by an exception handler',
    );
    if (nothing) return nothing;
    const dependencies = listDependencies(subject);
    const parts = dependencies.map((it) => {
      const pointer = `${it.pointer}/fallback/test`;
      const tests = evidence['fallback-tests'].facts.tests.filter((test) => test.pointer === pointer);
      return partOf(it, referenceAt(evidence.references.facts, pointer), tests, at);
    });
    const soft = dependencies.filter(({ dependency }) => dependency.criticality === 'soft').length;
    const settled = parts.filter(({ standing }) => standing === 'declared').length;
    const tested = parts.filter((part) => part.standing === 'declared' && (part.evidence ?? []).length > 0).length;
    const because = `of ${counted(dependencies.length, 'dependency', 'dependencies')} (${soft} soft) ${settled} ${settled === 1 ? 'has' : 'have'} a fallback or a stated effect on users; ${tested === 0 ? 'no fallback names' : `${counted(tested, 'fallback')} ${tested === 1 ? 'names' : 'name'}`} a test that is there`;
    return together(parts, because, at('/dependencies'));
  },
});

function partOf(
  { dependency, pointer }: Listed,
  reference: Reference | undefined,
  tests: readonly FallbackTest[],
  at: (pointer: string) => Place,
): Part {
  const { id, criticality, fallback, impact } = dependency;
  if (criticality === 'soft' && !says(fallback?.kind)) {
    const fix = 'Add `fallback:` with what happens instead, e.g. "yesterday\'s rates", or make it `criticality: hard`.';
    return {
      standing: 'missing',
      problems: [
        { message: `${id} is soft, but nothing says what happens without it`, at: at(pointer), fix, subject: id },
      ],
    };
  }
  if (!says(fallback?.kind) && !says(impact)) {
    const fix = 'Add `impact:` with what users notice, or `fallback:` with what they get instead.';
    return {
      standing: 'missing',
      problems: [
        { message: `${id}: nothing says what users notice while it is away`, at: at(pointer), fix, subject: id },
      ],
    };
  }
  if (!reference) return { standing: 'declared' };
  return testPart(id, reference, tests);
}

function testPart(id: string, reference: Reference, tests: readonly FallbackTest[]): Part {
  if (['no-file', 'no-match', 'outside'].includes(reference.outcome)) {
    const fix = reference.nearest ? `Did you mean ${reference.nearest}?` : 'Write the test, or take the reference out.';
    const problem = {
      message: `${id}: the fallback's test ${reference.target} does not exist`,
      at: reference.at,
      fix,
      subject: id,
    };
    return { standing: 'contradicted', problems: [problem] };
  }
  const skipped = tests.flatMap((test) => test.skipped);
  const cases = tests.reduce((sum, test) => sum + test.cases, 0);
  const first = skipped[0];
  if (!first) return { standing: 'declared', evidence: tests.map((test) => test.at) };
  const off = skipped.length >= cases || (skipped.some(({ whole }) => whole) && tests.length === 1);
  const message = off
    ? `${id}: the fallback's test is switched off`
    : `${id}: ${skipped.length} of the ${cases} cases of the fallback's test are switched off`;
  const problem = {
    message,
    at: first.at,
    fix: 'Switch it on again: a fallback that nobody exercises fails with the dependency.',
    subject: id,
  };
  return { standing: off ? 'contradicted' : 'declared', evidence: tests.map((test) => test.at), problems: [problem] };
}
