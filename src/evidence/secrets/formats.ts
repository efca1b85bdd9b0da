/** How secrets of well-known providers are recognised by their own format, each with where the format is written down. A table; keeps no value. */
import { crc32 } from 'node:zlib';

/** One format. */
export interface SecretFormat {
  readonly name: string;
  /** Matches the whole secret; bounded, so that a hostile text costs no more than its length. */
  readonly pattern: RegExp;
  /** Text without which nothing can match. */
  readonly sign: string;
  /** A word that the same line has to hold, where the format alone may be anything. */
  readonly beside?: RegExp;
  /** Whether its own check digits fit. */
  readonly fits?: (secret: string) => boolean;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** GitHub's and npm's tokens end in the CRC-32 of what stands between prefix and end, in six digits to the base 62. */
function hasChecksum(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1);
  let rest = crc32(body.slice(0, -6));
  let digits = '';
  for (; rest > 0; rest = Math.floor(rest / 62)) digits = `${BASE62[rest % 62]}${digits}`;
  return digits.padStart(6, '0') === body.slice(-6);
}

export const FORMATS: readonly SecretFormat[] = [
  // AWS IAM: identifiers, unique ID prefixes. Base 32.
  { name: 'AWS access key', sign: 'AKIA', pattern: /\bAKIA[A-Z2-7]{16}\b/g },
  // GitHub: "Behind GitHub's new authentication token formats".
  { name: 'GitHub token', sign: 'gh', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/g, fits: hasChecksum },
  {
    name: 'GitHub fine-grained token',
    sign: 'github_pat_',
    pattern: /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/g,
  },
  // GitLab: token overview, default prefixes.
  { name: 'GitLab token', sign: 'glpat-', pattern: /\bglpat-[A-Za-z0-9_-]{20}(?![A-Za-z0-9_-])/g },
  // Slack: token types; incoming webhooks.
  {
    name: 'Slack token',
    sign: 'xox',
    pattern: /\bxox[abprs]-\d{10,13}-\d{10,13}-(?:\d{10,13}-)?[A-Za-z0-9]{24,34}\b/g,
  },
  {
    name: 'Slack webhook',
    sign: 'hooks.slack.com',
    pattern: /\bhooks\.slack\.com\/services\/T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{24}\b/g,
  },
  // Stripe: API keys. Keys of the test mode are not secrets of production.
  { name: 'Stripe key', sign: '_live_', pattern: /\b[sr]k_live_[A-Za-z0-9]{24,99}\b/g },
  // Google Cloud: using API keys. Those of browsers and apps are told apart by what stands around them.
  { name: 'Google API key', sign: 'AIza', pattern: /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g },
  // RFC 7468; OpenSSH PROTOCOL.key. The text itself is looked at, because documentation shows the first line alone.
  {
    name: 'private key',
    sign: 'PRIVATE KEY',
    pattern:
      /-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP )?PRIVATE KEY(?: BLOCK)?-----(?:\\n|\\r|[\sA-Za-z0-9+/=,:.()"'|-]){64,200}/g,
  },
  // npm: "Announcing npm's new access token format".
  { name: 'npm token', sign: 'npm_', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g, fits: hasChecksum },
  // PyPI: API tokens are macaroons whose location is pypi.org.
  { name: 'PyPI token', sign: 'pypi-AgEIcHlwaS5vcmc', pattern: /\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,200}/g },
  // Azure Storage: connection strings.
  { name: 'Azure storage key', sign: 'AccountKey=', pattern: /\bAccountKey=[A-Za-z0-9+/]{86}==/g },
  // Microsoft Entra: client secrets carry a fixed mark.
  { name: 'Entra client secret', sign: 'Q~', pattern: /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g },
  // Twilio: API keys. Hexadecimal digits are common, so that the name has to stand beside them.
  { name: 'Twilio key', sign: 'SK', pattern: /\bSK[0-9a-f]{32}\b/g, beside: /twilio/i },
  // SendGrid: API keys.
  { name: 'SendGrid key', sign: 'SG.', pattern: /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])/g },
  // Mailgun: private API keys.
  { name: 'Mailgun key', sign: 'key-', pattern: /\bkey-[0-9a-f]{32}\b/g, beside: /mailgun/i },
  // DigitalOcean: token formats.
  { name: 'DigitalOcean token', sign: 'dop_v1_', pattern: /\bdop_v1_[0-9a-f]{64}\b/g },
  // OpenAI and Anthropic: keys carry fixed marks.
  { name: 'OpenAI key', sign: 'T3BlbkFJ', pattern: /\bsk-[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}/g },
  { name: 'Anthropic key', sign: 'sk-ant-', pattern: /\bsk-ant-[a-z0-9]{5,8}-[A-Za-z0-9_-]{93,110}/g },
  // Shopify: access tokens.
  { name: 'Shopify token', sign: 'shp', pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-f]{32}\b/g },
  // HashiCorp Vault: service tokens since 1.10.
  { name: 'Vault token', sign: 'hvs.', pattern: /\bhvs\.[A-Za-z0-9_-]{90,120}/g },
  // HCP Terraform: API tokens.
  { name: 'Terraform token', sign: '.atlasv1.', pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,70}/g },
  // Grafana: service account tokens.
  { name: 'Grafana token', sign: 'glsa_', pattern: /\bglsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}\b/g },
  // New Relic: user keys.
  { name: 'New Relic key', sign: 'NRAK-', pattern: /\bNRAK-[A-Z0-9]{27}\b/g },
  // Docker: personal access tokens.
  { name: 'Docker Hub token', sign: 'dckr_pat_', pattern: /\bdckr_pat_[A-Za-z0-9_-]{27}(?![A-Za-z0-9_-])/g },
  // age: key generation.
  { name: 'age key', sign: 'AGE-SECRET-KEY-1', pattern: /\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}\b/g },
];
