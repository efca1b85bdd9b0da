/** The name of the policy that a repository may carry at its root. */
export const POLICY_FILE = 'gonogo.policy.yaml';
