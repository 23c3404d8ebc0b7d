/** Outcomes of the items of agencies. */

/** A file of the newsroom that was taken out of the next build. */
export interface HeldFile {
  path: string;
  wasPublished: boolean;
}

/** Something that an editor should know. */
export type WireFinding =
  /** The agency withdrew an item. */
  | {
      kind: 'withdrawn';
      title: string;
      provider: string;
      reason: string;
      removed: string[];
      held: HeldFile[];
      /** Files whose front matter could not be changed. */
      failed: string[];
    }
  /** The agency withdrew something, but not what. */
  | {
      kind: 'withdrawal-unmatched';
      title: string;
      provider: string;
      reason: string;
      source: string;
      candidates: string[];
    }
  /** The agency withdrew a picture. */
  | {
      kind: 'picture-withdrawn';
      title: string;
      provider: string;
      picture: string;
      held: HeldFile[];
      failed: string[];
    }
  /** A new version of a story that the newsroom has edited or published. */
  | {
      kind: 'update-beside';
      title: string;
      provider: string;
      path: string;
      update: string;
      wasPublished: boolean;
      isCorrection: boolean;
      correction: string | undefined;
    }
  /** A correction of a story that is published without an editor. */
  | { kind: 'corrected'; title: string; provider: string; path: string; correction: string | undefined }
  /** The rights to a picture end, or have ended. */
  | { kind: 'picture-expired'; picture: string; expires: string; isOver: boolean; paths: string[] }
  /** A trusted item that an editor has to look at. */
  | { kind: 'embargo-unknown'; title: string; provider: string; path: string }
  /** A file of the agency could not be read. */
  | { kind: 'problem'; file: string; line: number | undefined; reason: string };

export type WireOutcome =
  | 'new'
  | 'published'
  | 'updated'
  | 'beside'
  | 'unchanged'
  | 'older'
  | 'removed'
  | 'withdrawn'
  | 'picture'
  | 'other';

/** The result of reading files. */
export interface WireReport {
  findings: WireFinding[];
  /** Number of items by what happened to them. */
  outcomes: Record<WireOutcome, number>;
  /** Subjects without a desk or a topic, with the number of items. */
  unmapped: { subject: string; count: number }[];
  /** Stories that were written, in order. */
  written: { path: string; title: string }[];
}

export interface WireReportBuilder {
  find(finding: WireFinding): void;
  count(outcome: WireOutcome): void;
  written(path: string, title: string): void;
  unmapped(subjects: readonly string[]): void;
  finish(): WireReport;
}

/** Creates an empty report. */
export function createWireReport(): WireReportBuilder {
  const findings: WireFinding[] = [];
  const names: WireOutcome[] = [
    'new',
    'published',
    'updated',
    'beside',
    'unchanged',
    'older',
    'removed',
    'withdrawn',
    'picture',
    'other',
  ];
  const outcomes = Object.fromEntries(names.map(name => [name, 0])) as Record<WireOutcome, number>;
  const unmapped = new Map<string, number>();
  const written = new Map<string, string>();
  return {
    find: finding => void findings.push(finding),
    count: outcome => void outcomes[outcome]++,
    written: (path, title) => void written.set(path, title),
    unmapped(subjects) {
      for (const subject of new Set(subjects)) unmapped.set(subject, (unmapped.get(subject) ?? 0) + 1);
    },
    finish: () => ({
      findings,
      outcomes,
      unmapped: [...unmapped]
        .map(([subject, count]) => ({ subject, count }))
        .toSorted((a, b) => b.count - a.count),
      written: [...written].map(([path, title]) => ({ path, title })),
    }),
  };
}

/** Whether someone in the newsroom has to act at once. */
export function isUrgent(finding: WireFinding): boolean {
  switch (finding.kind) {
    case 'withdrawn':
      return finding.held.length + finding.failed.length > 0;
    case 'picture-withdrawn':
      return finding.held.length + finding.failed.length > 0;
    case 'update-beside':
      return finding.isCorrection && finding.wasPublished;
    case 'picture-expired':
      return finding.isOver;
    case 'corrected':
      return false;
    default:
      return true;
  }
}
