/** Ends the process with exit code 0 on SIGINT (Ctrl+C) and SIGTERM, also while connections are open. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
}
