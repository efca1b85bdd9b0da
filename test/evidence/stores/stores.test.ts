import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnown, type Maybe } from '../../../src/evidence/known.ts';
import { collector } from '../../../src/evidence/stores.ts';
import { collected, spot } from '../collected.ts';

function known<T>(it: Maybe<T> | undefined): string {
  if (!it) return '-';
  return isKnown(it) ? String(it.value) : `? ${it.opaque}`;
}

async function shown(files: Readonly<Record<string, string>>) {
  const { facts } = await collected(collector, files);
  return {
    stores: facts.stores.map(
      ({ name, product, kind, basis, backups, safeguards, copies, expiries }) =>
        `${basis} ${kind} ${product} ${name}` +
        backups.map(({ by, on, schedule }) => `; ${by} ${known(on)} ${known(schedule)}`).join('') +
        safeguards.map(({ by, holds }) => `; keep ${by} ${known(holds)}`).join('') +
        copies.map(({ by, where, holds }) => `; copy ${by} ${where} ${known(holds)}`).join('') +
        expiries.map(({ by, days }) => `; expiry ${by} ${known(days)}`).join(''),
    ),
    jobs: facts.jobs.map(
      ({ name, by, product, on, schedule, kept, at }) =>
        `${name} ${by} ${product ?? '-'} ${known(on)} ${known(schedule)} ${kept ? 'kept' : 'lost'} ${spot(at)}`,
    ),
  };
}

const cron = (script: string, more = '') => `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 3 * * *"
${more}  jobTemplate: { spec: { template: { spec: { containers: [{ name: a, image: alpine, command: [sh, -c, ${JSON.stringify(script)}] }] } } } }
`;

describe('stores', () => {
  it('reads what RDS, DynamoDB and S3 do with data', async () => {
    const { stores } = await shown({
      'infra/main.tf': `
variable "days" { default = 7 }
resource "aws_db_instance" "orders" {
  identifier              = "orders-db"
  engine                  = "postgres"
  backup_retention_period = var.days
  deletion_protection     = true
  lifecycle { prevent_destroy = true }
}
resource "aws_db_instance" "reader" {
  replicate_source_db = aws_db_instance.orders.identifier
}
resource "aws_dynamodb_table" "carts" {
  name = "carts"
  point_in_time_recovery { enabled = true }
}
resource "aws_s3_bucket" "invoices" { bucket = "invoices" }
resource "aws_s3_bucket_versioning" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  versioning_configuration { status = "Suspended" }
}
resource "aws_s3_bucket_lifecycle_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  rule {
    id     = "old"
    status = "Enabled"
    expiration { days = 400 }
  }
}
`,
    });
    expect(stores).toEqual([
      'defined db postgres orders; backup_retention_period true -; keep prevent_destroy true; keep deletion_protection true',
      'defined db dynamodb carts; point_in_time_recovery true -; keep deletion_protection_enabled false',
      'defined bucket s3 invoices; versioning false -; keep force_destroy = false true; expiry lifecycle rule 400',
    ]);
  });

  it('follows a plan of AWS Backup to what it selects, and its copies to a vault of another provider', async () => {
    const { stores } = await shown({
      'infra/main.tf': `
resource "aws_efs_file_system" "files" {}
resource "aws_backup_vault" "far" {
  provider = aws.dr
  name     = "far"
}
resource "aws_backup_plan" "daily" {
  rule {
    schedule = "cron(0 5 ? * * *)"
    copy_action { destination_vault_arn = aws_backup_vault.far.arn }
    copy_action { destination_vault_arn = "arn:aws:backup:eu-west-1:111111111111:backup-vault:near" }
  }
}
resource "aws_backup_selection" "files" {
  plan_id   = aws_backup_plan.daily.id
  resources = [aws_efs_file_system.files.arn]
}
`,
    });
    expect(stores).toEqual([
      'defined volume efs files; aws_backup_plan true cron(0 5 ? * * *); copy copy_action other-region true; copy copy_action other-region ? where arn:aws:backup:eu-west-1:111111111111:backup-vault:near is',
    ]);
  });

  it('reads Cloud SQL and Azure, whose defaults differ', async () => {
    const { stores } = await shown({
      'infra/main.tf': `
resource "google_sql_database_instance" "a" {
  database_version = "POSTGRES_16"
  settings {
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }
  }
}
resource "google_sql_database_instance" "b" { database_version = "MYSQL_8_0" }
resource "azurerm_postgresql_flexible_server" "c" { geo_redundant_backup_enabled = true }
`,
    });
    expect(stores).toEqual([
      'defined db postgres a; backup_configuration true 24h; point_in_time_recovery_enabled true -; keep deletion_protection true',
      'defined db mysql b; backup_configuration false -; keep deletion_protection true',
      'defined db postgres c; backup_retention_days true -; copy geo_redundant_backup_enabled other-region true',
    ]);
  });

  it('counts archived logs of CloudNativePG only where a base backup is scheduled for that cluster', async () => {
    const cluster = (name: string) =>
      `apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: ${name} }\nspec: { backup: { barmanObjectStore: { destinationPath: "s3://x" } } }\n`;
    const { stores } = await shown({
      'deploy/db.yaml': `${cluster('one')}---\n${cluster('two')}---
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata: { name: nightly }
spec: { schedule: "0 0 2 * * *", cluster: { name: one } }
`,
    });
    expect(stores).toEqual([
      'run db postgres one; ScheduledBackup nightly true 0 0 2 * * *; barmanObjectStore true -',
      'run db postgres two',
    ]);
  });

  it.each([
    [
      'pg_dump -h orders-db orders | aws s3 cp - s3://copies/orders.sql',
      'nightly pg_dump postgres true 0 3 * * * kept deploy/job.yaml:6:59',
    ],
    ['mysqldump shop > /tmp/shop.sql', 'nightly mysqldump mysql true 0 3 * * * lost deploy/job.yaml:6:59'],
    [
      'kubectl exec db-0 -- mongodump --archive | rclone rcat far:x',
      'nightly mongodump mongodb true 0 3 * * * kept deploy/job.yaml:6:59',
    ],
    ['restic -r s3:x backup /data', 'nightly restic - true 0 3 * * * kept deploy/job.yaml:6:59'],
  ])('tells by its command that a job saves data: %s', async (script, job) => {
    expect((await shown({ 'deploy/job.yaml': cron(script) })).jobs).toEqual([job]);
  });

  it.each([
    'echo pg_dump',
    'pg_dump --schema-only orders',
    'pg_dump --version',
    './backup-codes --rotate',
    'psql -c "select backup()"',
    'restic snapshots',
    '# pg_dump orders',
  ])('sees no backup in: %s', async (script) => {
    expect((await shown({ 'deploy/backup/backup-job.yaml': cron(script) })).jobs).toEqual([]);
  });

  it('reads the script file that a job or a scheduled workflow calls', async () => {
    const { jobs } = await shown({
      'ops/save.sh': 'set -e\npg_dump orders > o.sql\naws s3 cp o.sql s3://copies/\n',
      'deploy/job.yaml': cron('/opt/save.sh').replace('[sh, -c, "/opt/save.sh"]', '["/opt/save.sh"]'),
      '.github/workflows/save.yml':
        'on: { schedule: [{ cron: "0 1 * * *" }] }\njobs:\n  save:\n    runs-on: x\n    steps:\n      - run: bash ops/save.sh\n',
    });
    expect(jobs).toEqual([
      'nightly pg_dump postgres true 0 3 * * * kept ops/save.sh:2',
      'save pg_dump postgres true 0 1 * * * kept ops/save.sh:2',
    ]);
  });

  it('takes a job that is suspended for off', async () => {
    const { jobs } = await shown({ 'deploy/job.yaml': cron('restic backup /data', '  suspend: true\n') });
    expect(jobs).toEqual(['nightly restic - false 0 3 * * * kept deploy/job.yaml:7:59']);
  });

  it('keeps the names of a connection and neither user nor password', async () => {
    const { facts } = await collected(collector, {
      'config/app.yaml':
        'url: postgres://ledger:hunter2@orders-db.prod.svc:5432/orders?sslmode=require\n# old: mysql://x@y/z\n',
      'config/local.properties': 'db=jdbc:postgresql://localhost:5432/orders\n',
    });
    expect(facts.stores.map(({ names, product, basis }) => [basis, product, ...names])).toEqual([
      ['connected', 'postgres', 'orders-db.prod.svc', 'orders-db', 'orders'],
    ]);
    expect(JSON.stringify(facts)).not.toContain('hunter2');
  });

  it('reads anything without throwing', async () => {
    const word = fc.constantFrom(
      'aws_db_instance',
      'backup_retention_period',
      'kind: Cluster',
      'spec:',
      '{{ x }}',
      '- ',
      '"',
      '{',
      '}',
      '= -1',
      'pg_dump',
      'postgres://a@',
      '://',
      '\n',
      ' ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(word, { maxLength: 30 }),
        fc.constantFrom('a.tf', 'a.yaml', '.env', '.github/workflows/a.yml'),
        async (words, path) => {
          await collected(collector, { [path]: `kind: CronJob\napiVersion: v1\n${words.join('')}` });
        },
      ),
      { numRuns: 60 },
    );
  });
});
