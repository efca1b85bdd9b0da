// What findings say, unpacked when it is asked for: a pack holds some dozens of services.

/** @typedef {import('../../audit/page-data.ts').Pack} Pack */
/** @typedef {import('../../audit/page-data.ts').PageFinding} PageFinding */

/** @type {Map<number, Promise<Pack>>} */
const packs = new Map();

/**
 * The unmet findings of a service.
 * @param {number} service its index
 * @param {number} perPack
 * @returns {Promise<readonly PageFinding[]>}
 */
export async function findingsOf(service, perPack) {
  const number = Math.floor(service / perPack);
  const pack = packs.get(number) ?? unpacked(number);
  packs.set(number, pack);
  return (await pack)[service % perPack] ?? [];
}

/**
 * @param {number} number
 * @returns {Promise<Pack>}
 */
async function unpacked(number) {
  const bytes = Uint8Array.from(atob((await elementOf(number)).trim()), (it) => it.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return JSON.parse(await new Response(stream).text());
}

/**
 * The rest of the page may still be on its way.
 * @param {number} number
 */
async function elementOf(number) {
  if (document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  return document.getElementById(`pack-${number}`)?.textContent ?? '';
}
