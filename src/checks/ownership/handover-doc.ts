/** Assesses whether there is a document that a new team could take the service over with, and whether it is written to the end. */
import type { DocumentEntry, DocumentSection } from '../../evidence/documents.ts';
import { isForeign } from '../../evidence/pages/prose-language.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import { subtree } from '../../evidence/runbooks/structure.ts';
import type { Place, Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { listed } from '../words.ts';

/** What a new team asks first, by the headings under which it is usually answered. */
const TOPICS: readonly (readonly [topic: string, heading: RegExp])[] = [
  [
    'how it is built',
    /\barchitect|\bcomponents?\b|\bdesign\b|\bhow it (?:works|is built)\b|\bsystem (?:overview|description)\b/i,
  ],
  ['how it is released', /\bdeploy|\breleas|\broll ?back|\broll ?out/i],
  [
    'how it is run',
    /\boperat|\brun ?books?\b|\bmonitor|\bon-?call\b|\bmaintenance\b|\bday[- ]to[- ]day\b|\brunning it\b/i,
  ],
  [
    'what is known to be wrong',
    /\bdebts?\b|\brisks?\b|\bknown (?:issues|problems|bugs|limitations)\b|\bpitfalls\b|\bcaveats\b/i,
  ],
  ['whom to ask', /\bcontacts?\b|\bpeople\b|\bteams?\b|\bowners?\b|\bescalat|\bwho (?:to|knows)\b|\bstakeholders?\b/i],
];
const BROKEN = ['no-file', 'no-match', 'no-section', 'outside', 'claim'];

export const check = defineCheck({
  summary:
    'Reads the page that `handover` names: headings on how the service is built, released and run, on what is known to be wrong and on whom to ask, each with something written below it, and no mark such as TODO anywhere. Whether a new team would get by with it nobody can tell from here.',
  needs: ['references'],
  onDemand: {
    kinds: ['documents'],
    when: ({ evidence }) => (referenceAt(evidence.references.facts, '/handover')?.matches.length ?? 0) > 0,
  },
  params: {},
  assess(subject) {
    const { evidence, manifest } = subject;
    const claim = referenceAt(evidence.references.facts, '/handover');
    if (!claim)
      return missing(unclaimed(manifest, 'a handover document'), [
        {
          message: 'what a new team would have to know is in the heads of this one',
          ...placed(claimPlace(subject, '/handover')),
          fix: 'Begin it with `gonogo scaffold handover`, and name it in `handover`.',
          subject: 'handover',
        },
      ]);
    if (BROKEN.includes(claim.outcome))
      return contradicted(
        `the handover document ${claim.target} does not exist`,
        [{ message: `${claim.target} leads nowhere`, at: claim.at, fix: 'Correct the path.', subject: claim.target }],
        { claim: claim.at },
      );
    const [page] = claim.matches;
    const entry = evidence.documents?.facts.documents.find(
      (it) => it.path === page?.path && it.root === (page?.root ?? ''),
    );
    if (!page)
      return claim.outcome === 'unread'
        ? unknown(`${claim.target} could not be read`, { claim: claim.at })
        : declared(`the handover document is said to be at ${claim.target}, which is not opened`, claim.at);
    if (!entry || isForeign(entry.sections.map(({ text }) => text).join('\n')))
      return unknown(`${claim.target} is there, and its headings could not be read`, {
        claim: claim.at,
        evidence: [page],
      });
    return judged(entry, claim.at);
  },
});

function judged(entry: DocumentEntry, claim: Place): ReturnType<typeof verified> {
  const { path, root, sections } = entry;
  const at = (line?: number): Place => ({ path, ...(line !== undefined && { line }), ...(root !== '' && { root }) });
  const answered = TOPICS.map(([topic, heading]) => ({ topic, line: headed(sections, heading) }));
  const lacks = answered.filter(({ line }) => line === undefined).map(({ topic }) => topic);
  const marks = sections.filter(({ stubLine }) => stubLine !== undefined);
  const problems: readonly Problem[] = [
    ...lacks.map((topic) => ({
      message: `it does not say ${topic}`,
      at: at(),
      fix: 'Write it down below a heading of its own.',
      subject: topic,
    })),
    ...marks.map(({ title, line, stubLine }) => ({
      message: `"${title}" holds a placeholder`,
      at: at(stubLine ?? line),
      fix: 'Write it, or take it away.',
      subject: title,
    })),
  ];
  const shown = answered.flatMap(({ line }) => (line === undefined ? [] : [at(line)]));
  if (problems.length === 0)
    return verified(`${path} says ${listed(answered.map(({ topic }) => topic))}`, shown, { claim });
  const said = lacks.length === 0 ? 'is not written to the end' : `does not say ${listed(lacks)}`;
  return contradicted(`${path} ${said}`, problems, { claim, evidence: shown });
}

/** The first heading of that kind with words below it. */
function headed(sections: readonly DocumentSection[], heading: RegExp): number | undefined {
  const index = sections.findIndex(
    ({ title, level }, nth) =>
      level > 1 &&
      heading.test(title) &&
      subtree(sections, nth).some(({ state, text }) => state === 'filled' && text !== ''),
  );
  return sections[index]?.line;
}
