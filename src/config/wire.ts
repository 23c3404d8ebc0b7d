/** The settings for items of news agencies: `wire` in site.yaml. */
import * as z from 'zod';
import type { Report } from '../base/diagnostics.ts';
import { text } from '../base/schemas.ts';
import type { PlaceOf } from '../base/yaml.ts';

/** Schema of `wire`. Subjects are codes such as `medtop:04000000`, or names. */
export const wireSchema = z
  .strictObject({
    /** Desk of items with other subjects. */
    desk: text.optional(),
    /** Desks by subject. */
    desks: z.record(z.string(), text).default({}),
    /** Topics by subject. */
    topics: z.record(z.string(), text).default({}),
    /** Providers whose items are published without an editor. */
    publishFrom: z.array(text).default([]),
  })
  .prefault({});

export type WireSettings = z.output<typeof wireSchema>;

/** Reports desks and topics of `wire` that site.yaml does not define. */
export function checkWire(
  { desk, desks, topics }: WireSettings,
  known: Record<'desks' | 'topics', readonly { id: string }[]>,
  placeOf: PlaceOf,
  report: Report,
): void {
  const check = (key: string, list: 'desks' | 'topics', id: string) => {
    if (known[list].some(item => item.id === id)) return;
    report('error', 'site-config-value/wire-id', placeOf(key), { key, list, id });
  };
  if (desk !== undefined) check('wire.desk', 'desks', desk);
  for (const [subject, id] of Object.entries(desks)) check(`wire.desks.${subject}`, 'desks', id);
  for (const [subject, id] of Object.entries(topics)) check(`wire.topics.${subject}`, 'topics', id);
}
