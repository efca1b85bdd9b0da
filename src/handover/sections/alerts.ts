/** Which alerts there are, and the section of a runbook that each leads to. */
import type { JudgedAlert } from '../../checks/alert-scope.ts';
import type { Part } from '../../checks/parts.ts';
import { type LinkedPage, linkedPages } from '../../checks/runbooks/linked-content.ts';
import type { Linked } from '../../checks/runbooks/runbook-links.ts';
import { check as sectionExists, sectionTrouble } from '../../checks/runbooks/section-exists.ts';
import { table } from '../../table.ts';
import { type Context, gathered, manifestName, valuesOf } from '../context.ts';
import type { Line, Mark, Section } from '../handover.ts';
import { claimed, group, joined, line, ruled, troubleWith } from '../line.ts';

/** The section. */
export function alerts(context: Context): Section {
  const lines = alertLines(context);
  const classes = context.claims.error_classes ?? {};
  return {
    id: 'alerts',
    title: 'Alerts, and what to do about each',
    ...(lines.length === 0 && { lead: 'No alert of the service is here.' }),
    groups: [
      ...group('Alerts', lines),
      ...group('How they reach people', [
        ...ruled(context, 'Routing', 'observability/severity-routed', 'observability/alerts-notify'),
        ...(['critical', 'major', 'standard'] as const).flatMap((name) => {
          const it = classes[name];
          const text =
            it &&
            joined(
              [
                it.definition,
                it.react && `reacted to within ${it.react}`,
                it.resolve && `over within ${it.resolve}`,
                it.page && 'wakes someone',
              ],
              '; ',
            );
          return claimed(context, `Errors that are ${name}`, text, `/error_classes/${name}`);
        }),
      ]),
      ...group('Runbooks', [
        ...ruled(context, 'There are', 'runbooks/runbook-present'),
        ...ruled(context, 'What they say', 'runbooks/required-sections'),
        ...ruled(context, 'How old they are', 'runbooks/fresh'),
      ]),
    ],
  };
}

function alertLines(context: Context): readonly Line[] {
  const evidence = gathered(context, 'alerts', 'references', 'documents');
  if (!evidence) return [line('Alerts', `${manifestName(context)} about alerts could be gathered`, 'unknown')];
  const params = valuesOf(context, 'runbooks/section-exists', sectionExists.params);
  const { claims, service, judged } = context;
  const subject = { service, claims, evidence, params, manifest: judged.manifest };
  const { scope, linked, pages } = linkedPages(subject, evidence.documents.facts);
  return [
    ...scope.alerts.map((alert) => {
      const own = linked.find((it) => it.alert === alert);
      return own
        ? actedOn(
            context,
            own,
            pages.find((page) => page.linked === own),
            params.words,
          )
        : informing(alert);
    }),
    ...scope.unread.map(({ at, detail }) =>
      line(at.path, 'may hold more alerts', 'unknown', { because: detail, places: [at] }),
    ),
    ...evidence.alerts.delegated.map(({ at, to }) =>
      line(to, 'may hold more alerts', 'unknown', { because: 'it is not at hand', places: [at] }),
    ),
  ];
}

/** Heartbeats and notices ask nobody to act. */
function informing(alert: JudgedAlert): Line {
  return line(alert.name, joined([said(alert), 'asks nobody to act'], '; ') ?? '', 'verified', { places: [alert.at] });
}

/** Verified: the section that it links is there and says something, or its steps are in the alert itself. */
function actedOn(context: Context, linked: Linked, page: LinkedPage | undefined, words: number): Line {
  const { alert } = linked;
  const trouble = troubleWith(context, 'runbooks/link-resolves', alert.name);
  const { mark, lead, because } = page ? toPage(page, words) : withoutPage(linked, trouble);
  const places = [
    ...(page?.to.place ? [page.to.place] : []),
    ...(linked.inline && !page ? [linked.inline] : []),
    alert.at,
  ];
  return line(alert.name, joined([said(alert), lead], '; ') ?? '', mark, { places, ...(because && { because }) });
}

interface Led {
  readonly mark: Mark;
  readonly lead: string;
  readonly because?: string;
}

function toPage(page: LinkedPage, words: number): Led {
  const { to } = page;
  const trouble = sectionTrouble(page, words);
  if (trouble) return { mark: 'contradicted', lead: 'its link leads to no instructions', because: trouble.what };
  if (!to.content)
    return { mark: 'unknown', lead: `what to do: ${to.place?.path}`, because: 'the page could not be read' };
  return { mark: 'verified', lead: `what to do: "${to.content.title}"` };
}

/** What a link that leads to no page at hand says by its form alone. */
const BY_FORM: Readonly<Record<string, readonly [mark: Mark, because?: string]>> = table({
  text: ['missing'],
  placeholder: ['missing', 'its link is only a placeholder'],
  malformed: ['contradicted', 'its link is no address'],
  templated: ['unknown', 'a template fills the link in'],
  path: ['unknown', 'the page was not found here'],
});

function withoutPage({ link, unseen, inline }: Linked, trouble: Part | undefined): Led {
  if (inline) return { mark: 'verified', lead: 'what to do is in the alert itself' };
  if (unseen) return { mark: 'unknown', lead: 'what to do', because: 'a template fills the link in' };
  const [mark, because] = link
    ? (BY_FORM[link.target.kind] ?? ['declared', 'the page is not at hand'])
    : ['missing' as const];
  const problem = link && trouble?.standing === 'contradicted' ? trouble.problems?.[0]?.message : undefined;
  if (problem) return { mark: 'contradicted', lead: `what to do: ${link?.value}`, because: problem };
  const lead = mark === 'missing' ? 'it does not say what to do' : `what to do: ${link?.value}`;
  return { mark, lead, ...(because && { because }) };
}

function said({ urgency, annotations }: JudgedAlert): string | undefined {
  const severity = urgency.label?.value;
  const wakes = urgency.wakes === 'yes' ? 'should wake someone' : undefined;
  return joined([joined([severity, wakes]), annotations.summary ?? annotations.description], '; ');
}
