/** Assesses what an organisation's own expression says of the manifest and of evidence. Decides by itself only how much a true answer shows. */
import type { Expression, Outcome, World } from '../../expressions/cel.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Assessment, Gathered, Place } from '../../model.ts';
import {
  contradicted,
  declared,
  defineCheck,
  type Kind,
  missing,
  notApplicable,
  type Subject,
  unknown,
  verified,
} from '../define.ts';
import {
  type Compiled,
  compileAll,
  EXPRESSION_PARAMS,
  type ExpressionValues,
  memberOf,
  READABLE,
} from './expression-params.ts';
import { oneLine, problemsFrom, problemsOf, short } from './expression-problems.ts';

type Case = Subject<never, typeof EXPRESSION_PARAMS, Kind>;

/** One answer with what it rests on. */
interface Ruled {
  readonly outcome: Outcome;
  readonly compiled: Compiled;
  readonly world: World;
  readonly subject: Case;
}

export const check = defineCheck({
  summary:
    'Evaluates an expression of CEL over `manifest` and the kinds of evidence that `needs` lists. A true answer that came from evidence is *verified*, one from the manifest alone *declared*; a false one is *missing* or, where the rule says so, *contradicted*. It is *unknown* where the expression fails on the values there are, takes too many steps, or evidence that it looked at could not all be read. True of nothing, as `all` is of an empty list, is *missing*.',
  needs: [],
  onDemand: { kinds: READABLE, when: ({ params }) => params.needs as readonly (typeof READABLE)[number][] },
  params: EXPRESSION_PARAMS,
  faults: (params) => {
    const it = compileAll(params);
    return 'faults' in it ? it.faults : [];
  },
  assess(subject) {
    const it = compileAll(subject.params);
    if ('faults' in it) return unknown(`${it.faults[0]?.param} cannot be used: ${it.faults[0]?.message}`);
    const { compiled } = it;
    const { manifest } = subject;
    if (manifest.state !== 'valid' && compiled.expression.kinds.length === 0)
      return notApplicable('it is about what a manifest claims, and there is no valid one');
    const world = worldOf(subject);
    const excused = compiled.when && excuse(compiled.when, world, subject);
    if (excused) return excused;
    return ruled({ outcome: compiled.expression.run(world), compiled, world, subject });
  },
});

function worldOf({ claims, evidence, params }: Case): World {
  const facts = params.needs.map((kind) => [memberOf(kind), gathered(evidence, kind)?.facts]);
  return { manifest: claims, evidence: Object.fromEntries(facts) as World['evidence'] };
}

function gathered(evidence: Partial<Evidence>, kind: string): Gathered<unknown> | undefined {
  return evidence[kind as keyof Evidence];
}

/** An answer where `when` is not plainly true. */
function excuse(when: Expression, world: World, subject: Case): Assessment | undefined {
  const outcome = when.run(world);
  if (typeof outcome.value !== 'boolean')
    return unknown(`\`when\` gives no answer: ${outcome.trouble ?? 'it is no bool'}`);
  const gap = outcome.value ? undefined : gapIn(outcome, subject);
  if (gap) return unknown(`whether it applies is not known: ${gap.because}`, { evidence: gap.at });
  return outcome.value ? undefined : notApplicable(`${said(when)} is not so here`);
}

function ruled(it: Ruled): Assessment {
  const { outcome, subject } = it;
  if (outcome.trouble !== undefined) return unknown(`the expression gives no answer: ${short(outcome.trouble)}`);
  if (typeof outcome.value !== 'boolean') return unknown('the expression gives no bool');
  const gap = gapIn(outcome, subject);
  if (gap && !(outcome.value && subject.params.partial))
    return unknown(`what can be read ${outcome.value ? 'meets' : 'does not meet'} it, but ${gap.because}`, {
      evidence: gap.at,
    });
  return outcome.value ? met(it) : notMet(it);
}

function met(it: Ruled): Assessment {
  const { outcome, compiled, subject } = it;
  const [nothing] = outcome.ofNothing;
  if (nothing !== undefined)
    return missing(
      `it is true of nothing: ${short(oneLine(nothing))} is empty; \`when\` can say where the rule applies`,
    );
  const blank = outcome.touched.length > 0 && kindsTouched(outcome, subject).every((one) => one.looked.files === 0);
  if (blank) return missing(`it is true of nothing: no file was found for ${outcome.touched.join(', ')}`);
  const because = reason('because', it, `it is so that ${said(compiled.expression)}`);
  if (typeof because !== 'string') return because;
  const [first] = compiled.expression.claims;
  if (outcome.touched.length > 0 && subject.params.proves !== 'declared')
    return verified(because, outcome.places.slice(0, 10));
  return declared(because, subject.at(first === undefined ? '' : `/${first}`), {
    evidence: outcome.places.slice(0, 10),
  });
}

function notMet(it: Ruled): Assessment {
  const { compiled, world, subject } = it;
  const because = reason('because_not', it, `it is not so that ${said(compiled.expression)}`);
  if (typeof because !== 'string') return because;
  const listed = compiled.problems?.run(world);
  const problems = listed ? problemsFrom(listed.value) : problemsOf(compiled.expression.offenders(world));
  if (!problems)
    return unknown(
      `${because}; but \`problems\` gives no list of them: ${listed?.trouble ?? 'an item is no { message, path, line }'}`,
    );
  return subject.params.otherwise === 'contradicted' ? contradicted(because, problems) : missing(because, problems);
}

/** The reason that the rule gives, else one from the expression itself; unknown where it cannot be made. */
function reason(
  name: 'because' | 'because_not',
  { compiled, world, subject }: Ruled,
  fallback: string,
): string | Assessment {
  const expression = compiled[name];
  const plain: ExpressionValues[typeof name] = subject.params[name];
  if (!expression) return plain.trim() === '' ? fallback : short(plain);
  const { value, trouble } = expression.run(world);
  return typeof value === 'string'
    ? short(value)
    : unknown(`\`${name}\` gives no text: ${trouble ?? 'it is no string'}`);
}

function said({ source }: Expression): string {
  return `\`${short(oneLine(source)).replaceAll('`', "'")}\``;
}

function kindsTouched({ touched }: Outcome, { evidence, params }: Case): readonly Gathered<unknown>[] {
  const kinds = params.needs.filter((kind) => touched.includes(memberOf(kind)));
  return kinds.flatMap((kind) => gathered(evidence, kind) ?? []);
}

/** Evidence that was looked at and is not whole. */
function gapIn(
  outcome: Outcome,
  subject: Case,
): { readonly because: string; readonly at: readonly Place[] } | undefined {
  if (outcome.opaque !== undefined)
    return { because: `a template fills in ${short(oneLine(outcome.opaque))}`, at: outcome.places.slice(0, 10) };
  const kinds = kindsTouched(outcome, subject);
  const [unread] = kinds.flatMap((it) => it.unread);
  if (unread) return { because: `${unread.at.path} could not be read: ${unread.detail}`, at: [unread.at] };
  const [elsewhere] = kinds.flatMap((it) => it.delegated);
  return elsewhere && { because: `${elsewhere.at.path} hands this to ${elsewhere.to}`, at: [elsewhere.at] };
}
