/** Finds links and pictures that the parser did not recognize. */
import { type IsProse, shortened, type Tell } from './tell.ts';

/** Matches a space after `](`, unless a title in straight quotation marks follows. Most files have none. */
const suspiciousLink =
  /\]\([^)\s<]{0,1000}\s{1,100}(?:[^\s"']|"[^"]{0,1000}"(?!\s{0,100}\))|'[^']{0,1000}'(?!\s{0,100}\)))/;
const linkPattern = /(!?\[[^[\]\n]*\])\(((?:[^()\n<]|\([^()\n]*\))*)\)/g;
/** Splits an address and a title in any kind of quotation marks. */
const quotedTitle = /^([^"“”„«»]*)\s["“”„«»](.*)$/s;
/** Matches the size that some programs write after the address of a picture: `=300x200`. */
const pictureSize = /\s{1,10}=\d{0,5}(?:x\d{0,5})?(?=\s|$)/;
const fileName = /^\S.*\.[a-z\d]{2,5}$/i;

/** Finds links and pictures whose address or title prevents the parser from reading them. */
export function findLinks(text: string, tell: Tell, isProse: IsProse): void {
  if (!suspiciousLink.test(text)) return;
  for (const { index, 1: label = '', 2: inside = '' } of text.matchAll(linkPattern)) {
    const written = inside.trim();
    // A code span or another link may begin within the label.
    if (!/\s/.test(written) || !isProse(index + label.length)) continue;
    const unsized = label.startsWith('!') ? written.replace(pictureSize, '') : written;
    if (unsized !== written) {
      const [, file = unsized, rest = ''] = /^([^"]*[^"\s])(\s+".*)?$/s.exec(unsized) ?? [];
      const whole = /\s/.test(file) ? `<${file}>${rest}` : unsized;
      tell(index, 'markdown-leftover/size', { fixed: shortened(`${label}(${whole})`) });
      continue;
    }
    const quoted = quotedTitle.exec(written);
    const plain = quoted || fileName.test(written) ? null : /^(\S+)\s+(.*)$/s.exec(written);
    const [address, title] = quoted
      ? [quoted[1]!.trim(), quoted[2]!.replace(/["“”„«»]$/, '')]
      : [plain?.[1] ?? written, plain?.[2]];
    if (!/[./#:]/.test(address)) continue;
    const hasSpaces = /\s/.test(address);
    const end = title === undefined ? '' : ` "${title.replace(/(?<!\\)"/g, '\\"')}"`;
    tell(index, `markdown-leftover/${hasSpaces ? 'address' : 'title'}`, {
      kind: label.startsWith('!') ? 'picture' : 'link',
      fixed: shortened(`${label}(${hasSpaces ? `<${address}>` : address}${end})`),
    });
  }
}

/** Address with a scheme, or the name of a file: what must be in parentheses that are probably a link's. */
const address =
  '(?:(?:https?://|mailto:|www\\.)[^\\s()<>[\\]"]{1,500}|[^\\s()<>[\\]":]{1,200}\\.(?:md|html?|jpe?g|png|webp|avif|gif|svg|pdf|csv|xlsx?|docx?|txt|mp3|mp4)(?:#[^\\s()<>[\\]"]{0,100})?)';
const label = '\\[[^[\\]\\n^][^[\\]\\n]{0,300}\\]';
const title = '(?:[ \\t]{1,10}"[^"\\n]{0,500}")?';
const spacedPattern = new RegExp(`(!?${label})[ \\t]{1,10}\\((${address}${title})\\)`, 'g');
const reversedPattern = new RegExp(`\\(([^()[\\]\\n]{1,300})\\)\\[(${address})\\]`, 'g');
const unclosedPattern = new RegExp(
  `\\]\\((${address}${title})(?=[ \\t]|\\r?\\n|$)([^()\\n]*(?:\\n[^()\\n]+)*)(?![^\\n])`,
  'g',
);
const labelBefore = new RegExp(`!?${label}$`);

/** Finds links whose brackets and parentheses are apart, in the wrong order, or not closed. */
export function findBrokenLinks(text: string, tell: Tell): void {
  if (text.includes('] (') || text.includes(']\t('))
    for (const { index, 1: words = '', 2: inside = '' } of text.matchAll(spacedPattern))
      tell(index, 'markdown-leftover/apart', {
        kind: words.startsWith('!') ? 'picture' : 'link',
        fixed: shortened(`${words}(${inside})`),
      });
  if (text.includes(')['))
    for (const { index, 1: words = '', 2: inside = '' } of text.matchAll(reversedPattern))
      tell(index, 'markdown-leftover/reversed', { fixed: shortened(`[${words}](${inside})`) });
  if (text.includes(']('))
    for (const { index, 1: inside = '' } of text.matchAll(unclosedPattern)) {
      const near = text.slice(Math.max(0, index - 303), index + 1);
      const words = labelBefore.exec(near.slice(Math.max(0, near.lastIndexOf('[') - 1)))?.[0];
      if (words === undefined) continue;
      tell(index + 1 - words.length, 'markdown-leftover/unclosed', {
        kind: words.startsWith('!') ? 'picture' : 'link',
        fixed: shortened(`${words}(${inside.replace(/[.,;:!?]$/, '')})`),
      });
    }
}
