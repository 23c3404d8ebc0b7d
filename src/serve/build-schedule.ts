/**
 * Decides when `dev` builds: after changes, and when a story appears or expires. Only one build runs at a
 * time.
 */

export interface BuildSchedule {
  /** Builds now, or after the running build. @param paths absolute paths of the changed files */
  add(paths: Iterable<string>): void;
  /** Builds now. Resolves when this build has ended. */
  start(): Promise<void>;
  close(): void;
}

/** Longest delay of a timer in Node, in milliseconds. */
const longestDelay = 2 ** 31 - 1;

/**
 * Creates a schedule, which builds nothing before `start`.
 * @param build builds the site and must not throw. `changed` has the absolute paths of the changed files; it is
 * empty for the first build and when a story appears or expires. The result is when to build again without a
 * change, in milliseconds since the epoch; undefined for never.
 */
export function createBuildSchedule(
  build: (changed: readonly string[]) => Promise<number | undefined>,
): BuildSchedule {
  const changed = new Set<string>();
  let isBuilding = false;
  let isClosed = false;
  let alarm: NodeJS.Timeout | undefined;

  const start = async () => {
    isBuilding = true;
    clearTimeout(alarm);
    const paths = [...changed];
    changed.clear();
    const next = await build(paths);
    isBuilding = false;
    if (isClosed) return;
    if (changed.size > 0) void start();
    else if (next !== undefined) waitUntil(next);
  };
  const waitUntil = (moment: number) => {
    const delay = Math.min(moment - Date.now(), longestDelay);
    alarm = setTimeout(() => (Date.now() < moment ? waitUntil(moment) : void start()), delay);
  };

  return {
    start,
    add(paths) {
      for (const path of paths) changed.add(path);
      if (!isBuilding && !isClosed) void start();
    },
    close() {
      isClosed = true;
      clearTimeout(alarm);
    },
  };
}
