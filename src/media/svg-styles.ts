/** Sanitizes the CSS of drawings: keeps known properties whose values cannot load other files. */
import { type Declaration, Features, transform, transformStyleAttribute } from 'lightningcss';

/** Properties that drawings need: those of SVG 2, and those of text. */
const properties = new Set(
  'alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters color-rendering cx cy d direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning font-optical-sizing font-size font-size-adjust font-stretch font-style font-variant font-variant-alternates font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variant-position font-variation-settings font-weight glyph-orientation-vertical height image-rendering inline-size isolation letter-spacing lighting-color line-height marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow paint-order pointer-events r rx ry shape-inside shape-padding shape-rendering shape-subtract stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-orientation text-overflow text-rendering text-transform transform transform-box transform-origin unicode-bidi vector-effect visibility white-space width word-spacing writing-mode x y'.split(
    ' ',
  ),
);

/** Functions whose arguments are numbers, keywords or paths, in lower case. */
const functions = new Set(
  'calc min max clamp rgb rgba hsl hsla hwb lab lch oklab oklch color matrix matrix3d translate translatex translatey scale scalex scaley rotate skewx skewy path inset circle ellipse polygon blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia'.split(
    ' ',
  ),
);

const tokens = new Set(
  'ident number percentage dimension hash id-hash string comma delim white-space'.split(' '),
);

/** CSS that is safe to publish, and whether unsafe parts were removed from it. */
export interface CleanStyles {
  css: string;
  unsafe: boolean;
}

const nothing: CleanStyles = { css: '', unsafe: true };

/** Sanitizes a style sheet. Keeps only style rules, and those within media queries. */
export function cleanStyleSheet(css: string): CleanStyles {
  return clean(css, (code, Declaration, drop) =>
    transform({
      filename: 'drawing.css',
      code,
      errorRecovery: true,
      // The output must not contain the characters & and <, which XML reserves.
      include: Features.Nesting | Features.MediaRangeSyntax,
      visitor: {
        Rule: ({ type }) =>
          type === 'style' || type === 'media' || type === 'nested-declarations' ? undefined : drop(),
        Declaration,
      },
    }),
  );
}

/** Sanitizes the value of a `style` attribute. */
export function cleanStyleAttribute(css: string): CleanStyles {
  return clean(css, (code, Declaration) =>
    transformStyleAttribute({ filename: 'drawing.css', code, errorRecovery: true, visitor: { Declaration } }),
  );
}

/** Matches the usual values with brackets, because parsing takes 0.1 ms. */
const usual =
  /^(?:url\(#[\w.-]+\)|(?:rgba?|hsla?|matrix|translate|rotate|scale|skew[XY])\([\d\s.,e%+-]*\)|[\s,])*$/;

/** Whether the value of an attribute that browsers may read as CSS cannot load other files. */
export function isPlainValue(value: string): boolean {
  if (!/[(\\]/.test(value) || usual.test(value)) return true;
  if (!isParsable(value)) return false;
  let isPlain = false;
  try {
    transformStyleAttribute({
      filename: 'drawing.css',
      code: Buffer.from(`--value:${value}`),
      visitor: {
        Declaration(declaration) {
          isPlain = isSafe(declaration.value);
        },
      },
    });
  } catch {
    return false;
  }
  return isPlain && !value.includes(';');
}

type Drop = () => [];

function clean(
  css: string,
  parse: (
    code: Buffer,
    visit: (declaration: Declaration) => [] | undefined,
    drop: Drop,
  ) => { code: Uint8Array },
): CleanStyles {
  if (!isParsable(css)) return nothing;
  let unsafe = false;
  const drop = (): [] => {
    unsafe = true;
    return [];
  };
  const visit = (declaration: Declaration): [] | undefined => {
    if (!isSafe(declaration.value)) return drop();
    return properties.has(nameOf(declaration)) ? undefined : [];
  };
  try {
    const text = Buffer.from(parse(Buffer.from(css), visit, drop).code)
      .toString()
      .trim();
    return /[<&\\]|\]\]>/.test(text) ? nothing : { css: text, unsafe };
  } catch {
    return nothing;
  }
}

/** Nested brackets that the parser accepts. It overflows the stack if there are thousands. */
const deepest = 50;

/** Matches comments and strings, if the text has no backslash and every URL is a quoted or plain fragment. */
const literals = /\/\*[\s\S]*?(?:\*\/|$)|"[^"\n\r\f]*"?|'[^'\n\r\f]*'?/g;

/** Whether CSS has neither escapes, nor URLs of other files, nor deeply nested brackets. */
function isParsable(css: string): boolean {
  if (/\\|url\((?!\s*(?:#[^\s"'()]*|"#[^\s"'()]*"|'#[^\s"'()]*')\s*\))/i.test(css)) return false;
  let depth = 0;
  for (const [bracket] of css.replace(literals, '').matchAll(/[([{}\])]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth > deepest) return false;
    // A surplus closing bracket does not make up for an opening one that follows.
    if (depth < 0) depth = 0;
  }
  return true;
}

function nameOf(declaration: Declaration): string {
  if (declaration.property === 'custom') return declaration.value.name;
  return declaration.property === 'unparsed' ? declaration.value.propertyId.property : declaration.property;
}

/** Whether a parsed value, or a part of one, contains only known tokens and functions. */
function isSafe(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return true;
  if (Array.isArray(part)) return part.every(isSafe);
  const { type, value, url } = part as {
    type?: string;
    value?: { type?: string; name?: string };
    url?: unknown;
  };
  if (typeof url === 'string') return url.startsWith('#');
  if (type === 'token') return tokens.has(value!.type!);
  if (type === 'var' || type === 'env' || type === 'unresolved-color' || type === 'image-set') return false;
  if (type === 'function' && !functions.has(value!.name!.toLowerCase())) return false;
  return Object.values(part).every(isSafe);
}
