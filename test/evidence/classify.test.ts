/** Which files are a service's own, told from their paths. */
import { describe, expect, it } from 'vitest';
import { classifier } from '../../src/evidence/classify.ts';

const classOf = classifier(undefined);

describe('the class of a file', () => {
  it.each([
    ['src/main.ts', 'source'],
    ['ops/alerts/payments.yaml', 'source'],
    ['chart/values_prod.yaml', 'source'],
    ['chart/values-test.yaml', 'source'],
    ['examples/alerts.yaml', 'example'],
    ['deploy/demo/alerts.yaml', 'example'],
    ['hack/rules.yaml', 'example'],
    ['demo/dashboards/payments.json', 'example'],
    ['.github/skills/alerting/SKILL.md', 'example'],
    ['.github/workflows/ci.yml', 'source'],
    ['.claude/commands/deploy.md', 'example'],
    ['chart/tests/rules.yaml', 'test'],
    ['chart/unittests/prometheus/rules.yaml', 'test'],
    ['ops/alerts/payments_test.yaml', 'test'],
    ['ops/alerts/payments_tests.yml', 'test'],
    ['third_party/alerts.yaml', 'vendored'],
  ])('%s is %s', (path, wanted) => {
    expect(classOf(path, path)).toBe(wanted);
  });

  it('takes folders of Grafana by what they are, not by what they are called', () => {
    const path = 'src/grafana/provisioning/dashboards/demo/requests.json';
    expect(classOf(path, path)).toBe('source');
  });

  it('looks at the part below the folder of the service', () => {
    expect(classOf('examples/shop/ops/alerts.yaml', 'ops/alerts.yaml')).toBe('source');
  });
});
