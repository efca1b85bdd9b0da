/** The parts of one finding as the terminal shows them. Knows nothing of the sections they stand in. */
import type { Finding, Place, ReportedProblem } from '../model.ts';
import { type Chunk, flow, type Lines } from './layout.ts';
import { openFirst } from './order.ts';
import type { Pen } from './pen.ts';
import { placeText } from './places.ts';
import { STANDING_WORDS } from './words.ts';

/** How many problems of one finding are shown unless all are asked for. */
const SHOWN_PROBLEMS = 5;
/** How many places of evidence. */
const SHOWN_PLACES = 3;
/** Width of the column of labels. */
const LABEL = 10;

/** Everything a person needs to act on a finding. */
export function findingInFull(finding: Finding, pen: Pen): Lines {
  return [
    ...findingTitle(finding, pen),
    ...flow(pen.width, [finding.statement], { indent: 2 }),
    ...opinion(finding, pen, 2),
    ...problems(finding, pen),
    ...grounds(finding, pen, 2),
    ...(pen.verbose ? labelled('why', finding.why, pen) : []),
    ...labelled('fix', finding.fix, pen),
    ...labelled('more', `gonogo explain ${finding.rule}`, pen),
  ];
}

/** Symbol, severity and id, and a place where one line has to do. */
export function findingTitle({ ruling, severity, rule }: Finding, pen: Pen, at?: Place): Lines {
  const symbol = { text: pen.signs.ruling[ruling], paint: pen.ruling[ruling] };
  const weight = { text: severity, paint: pen.severity[severity], pad: 8 };
  const place = at && { text: placeText(at), paint: pen.place, whole: true, gap: 2 };
  return flow(pen.width, [symbol, weight, { text: rule, paint: pen.strong, whole: true, gap: 2 }, place], { hang: 2 });
}

/** The standing in a word, and what made the check decide. */
export function opinion({ standing, because }: Finding, pen: Pen, indent: number): Lines {
  const word = { text: `${STANDING_WORDS[standing].word}:`, paint: pen.standing[standing] };
  return flow(pen.width, [word, because], { indent });
}

/** The claim and the evidence, except places that the problems have named already. */
export function grounds({ claim, evidence, problems: named }: Finding, pen: Pen, indent: number): Lines {
  const seen = new Set(named.flatMap(({ at }) => (at ? [placeText(at)] : [])));
  const further = evidence.filter((place) => !seen.has(placeText(place)));
  return [...places('claim', claim ? [claim] : [], pen, indent), ...places('evidence', further, pen, indent)];
}

/** A label, and text that hangs beside it. */
export function labelled(label: string, text: string, pen: Pen, style: Pick<Chunk, 'paint' | 'whole'> = {}): Lines {
  if (text === '') return [];
  return flow(
    pen.width,
    [
      { text: label, paint: pen.dim, pad: LABEL },
      { ...style, text, gap: 0 },
    ],
    {
      indent: 2,
      hang: style.whole ? 4 : 2 + LABEL,
    },
  );
}

/** A label, and places one below the other. */
export function places(label: string, cited: readonly Place[], pen: Pen, indent = 2): Lines {
  const shown = pen.verbose ? cited : cited.slice(0, SHOWN_PLACES);
  const left = cited.length - shown.length;
  return shown.flatMap((place, index) => {
    const name = { text: index === 0 ? label : ' ', paint: pen.dim, pad: LABEL };
    const where = { text: placeText(place), paint: pen.place, whole: true, gap: 0 };
    const more = left > 0 && index === shown.length - 1 ? { text: `and ${left} more`, paint: pen.dim } : undefined;
    return flow(pen.width, [name, where, more], { indent, hang: indent + 2 });
  });
}

function problems(finding: Finding, pen: Pen): Lines {
  const ordered = openFirst(finding.problems);
  const shown = pen.verbose ? ordered : ordered.slice(0, SHOWN_PROBLEMS);
  const left = ordered.length - shown.length;
  const more =
    left > 0
      ? flow(pen.width, [{ text: `and ${left} more (--verbose lists all)`, paint: pen.dim }], { indent: 4 })
      : [];
  return [
    ...shown.flatMap((problem, index) => problemLines(problem, shown[index - 1]?.fix ?? finding.fix, pen)),
    ...more,
  ];
}

/** The place on a line of its own, so that terminals make it clickable; a fix only where it says something new; on request what a waiver of this problem alone names as its scope. */
function problemLines({ at, message, fix, waived, fingerprint }: ReportedProblem, saidBefore: string, pen: Pen): Lines {
  const mark = waived ? { text: '(waived)', paint: pen.ruling.waived } : undefined;
  const place = at && { text: placeText(at), paint: pen.place, whole: true };
  const newFix = fix === undefined || fix === saidBefore ? '' : fix;
  const indent = place === undefined ? 4 : 6;
  const arrow = newFix === '' ? undefined : { text: pen.signs.arrow, paint: pen.dim };
  return [
    ...flow(pen.width, [place], { indent: 4 }),
    ...flow(pen.width, [message, mark], { indent }),
    ...flow(pen.width, [arrow, newFix], { indent, hang: indent + pen.signs.arrow.length + 1 }),
    ...(pen.verbose && !waived ? flow(pen.width, [{ text: 'scope', paint: pen.dim }, fingerprint], { indent }) : []),
  ];
}
