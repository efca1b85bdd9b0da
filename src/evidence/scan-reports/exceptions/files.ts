/** Which files hold exceptions for vulnerabilities, by their paths. Pure, so that checks may use it. */

const FILES = {
  'osv-scanner.toml': /(?:^|\/)osv-scanner\.toml$/,
  'deny.toml': /(?:^|\/)\.?deny\.toml$/,
  'audit.toml': /(?:^|\/)\.cargo\/audit\.toml$/,
  '.trivyignore': /(?:^|\/)\.trivyignore$/,
  '.trivyignore.yaml': /(?:^|\/)\.?trivyignore\.ya?ml$/,
  '.grype.yaml': /(?:^|\/)(?:\.grype\.ya?ml|\.grype\/config\.ya?ml)$/,
  '.bundler-audit.yml': /(?:^|\/)\.bundler-audit\.ya?ml$/,
  '.snyk': /(?:^|\/)\.snyk$/,
  'audit-ci': /(?:^|\/)\.?audit-ci\.(?:json|jsonc|json5)$/,
  '.nsprc': /(?:^|\/)\.nsprc$/,
  OpenVEX: /(?:^|\/)(?:\.vex\/[^/]+\.json|[\w.-]+\.(?:open)?vex\.json|(?:open)?vex\.json)$/,
  'dependency-check': /suppress[\w.-]*\.xml$/i,
} as const;

/** A kind of file, by the name people have for it. */
export type ExceptionFile = keyof typeof FILES;

const KINDS = Object.entries(FILES) as readonly (readonly [ExceptionFile, RegExp])[];

/** What a path promises; its content may be something else. */
export function exceptionFile(path: string): ExceptionFile | undefined {
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0];
}
