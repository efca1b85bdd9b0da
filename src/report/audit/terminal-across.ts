/** What stands across services: each rule with a problem or an answer that is not known, and the way through the graph that shows it. */
import type { EstateFinding, EstateProblem, EstateReport } from '../../model-audit.ts';
import { flow, type Lines, stack } from '../layout.ts';
import { bySeverity } from '../order.ts';
import type { Pen } from '../pen.ts';
import { placeText } from '../places.ts';
import { heading } from '../terminal-rulings.ts';
import { counted, STANDING_WORDS } from '../words.ts';
import { more } from './terminal-lists.ts';

/** How many problems of one rule are shown unless all are asked for. */
const SHOWN_PROBLEMS = 5;
const SHOWN_PLACES = 3;

/** Rules with problems, the most severe first, then those of which it is not known. */
export function acrossServices({ findings }: EstateReport, pen: Pen): Lines {
  const wrong = findings.filter(({ problems }) => problems.length > 0).toSorted(bySeverity);
  const unknown = findings
    .filter(({ problems, standing }) => problems.length === 0 && standing === 'unknown')
    .toSorted(bySeverity);
  if (wrong.length + unknown.length === 0) return [];
  const count = counted(wrong.length + unknown.length, 'rule');
  const paint = wrong.length > 0 ? pen.ruling.fail : pen.ruling.warn;
  const head = heading('ACROSS SERVICES', count, pen, paint);
  return stack([
    head,
    ...wrong.map((finding) => findingLines(finding, pen)),
    unknown.flatMap((finding) => unknownLines(finding, pen)),
  ]);
}

/** An answer that nobody has looks like a pass where it is left out. */
function unknownLines({ rule, severity, standing, because }: EstateFinding, pen: Pen): Lines {
  const said = [
    { text: severity, paint: pen.severity[severity] },
    { text: rule, paint: pen.strong, whole: true, gap: 2 },
    { text: `${STANDING_WORDS[standing].word}:`, paint: pen.standing[standing], gap: 2 },
    because,
  ];
  return flow(pen.width, said, { hang: 2 });
}

function findingLines(finding: EstateFinding, pen: Pen): Lines {
  const { rule, severity, standing, because, fix, problems, more: left = 0 } = finding;
  const shown = pen.verbose ? problems : problems.slice(0, SHOWN_PROBLEMS);
  return [
    ...flow(
      pen.width,
      [
        { text: severity, paint: pen.severity[severity] },
        { text: rule, paint: pen.strong, whole: true, gap: 2 },
        { text: counted(problems.length + left, 'problem'), gap: 2 },
      ],
      { hang: 2 },
    ),
    ...flow(pen.width, [{ text: `${STANDING_WORDS[standing].word}:`, paint: pen.standing[standing] }, because], {
      indent: 2,
    }),
    ...shown.flatMap((problem) => problemLines(problem, pen)),
    ...more(problems.length - shown.length, pen, 4),
    ...(left > 0
      ? flow(pen.width, [{ text: `and ${left} more, which nothing lists`, paint: pen.dim }], { indent: 4 })
      : []),
    ...flow(pen.width, [{ text: pen.signs.arrow, paint: pen.dim }, fix], { indent: 2, hang: 5 }),
  ];
}

function problemLines({ message, path, places }: EstateProblem, pen: Pen): Lines {
  const way = path.flatMap((name, index) => [
    index > 0 ? { text: pen.signs.arrow, paint: pen.dim } : undefined,
    { text: name, paint: pen.strong, whole: true },
  ]);
  const shown = pen.verbose ? places : places.slice(0, SHOWN_PLACES);
  return [
    ...flow(pen.width, [message], { indent: 4, hang: 6 }),
    ...flow(pen.width, way, { indent: 6, hang: 8 }),
    ...shown.flatMap((place) =>
      flow(
        pen.width,
        [
          { text: place.repo, whole: true },
          { text: placeText(place), paint: pen.place, whole: true },
        ],
        { indent: 6, hang: 8 },
      ),
    ),
    ...more(places.length - shown.length, pen, 6),
  ];
}
