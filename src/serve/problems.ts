/** Problems of a build, as the browser shows them. */
import { formatPlace, printable } from '../base/diagnostics.ts';
import { failureText } from '../base/failure.ts';
import type { BuildResult } from '../build/options.ts';

/** A problem of the site, in plain text. */
export interface Problem {
  /** File, line and column; empty for an exception, as is `ruleId`. */
  where: string;
  severity: 'error' | 'warning';
  ruleId: string;
  reason: string;
}

/** Problems of a build, errors first. */
export function problemsOf(outcome: BuildResult | Error): Problem[] {
  if (outcome instanceof Error) {
    return [{ where: '', severity: 'error', ruleId: '', reason: failureText(outcome) }];
  }
  const problems = outcome.diagnostics.map(diagnostic => ({
    where: formatPlace(diagnostic),
    severity: diagnostic.severity,
    ruleId: diagnostic.ruleId,
    reason: printable(diagnostic.reason),
  }));
  return [
    ...problems.filter(({ severity }) => severity === 'error'),
    ...problems.filter(({ severity }) => severity === 'warning'),
  ];
}
