/** What the repository says about security in writing: how to report a weakness, and its threat models. Whether that is enough is for the checks to say. */
import type { Place, Unread } from '../model.ts';
import { isForAssistants } from './assistant-files.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { type Way, waysToReport } from './security-docs/report-passage.ts';
import {
  fromInsights,
  fromIssueChooser,
  fromSecurityTxt,
  threatModelElsewhere,
} from './security-docs/structured-contacts.ts';
import { mayBeThreatModel, readThreatModel, type ThreatModel } from './security-docs/threat-model.ts';
import { placeIn } from './sources.ts';

/** One way to report a weakness, as the repository names it. */
export interface SecurityContact extends Omit<Way, 'line'> {
  readonly at: Place;
  /** YYYY-MM-DD after which its file says that it no longer holds. */
  readonly expires?: string;
}

/** A security policy that gives no way to report anything. */
export interface HollowPolicy {
  readonly at: Place;
  readonly why: string;
}

/** Facts of this kind. */
export interface Facts {
  readonly contacts: readonly SecurityContact[];
  readonly hollow: readonly HollowPolicy[];
  readonly threatModels: readonly ThreatModel[];
  /** Threat models that a Security Insights file says are kept elsewhere. */
  readonly threatModelsElsewhere: readonly { readonly to: string; readonly at: Place }[];
}

/** Where forges look for a security policy. Below docs/ a page about security may be about anything, so that there only the name in capitals promises one, and else the words decide. */
const POLICY =
  /^(?:(?:\.github\/|\.gitlab\/)?(?:[Ss]ecurity|SECURITY)|docs\/SECURITY)(?:\.(?:md|MD|markdown|rst|adoc|txt))?$/;
const SECURITY_TXT = /(?:^|\/)security\.txt$/i;
const INSIGHTS = /(?:^|\/)(?:\.security-insights|security-insights)\.ya?ml$/i;
const ISSUE_CHOOSER = /^\.github\/ISSUE_TEMPLATE\/config\.ya?ml$/i;
const PEOPLE = /^(?:\.github\/)?SECURITY[-_]CONTACTS$/;
/** Pages on which people look for it, and pages named after it. */
const PAGE =
  /(?:^|\/)(?:readme|contributing|support|[^/]*(?:security|vulnerabilit|disclosure)[^/]*)(?:\.[\w-]{2,5})?\.(?:md|markdown|rst|adoc|txt)$/i;
const PAGES_CAP = 200;

export const collector = defineCollector<Facts>({
  summary:
    'security policies, security.txt, Security Insights and passages of README, CONTRIBUTING and SUPPORT that say how to report a weakness; threat models in Markdown and in the formats of Threat Dragon, pytm, Threagile and the Microsoft tool',
  parses: ['yaml', 'markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const files = sources.shared.filter((file) => file.class === 'source');
    const policies = files.filter(({ path }) => POLICY.test(path));
    const structured = files.filter(({ path }) =>
      [SECURITY_TXT, INSIGHTS, ISSUE_CHOOSER, PEOPLE].some((it) => it.test(path)),
    );
    const pages = files.filter(
      (file) => PAGE.test(file.path) && !isForAssistants(file.path) && ![...policies, ...structured].includes(file),
    );
    const models = modelFiles(sources, unread);
    const contacts = [
      ...policies.flatMap((file) => fromProse(file, true, sources, unread)),
      ...structured.flatMap((file) => fromStructured(file, sources, unread)),
      ...pages.slice(0, PAGES_CAP).flatMap((file) => fromProse(file, false, sources, unread)),
    ];
    const hollow = policies.flatMap((file) => hollowAt(file, contacts, sources));
    const threatModels = models.flatMap((file) => readThreatModel(file, sources, unread));
    const threatModelsElsewhere = structured
      .filter(({ path }) => INSIGHTS.test(path))
      .flatMap((file) => {
        const yaml = sources.yaml(file, []);
        return yaml ? threatModelElsewhere(yaml).map(({ to, line }) => ({ to, at: placeIn(file, line) })) : [];
      });
    const count = policies.length + structured.length + Math.min(pages.length, PAGES_CAP) + models.length;
    const note = `${contacts.length} ways to report a weakness, ${threatModels.length} threat models`;
    const facts = { contacts, hollow, threatModels, threatModelsElsewhere };
    return { facts, looked: { files: count, note }, unread, delegated: [] };
  },
});

function fromProse(file: SourceFile, policy: boolean, sources: Sources, unread: Unread[]): readonly SecurityContact[] {
  const text = sources.text(file, policy ? unread : []) ?? '';
  // What a template of issues says to whoever fills it in stands in comments.
  const told = /(?:^|\/)ISSUE_TEMPLATE\//i.test(file.path) ? text.replace(/<!--|-->/g, '') : text;
  return placed(file, waysToReport(told, policy));
}

function fromStructured(file: SourceFile, sources: Sources, unread: Unread[]): readonly SecurityContact[] {
  if (/\.ya?ml$/i.test(file.path)) {
    const yaml = sources.yaml(file, unread);
    if (!yaml) return [];
    return placed(file, INSIGHTS.test(file.path) ? fromInsights(yaml) : fromIssueChooser(yaml));
  }
  const text = sources.text(file, unread) ?? '';
  if (PEOPLE.test(file.path)) return placed(file, waysToReport(text.replace(/^#+/gm, ''), true));
  const { ways, expires } = fromSecurityTxt(text);
  return placed(file, ways).map((it) => ({ ...it, ...(expires && { expires }) }));
}

function placed(file: SourceFile, ways: readonly Way[]): readonly SecurityContact[] {
  // A link in Markdown is often its own text.
  const unique = [...new Map(ways.map((way) => [`${way.line}:${way.text}`, way])).values()];
  return unique.map(({ line, ...way }) => ({ ...way, at: placeIn(file, line) }));
}

function hollowAt(file: SourceFile, contacts: readonly SecurityContact[], sources: Sources): readonly HollowPolicy[] {
  if (contacts.some(({ at }) => at.path === file.path)) return [];
  const text = sources.text(file, []);
  if (text === undefined) return [];
  const why = text.trim() === '' ? 'is empty' : 'names no address, no link and no private way to report a weakness';
  return [{ at: placeIn(file, 1), why }];
}

/** Files that look like a threat model, and those that the manifest names as one. */
function modelFiles(sources: Sources, unread: Unread[]): readonly SourceFile[] {
  const named = sources.manifest.claims.security?.threat_model?.path;
  const claimed = named === undefined ? [] : resolveReference(named, sources, unread).files;
  const found = [...sources.files, ...sources.shared].filter(
    (file) => file.class === 'source' && mayBeThreatModel(file.path),
  );
  return [...new Map([...claimed, ...found].map((file) => [`${file.root}:${file.path}`, file])).values()];
}
