/** Finds secrets that Terraform writes out, and those it fetches from a store or makes by itself. Line by line: parses no HCL. Pure. */
import { isNoSecret } from '../secrets/placeholder-secret.ts';
import { promisesSecret } from '../secrets/secret-name.ts';
import type { SecretUse, SecretUses } from './kubernetes-secrets.ts';

/** Resources and data sources that keep or fetch secrets. */
const STORE =
  /^\s*(?:data|resource|ephemeral)\s+"(aws_secretsmanager_secret(?:_version)?|aws_ssm_parameter|google_secret_manager_secret(?:_version)?|azurerm_key_vault_secret|vault_(?:kv_secret_v2|generic_secret|kv_secret)|random_password|onepassword_item)"\s+"([\w-]{1,100})"/;
const SETTING = /^\s*"?([A-Za-z_][\w.-]{0,100})"?\s*[=:]\s*"([^"$%]{1,500})"\s*,?\s*(?:#.*|\/\/.*)?$/;
const LONGEST = 2000;

/** What one file shows. */
export function terraformSecrets(text: string): SecretUses {
  const literals: SecretUse[] = [];
  const references: SecretUse[] = [];
  let placeholders = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.length > LONGEST || /^\s*(?:#|\/\/)/.test(line)) continue;
    const [, by, name] = STORE.exec(line) ?? [];
    if (by && name) references.push({ name, by, line: index + 1 });
    const [, key, value] = SETTING.exec(line) ?? [];
    if (!key || !value || !promisesSecret(key) || isReference(value)) continue;
    if (isNoSecret(key, value)) placeholders += 1;
    else literals.push({ name: key, by: 'Terraform', line: index + 1 });
  }
  return { literals, references, unclear: [], placeholders };
}

/** The name or address of a secret rather than the secret, e.g. a type in `random_password` or a parameter's path. */
function isReference(value: string): boolean {
  return /^(?:arn:|projects\/|\/|https?:|alias\/|vault:)/.test(value) || /\s/.test(value);
}
