/** What is said of traffic: who may call, how requests come in, what collects metrics, what bounds them. Never throws on odd objects. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector as environments } from '../../src/evidence/environments.ts';
import { collector as network } from '../../src/evidence/network.ts';
import { collector as workloads } from '../../src/evidence/workloads.ts';
import { collected, spot } from './collected.ts';

const POD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: ledger, namespace: money }
spec:
  template:
    metadata: { labels: { app: ledger } }
    spec:
      containers: [{ name: ledger, image: "registry.lumenpay.io/ledger:4.1.0", ports: [{ name: http, containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: ledger, labels: { app: ledger } }
spec: { selector: { app: ledger }, ports: [{ name: http, port: 80 }] }
`;

async function factsOf(...objects: readonly string[]) {
  const { facts } = await collected(workloads, { 'deploy/ledger.yaml': [POD, ...objects].join('---\n') });
  return facts;
}

async function callersBy(spec: string, head = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy') {
  const facts = await factsOf(`${head}\nmetadata: { name: it }\nspec: ${spec}\n`);
  return facts.workloads[0]?.joined.find(({ callers }) => callers !== undefined)?.callers;
}

describe('policies of who may call', () => {
  it.each([
    ['{ podSelector: {} }', 'listed'],
    ['{ podSelector: {}, ingress: [] }', 'listed'],
    ['{ podSelector: {}, policyTypes: [Egress], egress: [] }', 'unsaid'],
    ['{ podSelector: {}, ingress: [{}] }', 'anyone'],
    ['{ podSelector: {}, ingress: [{ from: [] }] }', 'anyone'],
    ['{ podSelector: {}, ingress: [{ ports: [{ port: 8080 }] }] }', 'anyone'],
    ['{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }', 'listed'],
    ['{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }', 'anyone'],
    [
      '{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { a: b } } }] }] }',
      'listed',
    ],
    ['{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }] }', 'anyone'],
    ['{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }, {}] }', 'anyone'],
    ['{ podSelector: { matchLabels: { app: rates } }, ingress: [] }', undefined],
  ])('%s lets in %s', async (spec, callers) => {
    expect(await callersBy(spec)).toBe(callers);
  });

  it.each([
    ['{}', 'listed'],
    ['{ rules: [{}] }', 'anyone'],
    ['{ action: DENY, rules: [{}] }', 'unsaid'],
    ['{ rules: [{ from: [{ source: { principals: ["*"] } }] }] }', 'anyone'],
    ['{ rules: [{ from: [{ source: { namespaces: [shop] } }] }] }', 'listed'],
  ])("the mesh's %s lets in %s", async (spec, callers) => {
    expect(await callersBy(spec, 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy')).toBe(callers);
  });

  it.each([
    ['{ endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }', 'listed'],
    ['{ endpointSelector: {}, ingress: [{ fromEntities: [world] }] }', 'anyone'],
    ['{ endpointSelector: {}, egress: [{}] }', 'unsaid'],
  ])("Cilium's %s lets in %s", async (spec, callers) => {
    expect(await callersBy(spec, 'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy')).toBe(callers);
  });
});

describe('ways in from outside', () => {
  it.each([
    ['apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: it }\nspec: { tls: [{}] }', 'tls'],
    ['apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: it }\nspec: {}', 'unsaid'],
    [
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: it, annotations: { alb.ingress.kubernetes.io/certificate-arn: a } }\nspec: {}',
      'tls',
    ],
    [
      'apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: it }\nspec: { tls: { termination: edge } }',
      'tls',
    ],
    [
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: it }\nspec: { listeners: [{ protocol: HTTPS }, { protocol: HTTP }] }',
      'unclear',
    ],
    [
      'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: it }\nspec: { servers: [{ port: { protocol: HTTP }, tls: { httpsRedirect: true } }, { port: { protocol: HTTPS } }] }',
      'tls',
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: { name: it }\nspec: { type: LoadBalancer, ports: [{ port: 443 }] }',
      'unclear',
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: { name: it }\nspec: { type: LoadBalancer, ports: [{ port: 80 }] }',
      'plain',
    ],
    [
      'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata: { name: it }\nspec: { ingresses: ["http://it.lumenpay.io"] }',
      'plain',
    ],
  ])('%s is %s', async (object, security) => {
    const { edges } = await factsOf(`${object}\n`);
    expect(edges.map((it) => it.security)).toEqual([security]);
  });
});

describe('monitors', () => {
  it('look into the namespaces they name', async () => {
    const monitor = (namespace: string) =>
      `apiVersion: monitoring.coreos.com/v1\nkind: PodMonitor\nmetadata: { name: it, namespace: tools }\nspec: { namespaceSelector: { matchNames: [${namespace}] }, selector: { matchLabels: { app: ledger } }, podMetricsEndpoints: [{ port: http }] }\n`;
    expect((await factsOf(monitor('money'))).monitors.map((it) => it.finds)).toEqual(['yes']);
    expect((await factsOf(monitor('shop'))).monitors.map((it) => it.finds)).toEqual(['unclear']);
  });
});

describe('the network in Terraform', () => {
  it('says from where, on which ports', async () => {
    const { facts } = await collected(network, {
      'infra/main.tf': `resource "azurerm_network_security_rule" "db" {
  direction                  = "Inbound"
  access                     = "Allow"
  source_address_prefix      = "*"
  destination_port_range     = "5432"
}
resource "google_compute_firewall" "web" {
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}
resource "aws_vpc_security_group_ingress_rule" "api" {
  cidr_ipv4   = aws_vpc.main.cidr_block
  ip_protocol = "tcp"
  from_port   = 8080
  to_port     = 8081
}
resource "aws_security_group_rule" "out" {
  type        = "egress"
  cidr_blocks = ["0.0.0.0/0"]
  protocol    = "-1"
}
`,
    });
    expect(facts.openings.map(({ name, from, ports, at }) => [name, from, ports, spot(at)])).toEqual([
      ['azurerm_network_security_rule.db', 'anywhere', '5432', 'infra/main.tf:4:3'],
      ['google_compute_firewall.web', 'anywhere', '443', 'infra/main.tf:8:3'],
      ['aws_vpc_security_group_ingress_rule.api', 'listed', '8080-8081', 'infra/main.tf:15:3'],
    ]);
  });
});

describe('odd input', () => {
  const word = fc.constantFrom('{}', '[]', 'null', 'x', '7', '"{{ x }}"', '[{}]', '[x]', '{ a: { b: c } }', '[[x]]');
  const kinds = fc.constantFrom(
    'networking.k8s.io/v1 NetworkPolicy',
    'cilium.io/v2 CiliumNetworkPolicy',
    'security.istio.io/v1 AuthorizationPolicy',
    'networking.k8s.io/v1 Ingress',
    'route.openshift.io/v1 Route',
    'gateway.networking.k8s.io/v1 Gateway',
    'networking.istio.io/v1 Gateway',
    'networking.istio.io/v1 DestinationRule',
    'traefik.io/v1alpha1 IngressRoute',
    'traefik.io/v1alpha1 Middleware',
    'projectcontour.io/v1 HTTPProxy',
    'gateway.envoyproxy.io/v1alpha1 BackendTrafficPolicy',
    'monitoring.coreos.com/v1 ServiceMonitor',
    'monitoring.coreos.com/v1 PodMonitor',
    'nais.io/v1alpha1 Application',
    'v1 Service',
    'v1 Namespace',
  );
  const keys = fc.constantFrom(
    'podSelector',
    'endpointSelector',
    'selector',
    'ingress',
    'rules',
    'policyTypes',
    'tls',
    'listeners',
    'servers',
    'endpoints',
    'podMetricsEndpoints',
    'namespaceSelector',
    'ports',
    'type',
    'ingresses',
    'accessPolicy',
    'rateLimit',
    'trafficPolicy',
    'targetRefs',
    'routes',
    'virtualhost',
    'entryPoints',
  );
  it('never makes the collector throw', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, fc.array(fc.tuple(keys, word), { maxLength: 5 }), word, async (kind, members, meta) => {
        const [apiVersion, name] = kind.split(' ');
        const spec = [...new Map(members)].map(([key, value]) => `  ${key}: ${value}`).join('\n');
        await factsOf(
          `apiVersion: ${apiVersion}\nkind: ${name}\nmetadata: { name: it, annotations: ${meta}, labels: ${meta} }\nspec:\n${spec || '  x: y'}\n`,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('never makes the keys of values throw, and names each place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(keys, word), { maxLength: 6 }), async (members) => {
        const values = [...new Map(members)].map(([key, value]) => `${key}: ${value}`).join('\n');
        const { facts } = await collected(environments, {
          'chart/Chart.yaml': 'apiVersion: v2\nname: ledger\nversion: 1.0.0\n',
          'chart/values.yaml': values,
          'chart/values-prod.yaml': values,
          'chart/values-staging.yaml': `${values}\n`,
        });
        for (const { environments: all } of facts.charts)
          for (const { keys: found } of all) for (const { at } of found) expect(at.line).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
