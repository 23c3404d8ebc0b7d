/** Messages about the files of articles, pages and authors. */
import type { Catalog } from '../base/diagnostics.ts';
import { type Suggestion, suggestionText } from '../base/suggestions.ts';
import { badValue, commonProblems, prefixed, valueText, yamlMessages } from '../base/yaml-messages.ts';

const count = (number: number): string => number.toLocaleString('en');

/** Data about a cell that is not a number: its text, its column, and the number that was probably meant. */
interface NotANumber {
  text: string;
  column: string;
  meant: string;
}
const notANumber = ({ text, column }: Omit<NotANumber, 'meant'>): string =>
  `'${text}' in the column '${column}' is not a number.`;
const numberMessages = {
  thousands: (data: NotANumber) =>
    `${notANumber(data)} Write it without marks between the thousands: ${data.meant}.`,
  decimals: (data: NotANumber) => `${notANumber(data)} Write a point for the decimals: ${data.meant}.`,
  percent: (data: NotANumber) => `${notANumber(data)} Write ${data.meant}, and 'suffix: "%"' in the chart.`,
  words: (data: Omit<NotANumber, 'meant'>) =>
    `${notANumber(data)} Write digits alone, or leave the place empty where the number is not known.`,
};

const chartMessages = {
  ...yamlMessages('chart'),
  'chart-value/number-format': badValue(
    "is not a number format. Write one of d3-format, for example ',.1f' (one decimal), '.0%' (a share as per cent) or '+,' (with its sign).",
  ),
  'chart-value/date-format': badValue(
    "is not a date format. Write one of d3-time-format, for example '%B %Y' or '%Y'.",
  ),
  'chart-rows': ({ limit }: { limit: number }) =>
    `There are more than ${count(limit)} rows, more than a chart can show. Sum them up, by month or by group for example, and give the sums.`,
  'chart-series': ({ columns, limit }: { columns: number; limit: number }) =>
    `'y' names ${columns} columns, and readers can tell ${limit} apart. Leave some out, or make several charts.`,
  'chart-column': ({ column, suggestion }: { column: string; suggestion: Suggestion }) =>
    `There is no column '${column}', which the chart shows. ${suggestionText(suggestion)}`,
  'chart-data/name': ({ name }: { name: string }) =>
    `'${name}' is not the name of a CSV file. Name one that ends in '.csv', or write the rows here.`,
  'chart-data/outside': ({ name }: { name: string }) =>
    `The data '${name}' are outside of content/. Put a copy of the file beside the article.`,
  'chart-data/absent': ({ file }: { file: string }) =>
    `There is no file ${file}. Put it there, or correct its name.`,
  'chart-data/size': ({ file, limit }: { file: string; limit: number }) =>
    `${file} has more than ${limit / 1_000_000} MB, more than a chart can show. Sum the rows up, and give the sums.`,
  'chart-data/unreadable': ({ file }: { file: string }) =>
    `${file} cannot be read. Put a plain file in its place, and let this account read it.`,
  'chart-csv/empty':
    'The file is empty. Write the names of the columns in its first line and the data below.',
  'chart-csv/no-rows': 'There is a header line and nothing below it. Add the data, one row a line.',
  'chart-csv/ragged': ({
    values,
    columns,
    delimiter,
  }: {
    values: number;
    columns: number;
    delimiter: string;
  }) =>
    `The row has ${values === 1 ? 'one value' : `${values} values`}, and the first line names ${columns}. Put text that has a '${delimiter === '\t' ? 'tab' : delimiter}' in it into quotation marks, or correct the row.`,
  'chart-csv/open-quote': 'A quotation mark opens here or above and is not closed. Close it.',
  'chart-csv/quote-inside': `There is a quotation mark inside a value. Put the value into quotation marks and write the mark twice: "the ""new"" rule".`,
  'chart-csv/unreadable': 'The line cannot be read as CSV. Correct it.',
  ...prefixed('chart-number/', numberMessages),
  'chart-number/no-name': 'The row has no name for the axis. Write it, or remove the row.',
  'chart-number/none': 'There is not one number to show. Write the numbers, or remove the chart.',
  'chart-number/twice': ({ x }: { x: string }) =>
    `'${x}' appears twice. Give each value one row, with a column for each line or group.`,
  'chart-number/area': 'Stacked areas show neither gaps nor values below zero. Use the type line.',
  ...prefixed('chart-annotation/', numberMessages),
  'chart-annotation/place':
    "A note in the chart has a place: 'x', of the axis, or 'y', a value. Write one of them.",
  'chart-annotation/off-axis': ({ x }: { x: string }) =>
    `'${x}' is not on the x axis. Write a value exactly as it is in the data.`,
  'parser-slow': ({ problem }: { problem: string }) =>
    `The fast parser (satteri) cannot be loaded (${problem}), so a parser that takes ten times as long reads the articles. Install Broadsheet's packages again, or accept the slower one with 'parser: remark'.`,
} satisfies Catalog;

const fileName = ({ key, names }: { key: string; names: string }): string =>
  valueText(
    key,
    `is not the name of a file (${names}) beside the article. Put one there, or give the address of its page as 'url'.`,
  );
const pageAddress = badValue('is not a web address. Write one that begins with https://.');
const oneRecording = badValue(
  "names no recording, or two. Write either 'src', a file beside the article, or 'url', the address of a page.",
);

const blockMessages = {
  ...yamlMessages('timeline'),
  ...yamlMessages('video'),
  'video-value/file': fileName,
  'video-value/page': pageAddress,
  'video-value/one-recording': oneRecording,
  ...yamlMessages('audio'),
  'audio-value/file': fileName,
  'audio-value/page': pageAddress,
  'audio-value/one-recording': oneRecording,
} satisfies Catalog;

const frontMatterMessages = {
  'front-matter-absent': ({ first }: { first: 'name' | 'title' }) =>
    `There is no front matter. Begin the file with a line '---', then '${first}: …' and the other keys, then a line '---'.`,
  'front-matter-engine': ({ language }: { language: string }) =>
    `Front matter in '${language}' is refused and was not read. Write it in YAML, between two lines '---'.`,
  'front-matter-unclosed': "The front matter is not closed. Add a line '---' alone below its last key.",
  ...yamlMessages('front-matter'),
  ...prefixed('front-matter-value/', commonProblems),
  'front-matter-value/slug': badValue(
    "is not a slug. Write small letters, digits and hyphens, without '/' or '..'.",
  ),
  'front-matter-value/alias': badValue(
    "is not a path of this site. Write it from the root: '/old/address/'.",
  ),
  'front-matter-date': ({ text }: { text: string }) =>
    `'${text}' is not a date that the calendar has. Write it as 2025-03-05T13:00:00-05:00.`,
  'date-zone': ({ text, timeZone, dateTime }: { text: string; timeZone: string; dateTime: string }) =>
    `'${text}' has no time zone; it is taken in the site's, ${timeZone}. Write ${dateTime}.`,
} satisfies Catalog;

/** Messages by code. */
export const articleMessages = {
  ...frontMatterMessages,
  ...chartMessages,
  ...blockMessages,
  'file-size/front-matter': ({ characters, limit }: { characters: number; limit: number }) =>
    `The front matter has ${count(characters)} characters; at most ${count(limit)} are read. Shorten it.`,
  'file-size/source': ({ bytes, limit }: { bytes: number; limit: number }) =>
    `The file has ${(bytes / 1_000_000).toFixed(1)} MB; at most ${limit / 1_000_000} MB are read. Split it into several articles.`,
  'file-encoding': 'This is not UTF-8 text. Save the file as UTF-8.',
  'slug-empty': "The file's name gives no address. Rename it, or add 'slug: …' to the front matter.",
  'slug-length': 'The slug has more than 200 bytes, and file systems take no longer name. Shorten it.',
  'nested-too-deep/quotes': 'Block quotes are nested too deep to be read. Make the text flatter.',
  'nested-too-deep/blocks':
    'Block quotes, lists or marks are nested too deep to be read. Make the text flatter.',
  'body-heading-one': "This is a heading of the first level, which only the headline is. Write '##'.",
  'html-unclosed/tag': ({ start }: { start: string }) =>
    `The HTML that begins with '${start}' has no end, and browsers would hide the text after it. Add the missing '>', or write '&lt;' for a plain '<'.`,
  'html-unclosed': ({ tag }: { tag: string }) =>
    `<${tag}> is not closed and takes the rest of the text with it. Remove it, or write </${tag}>.`,
  'html-dropped/element': ({ tag }: { tag: string }) =>
    `The HTML element <${tag}> is not allowed here and was dropped. Write it in Markdown, or leave it out.`,
  'html-dropped/attribute': ({ attribute, tag }: { attribute: string; tag: string }) =>
    `The attribute '${attribute}' of <${tag}> is not allowed here and was dropped. Leave it out.`,
  'callout-kind': ({ kind, suggestion }: { kind: string; suggestion: Suggestion }) =>
    `A box of the kind '${kind}' is not known. ${suggestionText(suggestion)}`,
  'table-size': ({ cells, limit }: { cells: number; limit: number }) =>
    `The table has ${count(cells)} cells; at most ${count(limit)} are read. Split it.`,
} satisfies Catalog;

/** Sentence that follows a message about a data file and names the document that uses it. */
export const usedByText = (document: string): string => `The file is read for a chart in ${document}.`;

type ArticleMessages = typeof articleMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends ArticleMessages {}
}
