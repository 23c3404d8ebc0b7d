/** Schemas of values that several other schemas share. */
import * as z from 'zod';
import { isFormerAddress } from './addresses.ts';
import { isLanguageTag, suggestLanguage } from './languages.ts';
import { problem } from './yaml-messages.ts';

/** Non-empty text. Leading and trailing white space is trimmed. */
export const text = z.string().trim().min(1);

/** A web address with its scheme, http or https. */
export const webAddress = z.string().regex(/^https?:\/\/\S+$/i, problem('web-address'));

/** A BCP 47 language tag of a known language. */
export const languageTag = z.string().superRefine((tag, context) => checkLanguage(tag, context));

/** Text, or its translations by language tag. */
export const localText = z.union([
  text,
  z
    .record(z.string(), text)
    .refine(texts => Object.keys(texts).length > 0, problem('translations'))
    .superRefine((texts, context) => {
      for (const tag of Object.keys(texts)) checkLanguage(tag, context, [tag]);
    }),
]);

function checkLanguage(tag: string, context: z.core.$RefinementCtx, path: string[] = []): void {
  if (isLanguageTag(tag)) return;
  const { error, params } = problem('language', { meant: suggestLanguage(tag) });
  context.addIssue({ code: 'custom', message: error, params, path });
}

/** Former addresses of a page: paths from the site's root, which may have a query. */
export const formerAddresses = z.array(z.string().refine(isFormerAddress, problem('alias'))).default([]);
/**
 * Converts a schema to a JSON Schema (2020-12) for code editors. `readYaml` reads numbers as text, so `value: 59` is
 * valid.
 * @param isNumeric selects the texts that may be numbers; by default those of any content
 */
export function editorSchema(
  schema: z.ZodType,
  isNumeric: (text: { minLength?: number; enum?: unknown }) => boolean = ({ minLength }) => minLength === 1,
): z.core.JSONSchema.JSONSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      if (jsonSchema.type === 'string' && isNumeric(jsonSchema as { minLength?: number; enum?: unknown }))
        jsonSchema.type = ['string', 'number'] as never;
    },
  });
}
