/** Which screens show what an alert measures: the one it names, the one its runbook links, and panels that query the same metrics. Pure. */
import type { Dashboard } from '../evidence/dashboards.ts';
import type { CardItem, CardSection } from '../report/card.ts';
import { type CardSubject, claimAt, unreadNote } from './subject.ts';
import { keyOf, type Spot } from './where.ts';

const MOST_PANELS = 6;
const MOST_DASHBOARDS = 5;

/** The dashboards; `spots` are the stretches of runbooks that the card shows. */
export function dashboardsOf(subject: CardSubject, spots: readonly Spot[]): CardSection {
  const { rules, evidence } = subject;
  const known = evidence.dashboards?.facts.dashboards ?? [];
  const metrics = [...new Set(rules.flatMap((rule) => rule.metrics.map(({ name }) => name)))].filter(Boolean);
  const showing = known
    .map((dashboard) => ({
      dashboard,
      panels: dashboard.panels.filter((it) => it.metrics.some((name) => metrics.includes(name))),
    }))
    .filter(({ panels }) => panels.length > 0)
    .sort((a, b) => b.panels.length - a.panels.length);
  const items = [
    ...namedByAlert(subject, known),
    ...showing.slice(0, MOST_DASHBOARDS).map(({ dashboard, panels }) =>
      dashboardItem(
        dashboard,
        panels.map(({ title }) => title),
        subject,
      ),
    ),
    ...linkedByRunbook(subject, spots),
    ...(showing.length > MOST_DASHBOARDS
      ? [
          {
            kind: 'fact' as const,
            label: 'also',
            text: `${showing.length - MOST_DASHBOARDS} more dashboards query the same`,
          },
        ]
      : []),
    ...(showing.length === 0 ? [silent(metrics, known), ...declaredOnes(subject)] : []),
    ...unreadNote(evidence.dashboards, 'dashboards'),
  ];
  return { title: 'The dashboard', items };
}

function silent(metrics: readonly string[], known: readonly Dashboard[]): CardItem {
  const what = metrics.length === 0 ? 'what the alert measures' : metrics.join(', ');
  const among =
    known.length === 0 ? 'no dashboard is kept here' : `none of the ${known.length} dashboards here has a panel`;
  return {
    kind: 'absent',
    text: known.length === 0 ? `${among} that could show ${what}` : `${among} that shows ${what}`,
  };
}

/** An annotation such as `dashboard: payments-main` or `grafana: https://…`. */
function namedByAlert({ rules, ...subject }: CardSubject, known: readonly Dashboard[]): readonly CardItem[] {
  const named = rules.flatMap((rule) =>
    Object.entries(rule.annotations)
      .filter(([key]) => /dashboard|grafana/i.test(key))
      .map(([key, value]) => ({ value: value.trim(), at: rule.annotationsAt[key] ?? rule.at })),
  );
  const unique = [...new Map(named.map((it) => [it.value, it])).values()];
  return unique.map(({ value, at }): CardItem => {
    const found = known.find(
      ({ uid, title }) => uid === value || title === value || (uid !== undefined && isIn(uid, value)),
    );
    const url = /^https?:/.test(value) ? value : found && urlOf(found, { rules, ...subject });
    const where = url === undefined || url === value ? '' : `, ${url}`;
    const what = found ? `"${found.title}" at ${found.at.path}` : 'which is not kept here';
    return { kind: 'fact', label: 'the alert names', text: `${value}${where} (${what})`, at };
  });
}

function dashboardItem(dashboard: Dashboard, titles: readonly string[], subject: CardSubject): CardItem {
  const url = urlOf(dashboard, subject);
  const shown = titles.slice(0, MOST_PANELS).map((title) => (title === '' ? 'a panel without a title' : `"${title}"`));
  const more = titles.length > MOST_PANELS ? ` and ${titles.length - MOST_PANELS} more` : '';
  const link = url === undefined ? 'no link to it is known here' : url;
  return { kind: 'fact', label: dashboard.title, text: `panels ${shown.join(', ')}${more}; ${link}`, at: dashboard.at };
}

/** An address that somebody wrote down and that holds the dashboard's uid. */
function urlOf({ uid }: Dashboard, { manifest, evidence, rules }: CardSubject): string | undefined {
  if (uid === undefined) return undefined;
  const written = [
    ...rules.flatMap((rule) => Object.values(rule.annotations)),
    ...(manifest.claims.observability?.dashboards ?? []).flatMap(({ url }) => url ?? []),
    ...(evidence.runbooks?.facts.runbooks ?? []).flatMap(({ dashboards }) => dashboards.map(({ target }) => target)),
  ];
  return written.find((url) => /^https?:/.test(url) && isIn(uid, url));
}

function isIn(uid: string, url: string): boolean {
  return url.split(/[/?#]/).includes(uid);
}

/** Links in the stretch that is shown, else those of its page. */
function linkedByRunbook({ evidence }: CardSubject, spots: readonly Spot[]): readonly CardItem[] {
  const pages = new Set(spots.map(keyOf));
  const links = (evidence.runbooks?.facts.runbooks ?? [])
    .filter(({ at }) => pages.has(keyOf(at)))
    .flatMap(({ dashboards }) => dashboards);
  const unique = [...new Map(links.map((it) => [it.target, it])).values()].slice(0, MOST_DASHBOARDS);
  return unique.map(({ target, at }) => ({ kind: 'fact', label: 'the runbook links', text: target, at }));
}

function declaredOnes(subject: CardSubject): readonly CardItem[] {
  return (subject.manifest.claims.observability?.dashboards ?? []).map(({ id, uid, url }, index) => ({
    kind: 'fact',
    label: 'the manifest names',
    text: [id, uid, url].filter((it) => it !== undefined).join(', '),
    at: claimAt(subject, `/observability/dashboards/${index}`),
  }));
}
