/**
 * `npm run bench`: what commands on one repository take; with `--estate`, what an audit of very many takes, which is a matter of
 * minutes; with `--dashboard`, how quick its page is in a browser. `--gate` enforces budgets.
 */
if (process.argv.includes('--dashboard')) {
  const over = await (await import('./bench-dashboard.ts')).benchDashboard();
  process.exitCode = over > 0 && process.argv.includes('--gate') ? 1 : 0;
} else {
  await import(process.argv.includes('--estate') ? './bench-estate.ts' : './bench-one.ts');
}

export {};
