/**
 * Renders the site's templates with Eta. Templates are compiled once, and their errors have a file and a
 * line.
 */
import { Script } from 'node:vm';
import { Eta } from 'eta/core';
import {
  type Code,
  createDiagnostic,
  type DataArguments,
  type Diagnostic,
  type Messages,
  type Place,
} from '../base/diagnostics.ts';
import { renderMessages } from './messages.ts';
import { placeAt, unclosedBlock } from './template-braces.ts';

type TemplateCode = Extract<Code, `template/${string}`>;

/**
 * Error in a template during rendering. The code that catches it adds the place and throws a `TemplateError`.
 * The message is shown only if nothing catches the error; diagnostics use the code and data.
 */
export class TemplateFault<Own extends TemplateCode = TemplateCode> extends Error {
  override name = 'TemplateFault';
  readonly code: Own;
  readonly data: DataArguments<Messages[Own]>;

  constructor(code: Own, ...data: DataArguments<Messages[Own]>) {
    const message = renderMessages[code] as string | ((data: unknown) => string);
    super(typeof message === 'string' ? message : message(data[0]));
    this.code = code;
    this.data = data;
  }
}

/** Error in a file of templates/, with its place. */
export class TemplateError<Own extends TemplateCode = TemplateCode> extends TemplateFault<Own> {
  override name = 'TemplateError';
  readonly file: string;
  readonly place: Place | undefined;

  /**
   * Creates the error.
   * @param file path relative to the site's root
   */
  constructor(file: string, place: Place | undefined, code: Own, ...data: DataArguments<Messages[Own]>) {
    super(code, ...data);
    this.file = file;
    this.place = place;
  }

  /** Converts the error to a diagnostic. */
  toDiagnostic(): Diagnostic {
    return createDiagnostic(this.file, 'error', this.code, this.place, ...this.data);
  }
}

export interface Templates {
  /**
   * Renders a template.
   * @param name path below templates/, without extension: `elements/quote`
   * @throws TemplateError
   */
  render(name: string, data: object): string;
}

/** Input of `createTemplates`, as plain data that can be sent to a worker. */
export interface TemplatesInput {
  /** Texts by path below templates/, which have passed `checkTemplates`. */
  files: ReadonlyMap<string, string>;
  /**
   * Whether unknown fields are errors, which makes a build 5% slower. Not needed if all templates belong to
   * the package, because its tests are strict.
   */
  isStrict: boolean;
}

/** Creates a renderer that compiles each template on first use. */
export function createTemplates({ files, isStrict }: TemplatesInput): Templates {
  const eta = new PageEta(files, isStrict ? makeStrict : undefined);
  return { render: (name, data) => eta.render(name, data) };
}

/**
 * Checks whether templates compile, and whether the templates that they include exist.
 * @param files texts by path below templates/
 * @param names files to check; names that do not end in .html are ignored
 * @returns the first syntax error, or all missing includes, of each template
 */
export function checkTemplates(
  files: ReadonlyMap<string, string>,
  names: readonly string[],
): TemplateError[] {
  const eta = new PageEta(files);
  return names.flatMap(name => {
    if (!name.endsWith('.html')) return [];
    const error = eta.check(name);
    return error ? [error] : findMissing(name, files);
  });
}

/** Matches calls that name a template by a literal. */
const references = /\b(?:include|layout)\(\s*(['"`])([^'"`\n]+)\1/g;

/**
 * Finds the templates that a template names, but which do not exist. Rendering reports them too, but only once the
 * rest of the site has no errors.
 */
function findMissing(name: string, files: ReadonlyMap<string, string>): TemplateError[] {
  const text = files.get(name)!;
  const known = [...files.keys()].filter(key => key.endsWith('.html'));
  return [...text.matchAll(/<%[\s\S]*?%>/g)].flatMap(({ 0: tag, index }) =>
    [...tag.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(references)].flatMap(({ 2: reference = '' }) => {
      const wanted = reference.endsWith('.html') ? reference : `${reference}.html`;
      if (files.has(wanted)) return [];
      const place = { line: placeAt(text, index).line, column: 1 };
      return [new TemplateError(`templates/${name}`, place, 'template/include', { name: wanted, known })];
    }),
  );
}

/** Maximum depth of nested includes. */
const includeLimit = 50;

class PageEta extends Eta {
  readonly #files: ReadonlyMap<string, string>;

  constructor(files: ReadonlyMap<string, string>, prepare: (data: object) => object = data => data) {
    super({
      cache: true,
      debug: true,
      autoTrim: [false, 'nl'],
      escapeFunction: escapeHtml,
      filterFunction: String,
      plugins: [{ processFnString: withoutUnused }],
    });
    this.#files = files;
    this.resolvePath = name => (name.endsWith('.html') ? name : `${name}.html`);
    this.readFile = name => {
      const text = this.#files.get(name);
      if (text === undefined) {
        const known = [...this.#files.keys()].filter(key => key.endsWith('.html'));
        throw new TemplateFault('template/include', { name, known });
      }
      return text;
    };
    this.RuntimeErr = (error, _text, line, path): never => {
      if (error instanceof TemplateError) throw error;
      const file = `templates/${path}`;
      const place = { line, column: 1 };
      if (error instanceof TemplateFault) throw new TemplateError(file, place, error.code, ...error.data);
      const message = error instanceof Error ? error.message : String(error);
      throw new TemplateError(file, place, 'template/failed', { message });
    };
    const render = this.render;
    let depth = 0;
    this.render = (template, data, meta) => {
      if (depth >= includeLimit) throw new TemplateFault('template/endless', { name: String(template) });
      depth++;
      try {
        return render.call(this, template, prepare(data), meta);
      } finally {
        depth--;
      }
    };
  }

  /** Compiles a template and locates its first error, because Eta's syntax errors do not name the file. */
  check(name: string): TemplateError | undefined {
    const text = this.#files.get(name)!;
    let source: string;
    try {
      source = this.compileToString(text, { filepath: name });
    } catch (error) {
      const [, message, line, column] =
        /^(.*?)(?: at line (\d+) col (\d+))?:?\s*(?:\n|$)/.exec((error as Error).message) ?? [];
      return new TemplateError(
        `templates/${name}`,
        line === undefined ? undefined : { line: Number(line), column: Number(column) },
        'template/syntax',
        { message: message ?? 'The template cannot be compiled' },
      );
    }
    const wrapped = `(function(it, options) {${source}\n})`;
    try {
      new Script(wrapped, { filename: 'template' });
      return undefined;
    } catch (error) {
      const opening = unclosedBlock(text);
      if (opening) return new TemplateError(`templates/${name}`, opening, 'template/block');
      const scriptLine = Number(/template:(\d+)/.exec((error as Error).stack ?? '')?.[1] ?? 0);
      const marks = wrapped
        .split('\n')
        .slice(0, scriptLine)
        .join('\n')
        .match(/__eta\.line=(\d+)/g);
      const line = marks ? Number(marks.at(-1)!.slice('__eta.line='.length)) : 1;
      const { message } = error as Error;
      return new TemplateError(`templates/${name}`, { line, column: 1 }, 'template/script', { message });
    }
  }
}

const helpers =
  /^(?:let includeAsync = |(?:async )?function (?:output|capture|captureAsync|block|blockAsync)\().*\n/gm;

/** Removes Eta's helpers from templates that call none, because Eta redeclares them on every render. */
function withoutUnused(source: string): string {
  const rest = source.replace(helpers, '');
  return /\b(?:includeAsync|output|capture|captureAsync|block|blockAsync)\b/.test(rest) ? source : rest;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  // Replaces NUL with U+FFFD, as HTML parsers do.
  '\0': '\ufffd',
};

/** Escapes a value for HTML. Prints `undefined` and `null` as empty text. */
function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return /[\0&<>"']/.test(text) ? text.replace(/[\0&<>"']/g, char => entities[char]!) : text;
}

/**
 * Creates a prototype that throws if an unknown field is read. `__blocks` belongs to Eta and may be missing.
 */
function strictPrototype(prototype: object): object {
  return new Proxy(prototype, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && key !== '__blocks')
        throw new TemplateFault('template/field', {
          name: key,
          known: Object.keys(receiver).filter(name => name !== '__blocks'),
        });
      return Reflect.get(target, key, receiver);
    },
  });
}

const strictObject = strictPrototype(Object.prototype);
const strictArray = strictPrototype(Array.prototype);

/**
 * Changes the prototypes of data so that reading an unknown field throws. Reading known fields is as fast as
 * before.
 */
function makeStrict<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Array.prototype) {
    for (const item of value as unknown[]) makeStrict(item);
    return Object.setPrototypeOf(value, strictArray);
  }
  if (prototype !== Object.prototype) return value;
  for (const key in value) makeStrict(value[key]);
  return Object.setPrototypeOf(value, strictObject);
}
