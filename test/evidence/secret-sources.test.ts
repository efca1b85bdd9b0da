import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/secret-sources.ts';
import { collected, spot } from './collected.ts';

async function uses(files: Readonly<Record<string, string>>) {
  const { facts } = await collected(collector, files);
  const shown = (list: typeof facts.literals) => list.map(({ name, by, at }) => `${name} ${by} ${spot(at)}`);
  return {
    literals: shown(facts.literals),
    references: shown(facts.references),
    unclear: shown(facts.unclear),
    aside: shown(facts.aside),
    placeholders: facts.placeholders,
  };
}

const encoded = (text: string) => Buffer.from(text).toString('base64');

function secret(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `  ${key}: ${encoded(value)}`);
  return ['apiVersion: v1', 'kind: Secret', 'metadata: { name: checkout }', 'data:', ...lines, ''].join('\n');
}

describe('where secrets come from', () => {
  it('sees variables wherever a platform puts them', async () => {
    const env = [
      '      - { name: DB_PASSWORD, value: hunter2 }',
      '      - { name: TOKEN_TTL, value: "3600" }',
      '      - { name: API_TOKEN, valueFrom: { secretKeyRef: { name: checkout, key: token } } }',
      '      - { name: CLIENT_SECRET, value: "$(FROM_ELSEWHERE)" }',
      '      - { name: PEPPER_SECRET, value: /run/secrets/pepper }',
      '      - { name: OTHER_PASSWORD, value: changeme }',
    ].join('\n');
    const template = `apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n- apiVersion: apps/v1\n  kind: Deployment\n  spec:\n    containers:\n    - env:\n${env}\n`;
    expect(await uses({ 'deploy/app.yaml': template })).toEqual({
      literals: ['DB_PASSWORD env deploy/app.yaml:9'],
      references: [
        'API_TOKEN secretKeyRef deploy/app.yaml:11',
        'CLIENT_SECRET reference deploy/app.yaml:12',
        'PEPPER_SECRET reference deploy/app.yaml:13',
      ],
      unclear: [],
      aside: [],
      placeholders: 1,
    });
  });

  it('decodes entries of Secrets, and tells open ones and unclear ones apart', async () => {
    const entries = {
      password: 'hunter2',
      username: 'checkout',
      'ca.crt': '-----BEGIN CERTIFICATE-----',
      DATABASE_URL: 'postgres://checkout:hunter2@db/checkout',
      HOST: 'db.svc',
      'settings.json': '{ "a": 1 }',
      salt: 'kT9vQ2mXz7RbN4cW8pLs',
    };
    const { literals, unclear } = await uses({ 'deploy/secret.yaml': secret(entries) });
    expect(literals.map((it) => it.split(' ')[0])).toEqual(['password', 'DATABASE_URL', 'salt']);
    expect(unclear.map((it) => it.split(' ')[0])).toEqual(['settings.json']);
  });

  it('takes stores, sealed and encrypted objects for references', async () => {
    const sops = `${secret({ password: 'x' }).replace(encoded('x'), 'ENC[AES256_GCM,data:p673w==,type:str]')}sops: { version: 3.9.0 }\n`;
    const { literals, references } = await uses({
      'deploy/a.yaml': 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: a }\n',
      'deploy/b.yaml':
        'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: b }\nspec: { encryptedData: { password: AgBy3i } }\n',
      'deploy/c.yaml': sops,
      '.nais/app.yaml': 'apiVersion: nais.io/v1alpha1\nkind: Application\nspec:\n  envFrom:\n    - secret: checkout\n',
    });
    expect(literals).toEqual([]);
    expect(references.map((it) => it.split(' ')[1])).toEqual(['secretRef', 'ExternalSecret', 'SealedSecret', 'SOPS']);
  });

  it("reads charts' values", async () => {
    const values = [
      'generic-service:',
      '  namespace_secrets:',
      '    checkout: { API_TOKEN: token }',
      '  ingress: { annotations: { nginx.ingress.kubernetes.io/auth-tls-secret: "ns/ca" } }',
      'db: { password: hunter2, existingSecret: checkout-db }',
      'ssh: { secret: checkout-ssh-key }',
      'token: token',
      'other: { password: "" }',
    ].join('\n');
    const { literals, references, placeholders } = await uses({ 'chart/values-prod.yaml': values });
    expect(literals).toEqual(['password values chart/values-prod.yaml:5']);
    expect(references.map((it) => it.split(' ')[0])).toEqual(['checkout-db', 'namespace_secrets', 'checkout-ssh-key']);
    expect(placeholders).toBe(1);
  });

  it('reads Terraform line by line', async () => {
    const text = [
      'data "aws_secretsmanager_secret" "db" {}',
      '# password = "old"',
      'user_password = "admin"',
      'password = var.password',
      'secret_arn = "arn:aws:secretsmanager:x"',
      'http_tokens = "required"',
      'token = "$' + '{local.token}"',
    ].join('\n');
    const { literals, references } = await uses({ 'infra/db.tf': text });
    expect(literals).toEqual(['user_password Terraform infra/db.tf:3']);
    expect(references).toEqual(['db aws_secretsmanager_secret infra/db.tf:1']);
  });

  it('sets files for development aside, and does not read Compose files', async () => {
    const { literals, aside } = await uses({
      'chart/values-dev.yaml': 'db: { password: hunter2 }\n',
      'compose.yaml': 'apiVersion: x\nkind: y\nservices: { db: { env: [{ name: PASSWORD, value: hunter2 }] } }\n',
    });
    expect(literals).toEqual([]);
    expect(aside).toEqual(['password values chart/values-dev.yaml:1']);
  });

  it('never keeps a value, and never throws', async () => {
    const word = fc.constantFrom(
      'password',
      'env',
      '- name',
      'value',
      'kind',
      'data',
      'stringData',
      '{{ .x }}',
      '&a b',
      '*a',
    );
    const value = fc.constantFrom('hunter2', '', 'Secret', '|', '[', 'aHVudGVyMg==');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, value, fc.nat(6))), async (lines) => {
        const text = lines.map(([key, held, indent]) => `${' '.repeat(indent)}${key}: ${held}`).join('\n');
        const gathered = await collected(collector, {
          'values.yaml': text,
          'a.yaml': `apiVersion: v1\nkind: Secret\n${text}`,
        });
        expect(JSON.stringify(gathered.facts)).not.toMatch(/hunter2|aHVudGVy/);
      }),
      { numRuns: 60 },
    );
    const { facts } = await collected(collector, { 'deploy/s.yaml': secret({ password: 'hunter2-is-mine' }) });
    expect(JSON.stringify(facts)).not.toMatch(/hunter2|aHVudGVy/);
  });
});
