/** Sanitized drawings: their size, and the removal of everything unsafe. */
import { describe, expect, test } from 'vitest';
import { readDrawing } from '../../src/media/svg.ts';

const read = (text: string) => readDrawing(Buffer.from(text));
const drawing = (inside: string, attributes = 'width="10" height="10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`;

describe('the size of a drawing', () => {
  test.each<[string, string, [number, number] | undefined]>([
    ['its width and height', 'width="30" height="20"', [30, 20]],
    ['in pixels', 'width="30px" height=" 20.6 "', [30, 21]],
    ['from its view box', 'viewBox="0 0 40 10"', [40, 10]],
    ['from its view box, with commas', 'viewBox="5,5, 40,10"', [40, 10]],
    ['from its width, in proportion', 'width="80" viewBox="0 0 40 10"', [80, 20]],
    ['from its height, in proportion', 'height="5" viewBox="0 0 40 10"', [20, 5]],
    ['from its view box, not from per cent', 'width="100%" height="100%" viewBox="0 0 40 10"', [40, 10]],
    ['from its view box, not from a calculation', 'width="calc(1 + 5" viewBox="0 0 40 10"', [40, 10]],
    ['at least one pixel', 'width="0.2" height="0.4"', [1, 1]],
    ['unknown without any', '', undefined],
    ['unknown with a width only', 'width="80"', undefined],
    ['unknown with an empty view box', 'viewBox="0 0 0 0"', undefined],
    ['unknown with a view box of three numbers', 'viewBox="0 0 40"', undefined],
    ['unknown with text', 'viewBox="a b c d"', undefined],
    ['unknown with zero', 'width="0" height="10"', undefined],
  ])('is %s', (_, attributes, size) => {
    const found = read(drawing('<path d="M0 0"/>', attributes));
    expect(found && [found.width, found.height]).toEqual(size);
  });

  test('is found after an XML declaration and a document type', () => {
    const text = `<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">\n${drawing('')}`;
    expect(read(text)).toMatchObject({ width: 10, height: 10, unsafe: false });
  });

  test.each([
    ['HTML', '<p>Text</p>'],
    ['nothing', ''],
  ])('is unknown for %s', (_, text) => {
    expect(read(text)).toBeUndefined();
  });

  test('is unknown for bytes that are not UTF-8', () => {
    expect(readDrawing(Uint8Array.from([0x3c, 0x73, 0x76, 0x67, 0xff]))).toBeUndefined();
  });
});

describe('a drawing keeps', () => {
  test('references to its own parts in single quotes', () => {
    const { text, unsafe } = read(drawing(`<rect style="fill: url('#gradient')"/>`))!;
    expect(unsafe).toBe(false);
    expect(text).toContain('<rect style="fill: url(&#x22;#gradient&#x22;)" />');
  });

  test.each([
    ['shapes and text', '<g fill="red"><rect width="4" height="3" /><text x="1">A</text></g>'],
    ['its own gradients', '<rect fill="url(#g)" />'],
    ['styles with its own references', '<style>.a {\n  fill: url("#g");\n}</style>'],
    [
      'classes from Illustrator',
      '<style>.cls-1, .cls-2 {\n  fill: none;\n  stroke: #1d1d1b;\n  stroke-width: .5px;\n}</style><path class="cls-1" d="M0 0" />',
    ],
    [
      'styles from Inkscape',
      '<path style="opacity: .5; fill: green; fill-opacity: 1; stroke: none; font-family: Noto Sans, sans-serif" d="M0 0" />',
    ],
    [
      'presentation attributes',
      '<text fill="rgb(1, 2, 3)" opacity="0.5" font-family="Noto Sans, serif" transform="rotate(45 10 10) scale(.5)">A</text>',
    ],
    [
      'references of attributes',
      '<rect fill="url(#g) red" mask="url(#m)" filter="url(#f)" clip-path="url(#c)" />',
    ],
    ['brackets and ampersands in labels', '<g aria-label="North (1990) \\ &#x26; South" id="a(b)" />'],
    ['media queries', '<style>@media (min-width: 5px) {\n  .a {\n    fill: red;\n  }\n}</style>'],
    ['uses of its own parts', '<use href="#part" />'],
    ['bitmaps in a data URL', '<image href="data:image/png;base64,AAAA" />'],
  ])('%s', (_, inside) => {
    const found = read(drawing(inside))!;
    expect(found.unsafe).toBe(false);
    expect(found.text).toBe(`${drawing(inside)}\n`);
  });
});

describe('a drawing loses', () => {
  test.each([
    ['scripts', '<script>alert(1)</script>', 'alert'],
    ['event handlers', '<rect onclick="alert(1)"></rect>', 'alert'],
    ['links', '<a href="https://evil.example/"><text>x</text></a>', 'evil'],
    [
      'foreign content',
      '<foreignObject><iframe src="https://evil.example/"></iframe></foreignObject>',
      'evil',
    ],
    ['animations', '<set attributeName="href" to="https://evil.example/"></set>', 'evil'],
    ['pictures from other hosts', '<image href="https://evil.example/x.png"></image>', 'evil'],
    [
      'pictures from other hosts, in the old form',
      '<image xlink:href="//evil.example/x.png"></image>',
      'evil',
    ],
    ['drawings in a data URL', '<image href="data:image/svg+xml;base64,AAAA"></image>', 'svg+xml'],
    ['uses of other files', '<use href="other.svg#x"></use>', 'other'],
    ['fills from another host', '<rect fill="url(https://evil.example/x.svg#a)"></rect>', 'evil'],
    [
      'fills from another host in quotation marks',
      `<rect fill="url( 'https://evil.example/x' )"></rect>`,
      'evil',
    ],
    ['styles of an element from another host', '<rect style="fill: url(//evil.example/x)"></rect>', 'evil'],
    ['style sheets that load files', '<style>@import "https://evil.example/x.css";</style>', 'evil'],
    [
      'style sheets that refer to files',
      '<style>.a { fill: url("https://evil.example/x"); }</style>',
      'evil',
    ],
    [
      'other style sheets, in an image set',
      '<style>.a{mask-image:image-set("https://evil.example/x" 1x)}</style>',
      'evil',
    ],
    ['style sheets with src()', '<style>.a { fill: src("https://evil.example/x"); }</style>', 'evil'],
    ['style sheets with image()', '<style>.a { mask: image("https://evil.example/x"); }</style>', 'evil'],
    [
      'style sheets with cross-fade()',
      '<style>.a { fill: cross-fade("https://evil.example/x", "https://evil.example/y"); }</style>',
      'evil',
    ],
    [
      'a comment before the bracket of a URL',
      '<style>.a { fill: url/**/(https://evil.example/x); }</style>',
      'evil',
    ],
    ['a comment in a URL', '<style>.a { fill: url(/**/"https://evil.example/x"); }</style>', 'evil'],
    ['namespaces', '<style>@namespace "https://evil.example/x";</style>', 'evil'],
    ['namespaces with url()', '<style>@namespace a url(https://evil.example/x);</style>', 'evil'],
    ['fonts', '<style>@font-face { font-family: A; src: url(https://evil.example/x); }</style>', 'evil'],
    [
      'fonts with src()',
      '<style>@font-face { font-family: A; src: src("https://evil.example/x"); }</style>',
      'evil',
    ],
    ['unknown at-rules', '<style>@evil "https://evil.example/x";</style>', 'evil'],
    ['custom properties', '<style>.a { --evil: image-set("https://evil.example/x" 1x); }</style>', 'evil'],
    ['variables', '<rect fill="var(--a, image(\'https://evil.example/\'))"></rect>', 'evil'],
    [
      'nested rules that load files',
      '<style>.a { .b { fill: src("https://evil.example/x"); } }</style>',
      'evil',
    ],
    ['image sets in an attribute', '<rect mask="image-set(\'https://evil.example/x\' 1x)"></rect>', 'evil'],
    ['src() in an attribute', '<rect fill="src(\'https://evil.example/x\')"></rect>', 'evil'],
    ['escapes in an attribute', '<rect fill="\\75rl(https://evil.example/x)"></rect>', 'evil'],
    ['a comment in an attribute', '<rect fill="url/**/(https://evil.example/x)"></rect>', 'evil'],
    [
      'a second value in an attribute',
      '<rect fill="rgb(1,2,3);x:src(\'https://evil.example/\')"></rect>',
      'evil',
    ],
    [
      'image sets in styles of an element',
      '<rect style="mask: image-set(\'//evil.example/x\' 1x)"></rect>',
      'evil',
    ],
    ['cursors', '<rect cursor="url(https://evil.example/x), auto"></rect>', 'evil'],
    [
      'style sheets that end the element',
      '<style>[a="&lt;/style>&lt;script>evil"] { fill: red; }</style>',
      'evil',
    ],
    ['style sheets with escapes', '<style>.a { fill: \\75rl(https://evil.example/x); }</style>', 'evil'],
    ['expressions', '<rect style="width: expression(alert(1))"></rect>', 'alert'],
  ])('%s, and is marked as unsafe', (_, inside, trace) => {
    const found = read(drawing(`${inside}<circle r="1"></circle>`))!;
    expect(found.text).not.toContain(trace);
    expect(found.text).toContain('circle');
    expect(found.unsafe).toBe(true);
  });
});

describe('styles of a drawing', () => {
  test('lose unknown properties only', () => {
    const found = read(
      drawing('<rect style="fill: red; -inkscape-font-specification: \'A\'; cursor: help"></rect>'),
    )!;
    expect(found).toMatchObject({ unsafe: false, text: expect.stringContaining('style="fill: red"') });
  });

  test('lose unsafe declarations only', () => {
    const found = read(drawing('<style>.a { fill: src("x"); stroke: red }</style>'))!;
    expect(found.text).toMatch(/<style>\.a \{\s+stroke: red;\s+\}<\/style>/);
    expect(found.unsafe).toBe(true);
  });

  test.each([
    ['rules', 'a{'],
    ['media queries', '@media a{'],
    ['conditions', '@media (not '],
    ['selectors', ':not('],
    ['calculations', 'a{stroke-width:calc('],
    ['calculations, with brackets in strings', 'a{b:")"calc(/*)*/calc('],
  ])('may nest %s without end', (_, part) => {
    const deep = part.repeat(100_000);
    expect(read(drawing(`<style>${deep}</style>`))).toMatchObject({ unsafe: true });
    expect(
      read(drawing(`<g style="x:${deep.replaceAll('"', "'")}" fill="${deep.replaceAll('"', "'")}" />`)),
    ).toMatchObject({ unsafe: true });
  });
});
