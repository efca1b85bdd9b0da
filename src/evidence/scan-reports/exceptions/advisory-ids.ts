/** Whether a word is the id of an advisory, and not that of a rule for configuration or secrets. */

const ADVISORY =
  /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-\w{4}){3}|(?:GO|PYSEC|RUSTSEC|OSV|MAL|GSD|HSEC|RSEC|BIT|CURL|UBUNTU|DEBIAN|ALPINE)-[\w.-]+|(?:DSA|DLA|USN|RHSA|RLSA|ALSA|ELSA|ALAS\w*|SUSE-\w+|GMS|TEMP|NSWG-\w+|SNYK)[-:][\w:.-]+|npm:[\w@/.:-]+)$/i;

/** Ids of Trivy's checks, e.g. AVD-AWS-0086 or KSV001, are none. */
export function isAdvisoryId(word: string): boolean {
  return word.length <= 120 && ADVISORY.test(word);
}
