/** The lists of an audit in Markdown: what was not judged, who is not ready, what stands across services, what helps most, what ends soon. Pure. */
import type { Audit, EstateFinding, EstateReport } from '../../model-audit.ts';
import { standingWords } from '../digest-campaigns.ts';
import type { Listing, Part } from '../markdown-budget.ts';
import { folded } from '../markdown-parts.ts';
import { code, joined, type Markdown, remark } from '../markdown-template.ts';
import { bySeverity } from '../order.ts';
import { placeText } from '../places.ts';
import { RULING_SIGNS } from '../signs.ts';
import { daysLeft } from '../waiver-clock.ts';
import { counted, nameWords, STANDING_WORDS } from '../words.ts';
import { OUTCOME_WORDS } from './outcome-words.ts';
import type { Fix, Sums, Unready } from './sums.ts';

/** What is shown without a fold, and of which the rest is only counted. */
const SHOWN = { unready: 20, fixes: 10, problems: 3 } as const;

/** What no verdict is known of comes first: silence looks like health. */
export function unjudgedPart({ missing }: Audit, { unjudged }: Sums): Listing {
  const lacking = missing?.repositories ?? [];
  const entries = [
    ...unjudged.map(
      ({ repo, outcome, because }) => remark`- **${nameWords(repo)}**: *${OUTCOME_WORDS[outcome]}*: ${because}\n`,
    ),
    ...lacking.map((repo) => remark`- **${nameWords(repo)}**: *missing*: nobody brought the shard that it is in\n`),
  ];
  return {
    importance: 0,
    open: remark`### Not judged: ${counted(entries.length, 'repository', 'repositories')}\n\n`,
    entries,
  };
}

/** The worst first; beyond the first few folded. */
export function unreadyParts({ unready }: Sums): readonly Part[] {
  const further = unready.length - SHOWN.unready;
  return [
    {
      importance: 1,
      open: remark`### Not ready: ${counted(unready.length, 'service')}\n\n`,
      entries: unready.slice(0, SHOWN.unready).map(unreadyEntry),
    },
    folded(`${further} more not ready`, unready.slice(SHOWN.unready).map(unreadyEntry), 5),
  ];
}

function unreadyEntry({ name, called, tier, owner, blocking, first }: Unready): Markdown {
  const whose = owner === undefined ? 'nobody declared as owner' : owner;
  return remark`- ${RULING_SIGNS.fail} **${nameWords(name)}**${called !== undefined && remark` (${called})`}: tier ${tier}, ${blocking} blocking, ${whose}
  - **${first.severity}** ${code(first.rule)} *${STANDING_WORDS[first.standing].word}*: ${first.because}
`;
}

/** Rules with a problem, the most severe first, each with the first ways through the graph. */
export function acrossPart({ findings }: EstateReport): Listing {
  const open = findings.filter(({ problems }) => problems.length > 0).toSorted(bySeverity);
  return {
    importance: 2,
    open: remark`### Across services: ${counted(open.length, 'rule')}\n\n`,
    entries: open.map(acrossEntry),
  };
}

function acrossEntry({ rule, severity, standing, because, problems, fix, more = 0 }: EstateFinding): Markdown {
  const left = problems.length + more - SHOWN.problems;
  const lines = problems.slice(0, SHOWN.problems).map(({ message, places: [at] }) => {
    const where = at && remark` (${nameWords(at.repo)} ${code(placeText(at))})`;
    return remark`  - ${message}${where}\n`;
  });
  return remark`- **${severity}** ${code(rule)} *${STANDING_WORDS[standing].word}*: ${because}
${lines}${left > 0 && remark`  - and ${left} more\n`}  - To fix: ${fix}
`;
}

/** What to do once to help the most services. */
export function fixesPart({ fixes }: Sums): Listing {
  return {
    importance: 3,
    open: remark`### Helps most\n\n| Rule | Blocks | Warns in | To fix |\n| --- | ---: | ---: | --- |\n`,
    entries: fixes.slice(0, SHOWN.fixes).map(fixEntry),
  };
}

function fixEntry({ rule, blocks, warns, fix }: Fix): Markdown {
  return remark`| ${joined([code(rule), remark`${blocks}`, remark`${warns}`, remark`${fix}`], ' | ')} |\n`;
}

/** Exceptions that somebody has to look at. */
export function endingPart({ asOf }: Audit, { ending }: Sums): Listing {
  return {
    importance: 4,
    open: remark`### Waivers ending: ${counted(ending.length, 'waiver')}\n\n`,
    entries: ending.map(
      ({ service, rule, owner, expires }) =>
        remark`- ${RULING_SIGNS.waived} **${nameWords(service)}** ${code(rule)}: until ${expires} (**${daysLeft(asOf, expires)}**), accepted by ${owner}\n`,
    ),
  };
}

/** A line each. */
export function campaignsPart({ campaigns = [], asOf }: Audit): Listing {
  return {
    importance: 3,
    open: remark`### Campaigns\n\n`,
    entries: campaigns.map((it) => remark`- **${nameWords(it.title)}**: ${standingWords(it, asOf)}\n`),
  };
}

/** Trouble with the run, folded. */
export function notesPart({ notes }: Sums): Listing {
  return folded(
    counted(notes.length, 'note'),
    notes.map((note) => remark`- ${note}\n`),
    6,
  );
}
