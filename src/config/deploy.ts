/** The settings of deployments: `deploy` in site.yaml. Credentials come from the environment only. */
import * as z from 'zod';
import { text, webAddress } from '../base/schemas.ts';
import { problem } from '../base/yaml-messages.ts';

/** Schema of `deploy`. */
export const deploySchema = z
  .strictObject({
    /** A folder, `user@host:path` or `s3://bucket/prefix`. */
    to: text.optional(),
    /** Key of IndexNow (https://www.indexnow.org/documentation), which the site publishes as `/<key>.txt`. */
    indexNow: z
      .string()
      .regex(/^[a-zA-Z0-9-]{8,128}$/, problem('index-now'))
      .optional(),
    /** WebSub hub of the feeds (https://www.w3.org/TR/websub/). */
    webSub: webAddress.optional(),
  })
  .prefault({});

export type DeploySettings = z.output<typeof deploySchema>;
