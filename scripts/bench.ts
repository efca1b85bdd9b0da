/** `npm run bench`: what commands on one repository take; with `--estate`, what an audit of very many takes, which is a matter of minutes. */
await import(process.argv.includes('--estate') ? './bench-estate.ts' : './bench-one.ts');

export {};
