/** Where the deployed service gets its secrets from: written out in manifests, values and Terraform, or by reference to a store. Names and places only, never a value. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { type SecretUse, type SecretUses, secretUses } from './secret-sources/kubernetes-secrets.ts';
import { terraformSecrets } from './secret-sources/terraform-secrets.ts';
import { secretsInValues } from './secret-sources/values-secrets.ts';
import { isDocumentation, placeIn } from './sources.ts';

/** One secret that is written out or referred to. */
export interface PlacedUse extends Omit<SecretUse, 'line'> {
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly literals: readonly PlacedUse[];
  readonly references: readonly PlacedUse[];
  /** Entries of Secrets that are written out, and nothing says whether they are secret. */
  readonly unclear: readonly PlacedUse[];
  /** Values that hold a place only. */
  readonly placeholders: number;
  /** Literals in files for development, tests or demonstrations. */
  readonly aside: readonly PlacedUse[];
  /** Files that configure a deployment. */
  readonly files: number;
}

const YAML = /\.(?:ya?ml|tpl)$/i;
const VALUES = /(?:^|\/)(?:[\w.-]*[-_.])?values(?:[-_.][\w.-]*)?\.ya?ml$/i;
const TERRAFORM = /\.tf$/;
/** One of the words without which there is nothing to see, in an object of Kubernetes or of a platform like it. */
const OCCASION = /^\s*["']?kind["']?:\s|secretKeyRef|secretRef|envFrom/m;
const OBJECT = /["']?apiVersion["']?:\s/;
/** Pipelines and Compose files configure something else than the deployed service. */
const OTHER =
  /(?:^|\/)\.(?:github|circleci|gitlab|buildkite|tekton|azure-pipelines)\/|(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$|(?:^|\/)(?:mkdocs|openapi|swagger|\.pre-commit-config|dependabot|renovate|skaffold|cloudbuild)[\w.-]*\.ya?ml$/i;
const ASIDE =
  /(?:^|[/._-])(?:dev|devel|development|local|localhost|test|tests|testing|ci|kind|k3d|minikube|sandbox|demo|demos|example|examples|sample|samples|preview|e2e|load-?tests?|perf|playground|hack|quickstart|tutorial)(?:[/._-]|$)/i;
const USES_CAP = 500;

export const collector = defineCollector<Facts>({
  summary:
    "Kubernetes objects and what resembles them, charts' values and Terraform: variables and Secrets whose value is written out, and references to secrets and stores; names and places only",
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const files = sources.files.filter(
      (file) => file.class === 'source' && !OTHER.test(file.path) && !isDocumentation(file.path),
    );
    const read = files.flatMap((file) => usesIn(file, sources, unread));
    const literals = read.flatMap(({ file, uses }) => placed(file, uses.literals));
    const facts: Facts = {
      literals: literals.filter(({ at }) => !ASIDE.test(at.path)).slice(0, USES_CAP),
      aside: literals.filter(({ at }) => ASIDE.test(at.path)).slice(0, USES_CAP),
      references: read.flatMap(({ file, uses }) => placed(file, uses.references)).slice(0, USES_CAP),
      unclear: read
        .flatMap(({ file, uses }) => placed(file, uses.unclear))
        .filter(({ at }) => !ASIDE.test(at.path))
        .slice(0, USES_CAP),
      placeholders: read.reduce((sum, { uses }) => sum + uses.placeholders, 0),
      files: read.length,
    };
    const note = `${facts.references.length} secrets by reference, ${literals.length} written out`;
    return { facts, looked: { files: read.length, note }, unread, delegated: [] };
  },
});

interface Read {
  readonly file: SourceFile;
  readonly uses: SecretUses;
}

function usesIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly Read[] {
  if (TERRAFORM.test(file.path)) {
    const text = sources.text(file, []);
    return text === undefined ? [] : [{ file, uses: terraformSecrets(text) }];
  }
  if (!YAML.test(file.path) || file.path === sources.manifest.path) return [];
  const text = sources.text(file, []);
  const values = VALUES.test(file.path);
  if (text === undefined || !(values || (OCCASION.test(text) && OBJECT.test(text)))) return [];
  const yaml = sources.yaml(file, unread);
  if (!yaml) return [];
  const [error] = yaml.errors;
  // A template's text is looked through as far as it goes; that is the usual case and no trouble.
  if (error && (!yaml.templated || yaml.documents.length === 0))
    unread.push({ at: placeIn(file, error.line), reason: 'invalid-syntax', detail: error.message });
  const all = yaml.documents.map((document) => (values ? secretsInValues(document) : secretUses(document)));
  return [
    {
      file,
      uses: {
        literals: all.flatMap(({ literals }) => literals),
        references: all.flatMap(({ references }) => references),
        unclear: all.flatMap(({ unclear }) => unclear),
        placeholders: all.reduce((sum, { placeholders }) => sum + placeholders, 0),
      },
    },
  ];
}

function placed(file: SourceFile, uses: readonly SecretUse[]): readonly PlacedUse[] {
  return uses.map(({ line, ...use }) => ({ ...use, at: placeIn(file, line) }));
}
