/** Alertmanager's configuration: receivers, trees, and which receivers an alert's labels reach. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { destinationOf, routeOf } from '../../src/evidence/routes/route-match.ts';
import { parseMatcher, satisfies } from '../../src/evidence/routes/route-matcher.ts';
import { collector, type Facts } from '../../src/evidence/routes.ts';
import { collected, type Surroundings, spot } from './collected.ts';

async function factsOf(text: string, path = 'ops/alertmanager.yaml', around: Surroundings = {}): Promise<Facts> {
  return (await collected(collector, { [path]: text }, around)).facts;
}

const CONFIG = `route:
  receiver: nobody
  group_by: [alertname]
  routes:
    - receiver: pager
      matchers: [ 'severity=~"page|critical"', team="payments" ]
      continue: true
    - match: {severity: page}
      receiver: on-call-chat
    - match_re: {severity: ^(warning|ticket)$}
      receiver: chat
      routes:
        - matchers: ['{env!="prod"}']
          receiver: nobody
        - matchers: [ service=search ]
    - matchers: [ 'alertname = "Watchdog, always"' ]
      receiver: hook
receivers:
  - name: nobody
  - name: pager
    pagerduty_configs:
      - routing_key_file: /etc/alertmanager/key
    slack_configs: [{channel: '#payments'}]
  - name: on-call-chat
    slack_configs: [{channel: '#oncall'}]
  - name: chat
    msteams_configs: [{}]
  - name: hook
    webhook_configs: [{url: 'https://hooks.lumenpay.io'}]
  - name: emptied
    pagerduty_configs: []
`;

describe('an Alertmanager file', () => {
  it('gives receivers: who tells somebody, who wakes somebody, who is not known to', async () => {
    const [routing] = (await factsOf(CONFIG)).routings;
    expect(routing?.receivers.map(({ name, wakes, notifies, kinds }) => [name, wakes, notifies, kinds])).toEqual([
      ['nobody', false, false, []],
      ['pager', true, true, ['pagerduty', 'slack']],
      ['on-call-chat', false, true, ['slack']],
      ['chat', false, true, ['msteams']],
      ['hook', undefined, true, ['webhook']],
      ['emptied', false, false, []],
    ]);
    expect(routing?.receivers[1] && spot(routing.receivers[1].at)).toBe('ops/alertmanager.yaml:20:5');
    expect(routing?.route && spot(routing.route.at)).toBe('ops/alertmanager.yaml:1:1');
    expect(routing?.route?.routes[2]?.routes[1]).toMatchObject({ receiver: 'chat', continue: false, unclear: false });
  });

  it.each([
    [{ severity: 'page', team: 'payments' }, ['pager', 'on-call-chat']],
    [{ severity: 'page', team: 'search' }, ['on-call-chat']],
    [{ severity: 'page', team: 'payments', alertname: 'Watchdog, always' }, ['pager', 'on-call-chat']],
    [{ severity: 'critical', team: 'payments' }, ['pager']],
    [{ severity: 'warning', env: 'prod' }, ['chat']],
    [{ severity: 'warning', env: 'dev' }, ['nobody']],
    [{ severity: 'warning' }, ['nobody']],
    [{ severity: 'warnings', env: 'prod' }, ['nobody']],
    [{ alertname: 'Watchdog, always' }, ['hook']],
    [{}, ['nobody']],
  ])('leads an alert with %j to %j', async (labels, expected) => {
    const destination = destinationOf(await factsOf(CONFIG), labels);
    expect(destination.receivers.map(({ name }) => name).sort()).toEqual([...expected].sort());
    expect(destination.unclear).toBe(false);
  });
});

describe('other wrappings', () => {
  it('are an AlertmanagerConfig object, whose root takes only what it matches', async () => {
    const facts = await factsOf(`apiVersion: monitoring.coreos.com/v1alpha1
kind: AlertmanagerConfig
metadata: {name: payments}
spec:
  route:
    receiver: pager
    matchers: [{name: team, value: payments, matchType: '='}]
    routes:
      - receiver: chat
        matchers: [{name: severity, value: warn.*, regex: true}]
  receivers:
    - name: pager
      opsgenieConfigs: [{apiKey: {name: s, key: k}}]
    - name: chat
      slackConfigs: [{channel: '#pay'}]
`);
    expect(facts.routings[0]?.source).toBe('object');
    const names = (labels: Record<string, string>) => routeOf(facts, labels).map(({ name }) => name);
    expect(names({ team: 'payments', severity: 'page' })).toEqual(['pager']);
    expect(names({ team: 'payments', severity: 'warning' })).toEqual(['chat']);
    expect(names({ team: 'search' })).toEqual([]);
    expect(routeOf(facts, { team: 'payments' })[0]?.wakes).toBe(true);
  });

  it('are text in a ConfigMap or Secret, and values of a chart', async () => {
    const embedded = `kind: Secret\nstringData:\n  alertmanager.yaml: |\n${CONFIG.replace(/^(?=.)/gm, '    ')}`;
    const facts = await factsOf(embedded, 'secret.yaml');
    expect(facts.routings[0] && spot(facts.routings[0].at)).toBe('secret.yaml:4:5');
    const values = await factsOf(`alertmanager:\n  config:\n${CONFIG.replace(/^(?=.)/gm, '    ')}`, 'values.yaml');
    expect(values.routings).toHaveLength(1);
    expect(values.routings[0] && spot(values.routings[0].at)).toBe('values.yaml:3:5');
  });

  it('are in the repository that the alerts come from', async () => {
    const facts = await factsOf('a: 1\n', 'x.yaml', {
      manifest: 'alerts:\n  sources: ["repo:lumenpay/platform-rules//payments/*.yaml"]\n',
      roots: { 'lumenpay/platform-rules': { 'alertmanager/config.yml': CONFIG } },
    });
    expect(facts.routings[0] && spot(facts.routings[0].at)).toBe(
      'lumenpay/platform-rules//alertmanager/config.yml:1:1',
    );
  });

  it('do not include an OpenTelemetry collector', async () => {
    const otel =
      'receivers:\n  otlp: {protocols: {grpc: {}}}\nexporters: {debug: {}}\nservice:\n  pipelines:\n    traces: {receivers: [otlp], exporters: [debug]}\n';
    expect((await factsOf(otel, 'otel.yaml')).routings).toEqual([]);
  });
});

describe('what cannot be decided', () => {
  it("is said of a template's matchers and receivers", async () => {
    const facts = await factsOf(
      'route:\n  receiver: chat\n  routes:\n    - receiver: pager\n      matchers: [ team="{{ .Values.team }}" ]\n    - receiver: {{ .Values.other }}\n      matchers: [ team="search" ]\nreceivers:\n  - name: chat\n    slack_configs: [{}]\n  - name: pager\n    pagerduty_configs: {{ toYaml .Values.pagerduty }}\n  - name: unseen\n    {{- toYaml .Values.unseen | nindent 4 }}\n',
      'chart/templates/alertmanager.yaml',
    );
    expect(destinationOf(facts, { team: 'payments' })).toMatchObject({ receivers: [{ name: 'chat' }], unclear: true });
    expect(destinationOf(facts, { team: 'search' }).unclear).toBe(true);
    const [, pager, unseen] = facts.routings[0]?.receivers ?? [];
    expect(pager).toMatchObject({ wakes: true, notifies: true });
    expect(unseen).toMatchObject({ name: 'unseen', notifies: true });
    expect(unseen).not.toHaveProperty('wakes');
  });

  it('is said of a receiver that is not in the file', async () => {
    const facts = await factsOf('route: {receiver: gone}\nreceivers: [{name: here}]\n');
    expect(destinationOf(facts, {})).toEqual({ receivers: [], unclear: true });
  });

  it('and a broken file is not read', async () => {
    const { unread, facts } = await collected(collector, {
      'alertmanager.yml': 'route:\n\treceiver: x\nreceivers:\n- name: x\n',
    });
    expect(facts.routings).toEqual([]);
    expect(unread).toMatchObject([{ at: { path: 'alertmanager.yml', line: 2 }, reason: 'invalid-syntax' }]);
  });
});

describe('matchers', () => {
  it.each([
    ['severity="page"', [{ label: 'severity', op: '=', value: 'page' }]],
    ['severity=page', [{ label: 'severity', op: '=', value: 'page' }]],
    [
      ' { a != "x,y" , b=~"c|d", } ',
      [
        { label: 'a', op: '!=', value: 'x,y' },
        { label: 'b', op: '=~', value: 'c|d' },
      ],
    ],
    ['"a.b" !~ "say \\"hi\\""', [{ label: 'a.b', op: '!~', value: 'say "hi"' }]],
    ['a=""', [{ label: 'a', op: '=', value: '' }]],
    ['nonsense', [undefined]],
    ['', []],
  ])('of %s are read', (text, expected) => {
    expect(parseMatcher(text)).toEqual(expected);
  });

  it.each([
    ['=~', 'pay', 'payments', false],
    ['=~', 'pay.*', 'payments', true],
    ['=~', 'team-(a|b)', 'team-b', true],
    ['!~', '(?:a|b)', 'c', true],
    ['=~', 'a|^b$', 'ab', false],
    ['=~', '.+', '', false],
    ['!=', 'x', '', true],
    ['=~', 'v[0-9]+', 'v12', true],
    ['=~', '(a+)+b', 'ab', undefined],
    ['=~', '(?i)page', 'PAGE', undefined],
    ['=~', '(', 'x', undefined],
  ] as const)('%s %s on "%s" is %s', (op, value, actual, expected) => {
    expect(satisfies({ l: actual }, { label: 'l', op, value })).toBe(expected);
  });

  it('take an absent label for an empty one', () => {
    expect(satisfies({}, { label: 'toString', op: '=', value: '' })).toBe(true);
    expect(satisfies({}, { label: 'env', op: '!=', value: 'prod' })).toBe(true);
  });

  it('never throw, whatever the pattern', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '(?:',
      '|',
      '*',
      '+',
      '?',
      '{',
      '}',
      '[',
      ']',
      '^',
      '$',
      '\\',
      '.',
      'a',
      '-',
      '"',
      ',',
      '=~',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.string({ maxLength: 300 }), (parts, actual) => {
        const text = parts.join('');
        parseMatcher(text);
        satisfies({ l: actual }, { label: 'l', op: '=~', value: text });
      }),
      { numRuns: 2000 },
    );
  });
});
