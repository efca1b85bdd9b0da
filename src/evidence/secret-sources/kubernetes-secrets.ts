/** Finds in Kubernetes objects, and in what resembles them, which secrets are written out and which come from a store. Names and places only. */

import { disorder, isNoSecret } from '../secrets/placeholder-secret.ts';
import { promisesSecret } from '../secrets/secret-name.ts';
import { isOpaque, type YamlDocument, type YamlPath } from '../yaml/yaml.ts';

/** One secret, by the name of its variable or key. */
export interface SecretUse {
  readonly name: string;
  /** What kind of thing holds or refers to it, e.g. `Secret`, `env`, `secretKeyRef`, `ExternalSecret`. */
  readonly by: string;
  readonly line: number;
}

/** What one document shows. */
export interface SecretUses {
  readonly literals: readonly SecretUse[];
  readonly references: readonly SecretUse[];
  /** Entries of a Secret that are written out, and nothing says whether they are secret. */
  readonly unclear: readonly SecretUse[];
  /** Values that only hold a place, to be filled in later. */
  readonly placeholders: number;
}

interface Findings {
  readonly literals: SecretUse[];
  readonly references: SecretUse[];
  readonly unclear: SecretUse[];
  placeholders: number;
}

/** Kinds that fetch secrets from a store or hold them encrypted. */
const STORES =
  /^(?:ExternalSecret|ClusterExternalSecret|SealedSecret|SecretProviderClass|VaultStaticSecret|VaultDynamicSecret|VaultSecret|InfisicalSecret|OnePasswordItem|AzureKeyVaultSecret|AivenApplication|BitwardenSecret|DopplerSecret|SopsSecret|KSOPS|ksops)$/;
/** A reference that a plugin resolves when it is applied, or the path of a file that is mounted. */
const RESOLVED =
  /^(?:<path:|vault:|ref\+|secretref\+|op:\/\/|gcp:secretmanager:|aws(?:sm|ssm)?:|azurekeyvault|\$\(|\$\{|\{\{resolve:|!vault|ENC\[|AgB|projects\/[^/]+\/secrets\/|arn:aws:(?:secretsmanager|ssm):|\.{0,2}\/[\w.-]+\/)/;
const DEPTH = 40;

/** Everything in one document, whatever wraps it: a List, a Template, a platform's own kind. */
export function secretUses(document: YamlDocument): SecretUses {
  const into: Findings = { literals: [], references: [], unclear: [], placeholders: 0 };
  walk(document.value, [], document, into);
  return into;
}

function walk(value: unknown, path: YamlPath, document: YamlDocument, into: Findings): void {
  if (path.length > DEPTH || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], document, into);
    return;
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (typeof object.kind === 'string' && object.apiVersion !== undefined && objectKind(object, path, document, into))
    return;
  for (const [key, child] of Object.entries(object)) {
    const here = [...path, key];
    if (key === 'env' && Array.isArray(child)) variables(child, here, document, into);
    else if (key === 'envFrom' && Array.isArray(child)) sources(child, here, document, into);
    else if (key === 'secretName' || key === 'existingSecret') reference(child, key, here, document, into);
    walk(child, here, document, into);
  }
}

/** Handles objects that are secrets themselves; answers whether the object is dealt with. */
function objectKind(
  object: Readonly<Record<string, unknown>>,
  path: YamlPath,
  document: YamlDocument,
  into: Findings,
): boolean {
  const kind = String(object.kind);
  const name = String(objectOf(object.metadata).name ?? kind);
  if (/^CustomResourceDefinition$/.test(kind)) return true;
  if (STORES.test(kind) || (kind === 'Secret' && object.sops !== undefined)) {
    into.references.push({ name, by: kind === 'Secret' ? 'SOPS' : kind, line: document.at([...path, 'kind']).line });
    return true;
  }
  if (kind !== 'Secret' || !/^v1$/.test(String(object.apiVersion))) return false;
  if (/service-account-token/.test(String(object.type))) return true;
  for (const part of ['data', 'stringData'] as const)
    for (const [key, value] of Object.entries(objectOf(object[part])))
      secretEntry(key, part === 'data' ? decoded(value) : value, [...path, part, key], document, into);
  return true;
}

/** Entries that only say where or who, and what is public anyway. */
const OPEN =
  /\.(?:crt|pub)$|^(?:ca|tls|cert)?\.?(?:crt|cert|pem|pub)$|(?:^|[_.-])(?:user(?:_?name)?|host(?:_?name)?|port|db|database|db_?name|schema|kind|driver|dialect|namespace|url|uri|endpoint|region|bucket|type|name|email|server|ssl_?mode|log_?level|env|environment)$/i;
const WITH_CREDENTIALS = /:\/\/[^/\s:@]{1,200}:[^/\s:@]{1,200}@/;
/** Random text is longer and less orderly than words. */
const SHORTEST = 16;
const LEAST_DISORDER = 3.5;

/** One entry of a Secret: a secret by its name or its looks, open, or neither can be told. */
function secretEntry(key: string, value: unknown, path: YamlPath, document: YamlDocument, into: Findings): void {
  if (typeof value !== 'string' || isOpaque(value) || isResolved(value)) return;
  if (isNoSecret(key, value)) {
    into.placeholders += value.trim() === '' ? 0 : 1;
    return;
  }
  if (/^-----BEGIN (?:CERTIFICATE|PUBLIC KEY)/.test(value)) return;
  const random = value.length >= SHORTEST && !/\s|[{}<>]/.test(value.trim()) && disorder(value) >= LEAST_DISORDER;
  const use = { name: key, by: 'Secret', line: document.at(path).line };
  if (WITH_CREDENTIALS.test(value) || /PRIVATE KEY-----/.test(value) || promisesSecret(key)) into.literals.push(use);
  else if (OPEN.test(key)) return;
  else if (random) into.literals.push(use);
  else into.unclear.push(use);
}

/** The text of base64, which is an encoding and hides nothing. */
function decoded(value: unknown): unknown {
  if (typeof value !== 'string' || isOpaque(value)) return value;
  return /^[A-Za-z0-9+/\s]+={0,2}$/.test(value.trim()) ? Buffer.from(value, 'base64').toString('utf8') : value;
}

function variables(list: readonly unknown[], path: YamlPath, document: YamlDocument, into: Findings): void {
  list.forEach((item, index) => {
    const { name, value, valueFrom } = objectOf(item);
    if (typeof name !== 'string') return;
    const line = document.at([...path, index]).line;
    if (objectOf(valueFrom).secretKeyRef !== undefined) into.references.push({ name, by: 'secretKeyRef', line });
    else if (typeof value === 'string' && promisesSecret(name) && !isOpaque(value)) {
      if (isResolved(value)) into.references.push({ name, by: 'reference', line });
      else if (isNoSecret(name, value)) into.placeholders += value.trim() === '' ? 0 : 1;
      else into.literals.push({ name, by: 'env', line });
    }
  });
}

/** `secretRef` of Kubernetes, and `secret` as NAIS writes it. */
function sources(list: readonly unknown[], path: YamlPath, document: YamlDocument, into: Findings): void {
  list.forEach((item, index) => {
    const { secretRef, secret } = objectOf(item);
    const name = typeof secret === 'string' ? secret : objectOf(secretRef).name;
    if (secretRef !== undefined || typeof secret === 'string')
      into.references.push({
        name: typeof name === 'string' ? name : 'secret',
        by: 'secretRef',
        line: document.at([...path, index]).line,
      });
  });
}

function reference(value: unknown, key: string, path: YamlPath, document: YamlDocument, into: Findings): void {
  if (typeof value !== 'string' || value.trim() === '' || (isOpaque(value) && key === 'existingSecret')) return;
  // The certificate of an Ingress is no secret of the service.
  if (path.includes('tls')) return;
  into.references.push({ name: isOpaque(value) ? 'secret' : value, by: key, line: document.at(path).line });
}

function isResolved(value: string): boolean {
  return RESOLVED.test(value.trim());
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
