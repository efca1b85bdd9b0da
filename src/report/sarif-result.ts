/** A result as SARIF has it: what is wrong, where, and by what it is known again. */
import type { Location, Region, Result, Suppression } from 'sarif';
import { distinct } from '../grouped.ts';
import type { Line, Place, Waiver } from '../model.ts';
import { encodedPath, pathInside } from './place-link.ts';
import { levelOf } from './sarif-rule.ts';
import { inert } from './sarif-text.ts';
import { placeOf, saidOf, type Unmet } from './unmet.ts';

/** The base of all addresses: wherever the receiver has its checkout. */
export const ROOT = '%SRCROOT%';

/** Further places of one result; a receiver shows few. */
const RELATED = 5;

/** What results are written from besides themselves. */
export interface Setting {
  /** The line at a place, where it is known. */
  lineAt(place: Place): Line | undefined;
  /** Whether the run holds several services, so that each result names its own. */
  readonly several: boolean;
}

/** The result, all but the index of its rule. */
export function resultOf(unmet: Unmet, setting: Setting): Result {
  const { finding, problem, service, accepted } = unmet;
  const at = placeOf(unmet);
  const related = relatedTo(unmet, at, setting);
  const hash = setting.lineAt(at)?.hash;
  return {
    ruleId: finding.rule,
    level: levelOf(unmet),
    message: { text: messageOf(unmet, setting) },
    locations: [locationOf(at, setting)],
    ...(related.length > 0 && { relatedLocations: related }),
    partialFingerprints: {
      'gonogo/v1': (problem ?? finding).fingerprint,
      ...(hash !== undefined && { primaryLocationLineHash: hash }),
    },
    ...(accepted && { suppressions: [suppressionOf(unmet, setting)] }),
    properties: {
      service: inert(service.service.name),
      severity: finding.severity,
      standing: finding.standing,
      ruling: finding.ruling,
    },
  };
}

/** The first sentence is what GitHub's lists show; what to do about this very problem follows. */
function messageOf(unmet: Unmet, { several }: Setting): string {
  const said = `${several ? `${unmet.service.service.name}: ` : ''}${saidOf(unmet)}`;
  const fix = unmet.problem?.fix;
  return inert(fix === undefined ? said : `${said}${said.endsWith('.') ? '' : '.'} To fix it: ${fix}`);
}

/** Claim and evidence, for viewers that show them. */
function relatedTo({ finding }: Unmet, at: Place, setting: Setting): Location[] {
  const claim = finding.claim ? [{ place: finding.claim, text: 'what the manifest claims' }] : [];
  const evidence = finding.evidence.map((place) => ({ place, text: 'evidence' }));
  const inside = [...claim, ...evidence].filter(({ place }) => pathInside(place) !== undefined);
  const located = inside.map(({ place, text }) => ({ ...locationOf(place, setting), message: { text } }));
  // By what is written: a file without a line stands where its first line does.
  const whereOf = ({ physicalLocation }: Location) => JSON.stringify(physicalLocation);
  const own = whereOf(locationOf(at, setting));
  return distinct(located, whereOf)
    .filter((it) => whereOf(it) !== own)
    .slice(0, RELATED);
}

function locationOf(place: Place, { lineAt }: Pick<Setting, 'lineAt'>): Location {
  const uri = encodedPath(pathInside(place) ?? place.path);
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: ROOT }, region: regionOf(place, lineAt(place)) } };
}

/** To the end of the line where its length is known, else one character: GitHub wants all four numbers. */
function regionOf({ line = 1, column = 1 }: Place, known: Line | undefined): Region {
  const endColumn = known ? known.length + 1 : column + 1;
  return { startLine: line, startColumn: Math.min(column, endColumn), endLine: line, endColumn };
}

/** Who accepted it, why and until when. */
function suppressionOf(unmet: Unmet, setting: Setting): Suppression {
  const [waiver, ...others] = waiversOf(unmet);
  if (!waiver) return { kind: 'external', status: 'accepted', justification: 'a valid waiver covers it' };
  const { owner, expires, approvedBy, ticket, at } = waiver;
  const one = others.length === 0;
  return {
    kind: 'external',
    status: 'accepted',
    justification: inert([waiver, ...others].map(termsOf).join('; or ')),
    ...(one && pathInside(at) !== undefined && { location: locationOf(at, setting) }),
    ...(one && {
      properties: {
        owner: inert(owner),
        expires,
        ...(approvedBy !== undefined && { approvedBy: inert(approvedBy) }),
        ...(ticket !== undefined && { ticket: inert(ticket) }),
      },
    }),
  };
}

/** The finding's own waiver; where only some problems are waived, those of the rule. */
function waiversOf({ finding, service }: Unmet): readonly Waiver[] {
  return finding.waiver ? [finding.waiver] : service.waivers.filter(({ rule }) => rule === finding.rule);
}

function termsOf({ reason, owner, expires }: Waiver): string {
  return `${reason} (owner ${owner}, until ${expires})`;
}
