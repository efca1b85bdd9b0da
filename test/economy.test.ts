/** What a run reads: nothing that no selected rule needs, everything once; and what could not be read is said once for each kind. */

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Report } from '../src/model.ts';
import { memoryRepo } from '../src/repo/memory.ts';
import { format as terminal } from '../src/report/terminal.ts';
import { judgeRepository } from '../src/run.ts';
import { YARDSTICK } from './yardstick.ts';

const { parsed } = vi.hoisted(() => ({ parsed: [] as string[] }));

vi.mock('../src/evidence/yaml/yaml.ts', async (original) => {
  const real = await original<typeof import('../src/evidence/yaml/yaml.ts')>();
  const counted: typeof real.parseYaml = (text, options) => {
    parsed.push(text);
    return real.parseYaml(text, options);
  };
  return { ...real, parseYaml: counted };
});

vi.mock('../src/evidence/terraform/parser.ts', async (original) => {
  const real = await original<typeof import('../src/evidence/terraform/parser.ts')>();
  const counted: typeof real.loadTerraformParser = async () => {
    const parse = await real.loadTerraformParser();
    return (text, wanted) => {
      parsed.push(text);
      return parse(text, wanted);
    };
  };
  return { ...real, loadTerraformParser: counted };
});

vi.mock('../src/evidence/pages/page-text.ts', async (original) => {
  const real = await original<typeof import('../src/evidence/pages/page-text.ts')>();
  const counted: typeof real.parsePage = (path, text, parse) => {
    parsed.push(text);
    return real.parsePage(path, text, parse);
  };
  return { ...real, parsePage: counted };
});

const WORKLOAD = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  template:
    spec:
      containers: [{ name: shop, image: "example.test/shop:1", ports: [{ containerPort: 80 }] }]
`;
const FILES = {
  'gonogo.yaml': 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 1\nowner: team-shop\n',
  CODEOWNERS: '* @acme/shop\n',
  'deploy/shop.yaml': WORKLOAD,
  'deploy/alerts.yaml':
    'groups: [{ name: shop, rules: [{ alert: ShopDown, expr: "up == 0", for: 5m, labels: { severity: critical } }] }]\n',
  'deploy/slo.yaml': 'version: prometheus/v1\nservice: shop\nslos: [{ name: availability, objective: 99.9 }]\n',
  'infra/main.tf': 'resource "aws_cloudwatch_metric_alarm" "down" {\n  alarm_name = "down"\n}\n',
  '.github/workflows/ci.yml': 'on: push\njobs: { test: { runs-on: x, steps: [{ run: npm test }] } }\n',
  'docs/runbook.md': '# Runbook\n\n## Diagnosis\n\n`kubectl get pods`\n',
  'config/settings.yaml': 'colour: blue\n',
  Dockerfile: 'FROM example.test/base:1\nUSER 1000\n',
  'src/main.ts': 'export const port = 80;\n',
};

async function judge(files: Readonly<Record<string, string>>, only: readonly string[] = []) {
  const repo = memoryRepo({ files });
  const read: string[] = [];
  const counting: typeof repo = {
    ...repo,
    read: (path, cap) => {
      read.push(path);
      return repo.read(path, cap);
    },
  };
  const report = await judgeRepository(
    { repo: counting, dir: '', rootNamed: () => undefined },
    {
      ...YARDSTICK,
      only,
    },
  );
  const paths = Object.entries(files).flatMap(([path, text]) => parsed.filter((it) => it === text).map(() => path));
  return { report, read, parses: paths.sort() };
}

beforeEach(() => {
  parsed.length = 0;
});

describe('kinds of evidence that no selected rule needs', () => {
  it.each([
    ['ownership/codeowners-covers-service', ['files', 'owners'], []],
    ['non-functionals/slo-as-code', ['files', 'references', 'slos'], ['deploy/slo.yaml']],
    ['observability/alerts-defined', undefined, ['deploy/alerts.yaml', 'infra/main.tf']],
    // One reading of Terraform serves all kinds that ask for some of it.
    ['release/readiness-probe', ['files', 'workloads'], ['deploy/shop.yaml', 'infra/main.tf']],
    ['release/ci-runs-tests', ['files', 'pipelines'], ['.github/workflows/ci.yml']],
  ])('are not gathered for %s', async (rule, kinds, files) => {
    const { report, parses } = await judge(FILES, [rule]);
    if (kinds) expect(report.services[0]?.looked.map(({ kind }) => kind)).toEqual(kinds);
    expect(parses).toEqual(files);
  });

  it('are not even opened for ownership', async () => {
    const { read } = await judge(FILES, ['ownership']);
    expect(read.filter((path) => /^(infra|docs|src|\.github)\/|Dockerfile/.test(path))).toEqual([]);
  });
});

describe('everything else', () => {
  it('is parsed once however many rules ask, and not at all where nothing in it is of interest', async () => {
    const { parses } = await judge(FILES);
    expect(parses).toEqual([...new Set(parses)]);
    expect(parses).toEqual([
      '.github/workflows/ci.yml',
      'deploy/alerts.yaml',
      'deploy/shop.yaml',
      'deploy/slo.yaml',
      'docs/runbook.md',
      'infra/main.tf',
    ]);
  });
});

describe('a file that cannot be read', () => {
  const broken = { ...FILES, 'deploy/shop.yaml': WORKLOAD.replace('replicas: 2', 'replicas: [2') };

  it('is listed once for a kind, with its place and reason, and not in kinds that it does not concern', async () => {
    const { report } = await judge(broken);
    const listed = (report.services[0]?.looked ?? []).flatMap(({ kind, unread }) =>
      unread.filter(({ at }) => at.path === 'deploy/shop.yaml').map((it) => ({ kind, ...it })),
    );
    expect(listed.map(({ kind }) => kind)).toEqual([...new Set(listed.map(({ kind }) => kind))]);
    expect(listed).toMatchObject(
      listed.map(({ kind }) => ({ kind, reason: 'invalid-syntax', at: { line: expect.any(Number) } })),
    );
    expect(listed.map(({ kind }) => kind)).toContain('workloads');
    expect(listed.map(({ kind }) => kind)).not.toContain('pipelines');
  });

  it('makes the rules that it touches say unknown, and no other', async () => {
    const { report } = await judge(broken);
    const { report: whole } = await judge(FILES);
    const standings = ({ services }: Report) =>
      new Map((services[0]?.findings ?? []).map(({ rule, standing }) => [rule, standing]));
    const [before, after] = [standings(whole), standings(report)];
    for (const rule of ['release/readiness-probe', 'resilience/min-replicas', 'resilience/resource-limits']) {
      expect([rule, after.get(rule)]).toEqual([rule, 'unknown']);
      expect([rule, before.get(rule)]).not.toEqual([rule, 'unknown']);
    }
    const untouched = /^(ownership|runbooks|non-functionals|manifest)\/|alerts-defined$|ci-runs-tests$/;
    for (const [rule, standing] of before) {
      if (untouched.test(rule)) expect([rule, after.get(rule)]).toEqual([rule, standing]);
    }
  });

  it('says nothing of workloads where it is the manifest', async () => {
    const { report } = await judge({ ...FILES, 'gonogo.yaml': `${FILES['gonogo.yaml']}nfrs: [` }, ['release']);
    expect(report.services[0]?.looked.filter(({ kind }) => kind === 'workloads')).toMatchObject([{ unread: [] }]);
  });

  it('is one line for a person', async () => {
    const { report } = await judge(broken, ['release/readiness-probe', 'resilience']);
    const canvas = { width: 200, colour: 0, hyperlinks: false, unicode: true, quiet: false, verbose: false } as const;
    const text = terminal.render(report, canvas);
    const listing = text.slice(text.search(/not read/i));
    expect([...listing.matchAll(/deploy\/shop\.yaml/g)]).toHaveLength(1);
  });
});
