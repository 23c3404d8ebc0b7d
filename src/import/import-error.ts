/** The error that ends an import. */

/** A problem that ends an import before it writes anything. The message says what to do. */
export class ImportError extends Error {
  override name = 'ImportError';
}
