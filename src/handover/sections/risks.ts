/** What is open: the rules that are not met, what was accepted for a time, and what rests on the manifest's word. */
import type { Finding, Ruling, Severity } from '../../model.ts';
import type { Context } from '../context.ts';
import type { Line, Mark, Section } from '../handover.ts';
import { group, joined, line, placesOf } from '../line.ts';

const WORST_FIRST: readonly Severity[] = ['critical', 'major', 'standard', 'off'];
/** Problems spelt out for one rule; the report has all. */
const MOST_PROBLEMS = 3;

/** The section on risks. */
export function risks(context: Context): Section {
  const blocking = unmet(context, 'fail');
  const warning = unmet(context, 'warn');
  const accepted = unmet(context, 'waived');
  const trusted = unmet(context, 'trust');
  const { later } = context.judged.report;
  const open = blocking.length + warning.length + accepted.length;
  return {
    id: 'risks',
    title: 'Open risks',
    lead:
      joined(
        [
          open === 0 ? 'Every rule that is due is met' : `${rules(open)} not met or could not be judged`,
          later.length > 0 && `${rules(later.length)} due at a later stage`,
        ],
        '; ',
      )?.concat('.') ?? '',
    groups: [
      ...group('Not met, and it blocks a release', blocking),
      ...group('Not met, and accepted for a time', accepted),
      ...group('Not met, or not to be judged from here', warning),
      ...group("Met by the manifest's word alone", trusted),
    ],
  };
}

function rules(count: number): string {
  return count === 1 ? '1 rule is' : `${count} rules are`;
}

/** One line for each reason: what one lack does to ten rules is one thing to know. */
function unmet({ findings }: Context, ruling: Ruling): readonly Line[] {
  const own = [...findings.values()]
    .filter((finding) => finding.ruling === ruling && finding.standing !== 'not-applicable')
    .toSorted((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity));
  const byReason = new Map<string, readonly Finding[]>();
  for (const finding of own) {
    const key = `${finding.standing} ${finding.because}`;
    byReason.set(key, [...(byReason.get(key) ?? []), finding]);
  }
  return [...byReason.values()].map(riskLine);
}

function riskLine(same: readonly Finding[]): Line {
  const [first] = same as readonly [Finding, ...Finding[]];
  const problems = first.problems.slice(0, MOST_PROBLEMS).map(({ message }) => message);
  const more = first.problems.length - problems.length;
  const text = joined(
    [
      same.map(({ statement }) => statement).join(' '),
      [first.because, ...problems, ...(more > 0 ? [`${more} more`] : [])]
        .filter((it, index, all) => all.indexOf(it) === index)
        .join('; '),
    ],
    ' – ',
  );
  return line(
    `${first.severity}: ${same.map(({ rule }) => rule).join(', ')}`,
    text ?? first.rule,
    first.standing as Mark,
    {
      places: placesOf(first),
    },
  );
}

/** The section on waivers: that somebody answers until a day is what the waivers file says. */
export function waivers({ judged, findings }: Context): Section {
  const held = judged.report.waivers;
  return {
    id: 'waivers',
    title: 'Waivers',
    ...(held.length === 0 && { lead: 'No exception is in force.' }),
    groups: group(
      undefined,
      held.map(({ rule, scope, reason, owner, approvedBy, ticket, expires, at }) => {
        const covers =
          findings.get(rule)?.problems.some(({ waived }) => waived) || findings.get(rule)?.waiver !== undefined;
        const text = joined(
          [
            reason,
            `${owner} answers for it until ${expires}`,
            approvedBy && `agreed to by ${approvedBy}`,
            ticket,
            scope && `only ${scope}`,
            !covers && 'it covers nothing now',
          ],
          '; ',
        );
        return line(rule, text ?? reason, 'declared', { places: [at] });
      }),
    ),
  };
}
