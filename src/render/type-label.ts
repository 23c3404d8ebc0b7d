/** Labels of types of work in lists, feeds and search results. */
import { type WorkType, workTypes } from '../article/keys.ts';
import type { Translate } from './views.ts';

/** Types of work that need no label in lists, because readers expect them. */
const unlabelled: ReadonlySet<WorkType> = new Set(['news', 'report', 'agency']);

/** Label of a story in lists, such as `Opinion`, so that readers can tell views from news; empty for news. */
export const typeLabel = (type: WorkType, t: Translate): string =>
  unlabelled.has(type) ? '' : t(`type-${type}`);

/** All labels by type of work, without empty ones. */
export const typeLabels = (t: Translate): Partial<Record<WorkType, string>> =>
  Object.fromEntries(workTypes.flatMap(type => (typeLabel(type, t) ? [[type, typeLabel(type, t)]] : [])));
