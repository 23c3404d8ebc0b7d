/** Messages about the files of articles, pages and authors. */
import type { Catalog } from '../base/diagnostics.ts';
import { otherCaseText, type Suggestion, suggestionText } from '../base/suggestions.ts';
import {
  badValue,
  commonProblems,
  type Key,
  prefixed,
  valueText,
  yamlMessages,
} from '../base/yaml-messages.ts';
import type { DateOrder } from './chart-dates.ts';
import type { Decimal, Readings } from './chart-numbers.ts';
import type { Replacement } from './foreign-markup.ts';
import { adviceAbout } from './synonyms.ts';

const listFormat = new Intl.ListFormat('en-GB', { type: 'disjunction' });
const count = (number: number): string => number.toLocaleString('en');

/** A value that is not a number in the chart's notation: its text and its column. */
interface NotANumber {
  text: string;
  column: string;
}
const notANumber = ({ text, column }: NotANumber): string =>
  `The value '${text}' of '${column}' is not a number`;
const markName = (decimal: Decimal): string => (decimal === '.' ? 'point' : 'comma');
const numberMessages = {
  notation: ({ meant, decimal, ...cell }: NotANumber & { meant: string; decimal: Decimal }) =>
    `${notANumber(cell)} with a decimal ${markName(decimal)}, which this chart uses. Write ${meant}.`,
  percent: ({ meant, ...cell }: NotANumber & { meant: string }) =>
    `${notANumber(cell)}. Write ${meant}, and add 'suffix: "%"' to the chart.`,
};

const chartMessages = {
  ...yamlMessages('chart'),
  'chart-value/annotations': badValue('has more than 50 annotations. Remove some.'),
  'chart-value/number-format': badValue(
    "is not a valid number format. Use a d3-format specifier, such as ',.1f' (one decimal place), '.0%' (a fraction as a percentage) or '+,' (with a sign).",
  ),
  'chart-value/date-format': badValue(
    "is not a valid date format. Use a d3-time-format specifier, such as '%B %Y' or '%Y'.",
  ),
  'chart-value/currency': badValue(
    'is not the code of a currency. Use a code of ISO 4217, such as EUR or ILS.',
  ),
  'chart-value/same-separators': ({ key }: Key) =>
    `'decimal' and 'group' of '${key}' are the same. Write the decimal separator in 'decimal', and the separator of thousands in 'group', or remove 'group'.`,
  'chart-rows': ({ limit }: { limit: number }) =>
    `The data has more than ${count(limit)} rows, the limit for a chart. Combine rows, for example by month.`,
  'chart-series': ({ columns, limit }: { columns: number; limit: number }) =>
    `'y' names ${columns} columns; a chart can show at most ${limit}. Remove some, or split the chart.`,
  'chart-series/many': ({ columns, limit, many }: { columns: number; limit: number; many: number }) =>
    `'y' names ${columns} columns; readers can distinguish at most ${limit} colours. Remove some, name up to ${limit} of them in 'highlight', or use 'type: small-multiples' (up to ${many} columns).`,
  'chart-series/highlight': ({ series, limit }: { series: number; limit: number }) =>
    `'highlight' names ${series} series; readers can distinguish at most ${limit} colours. Remove some.`,
  'chart-highlight': ({ name, suggestion }: { name: string; suggestion: Suggestion }) =>
    `'${name}' in 'highlight' is neither a series nor a row of the chart. ${suggestionText(suggestion, 'Correct it')}`,
  'chart-form/log': ({ type, types }: { type: string; types: string[] }) =>
    `A chart of the type '${type}' has no logarithmic scale, because its marks begin at zero. Remove 'scale', or use one of these types: ${types.join(', ')}.`,
  'chart-form/log-x': "Only scatter plots have a logarithmic x axis. Remove 'scale' from 'x'.",
  'chart-form/range': ({ type, types }: { type: string; types: string[] }) =>
    `A chart of the type '${type}' cannot show ranges. Remove 'lower' and 'upper', or use one of these types: ${types.join(', ')}.`,
  'chart-form/names':
    "Only scatter plots have 'names'. In other charts, 'x' has the names of the rows. Remove 'names'.",
  'chart-form/slope': ({ columns }: { columns: number }) =>
    `A slope chart has two columns, before and after; 'y' names ${columns}. Name two columns in 'y'.`,
  'chart-form/slope-pairs':
    "No row has both values, so the slope chart would be empty. Add values, or use 'type: dot'.",
  'chart-form/scatter': ({ text }: { text: string }) =>
    `A scatter plot has numbers on both axes, and '${text}' in the x column is not a number. Name a column of numbers in 'x', and the column with the names of the rows in 'names'.`,
  'chart-scale/value': ({ text, column }: NotANumber) =>
    `The value '${text}' of '${column}' is not above zero, so a logarithmic scale cannot show it. Correct it, or remove 'scale: log'.`,
  'chart-range/one': ({ column }: { column: string }) =>
    `The column '${column}' has only one of 'lower' and 'upper'. Write both.`,
  'chart-range/order': ({ low, high }: { low: number; high: number }) =>
    `The lower bound ${low} is above the upper bound ${high}. Correct one of them, or swap 'lower' and 'upper'.`,
  'chart-column': ({ column, suggestion }: { column: string; suggestion: Suggestion }) =>
    `The data has no column '${column}', which the chart uses. ${suggestionText(suggestion, 'Add it')}`,
  'chart-column/below': ({ column, line }: { column: string; line: number }) =>
    `The first line does not contain the column name '${column}', but line ${line} does. Remove the lines above line ${line}.`,
  'chart-column/row': ({ column, written }: Record<'column' | 'written', string>) =>
    `The row has no '${column}'. Did you mean to write '${column}' instead of '${written}'?`,
  'chart-data/name': ({ name }: { name: string }) =>
    `'${name}' is not a CSV file. Name a file that ends in '.csv', or write the rows here.`,
  'chart-data/outside': ({ name }: { name: string }) =>
    `'${name}' is not a relative path to a visible file in content/. Put a copy of the file next to the article, with a name that does not begin with '.', and write that name here.`,
  'chart-data/case': otherCaseText,
  'chart-data/absent': ({ file }: { file: string }) =>
    `The file ${file} does not exist. Add it, or correct the name.`,
  'chart-data/size': ({ file, limit }: { file: string; limit: number }) =>
    `${file} is larger than ${limit / 1_000_000} MB, the limit for chart data. Combine rows, for example by month.`,
  'chart-data/unreadable': ({ file }: { file: string }) =>
    `${file} cannot be read. Fix its permissions, or replace it with a regular file.`,
  'chart-csv/empty': 'The file is empty. Write the column names in the first line, and the data below.',
  'chart-csv/no-rows': 'The file has a header line but no data. Add at least one row below the header.',
  'chart-csv/ragged': ({
    values,
    columns,
    delimiter,
  }: {
    values: number;
    columns: number;
    delimiter: string;
  }) =>
    `The row has ${values === 1 ? '1 value' : `${values} values`}, but the header line has ${columns}. Correct the row, or put a value that contains ${delimiter === '\t' ? 'a tab' : `'${delimiter}'`} in quotation marks.`,
  'chart-csv/column-twice': ({ column }: { column: string }) =>
    `Two columns have the name '${column}'. Rename one of them.`,
  'chart-csv/open-quote': 'The quotation mark is not closed. Close it, or remove it.',
  'chart-csv/title':
    'The first line has only one value, unlike the lines below. Write the column names in the first line, and a title in the chart instead.',
  'chart-csv/quote-inside': `A value contains a quotation mark. Put the whole value in quotation marks, and double each quotation mark inside it: "the ""new"" rule".`,
  ...prefixed('chart-number/', numberMessages),
  'chart-number/two-meanings': ({ text, column, point, comma }: NotANumber & Readings) =>
    `The value '${text}' of '${column}' can mean ${point} or ${comma}. Add 'numbers: {decimal: "."}' to the chart if it means ${point}, or 'numbers: {decimal: ","}' if it means ${comma}.`,
  'chart-number/words': (data: NotANumber) =>
    `${notANumber(data)}. Write a number such as 12.5, or leave the value empty if it is not known.`,
  'chart-number/no-name': 'The row has no value for the x axis. Add one, or remove the row.',
  'chart-number/none': 'The chart has no numbers. Add them, or remove the chart.',
  'chart-number/twice': ({ x }: { x: string }) =>
    `The value '${x}' appears in more than one row. Use one row for each value on the x axis, and one column for each series.`,
  'chart-number/area': "A stacked area chart cannot show missing or negative values. Use 'type: line'.",
  'chart-date/two-meanings': ({
    text,
    dayFirst,
    monthFirst,
  }: Record<'text' | 'dayFirst' | 'monthFirst', string>) =>
    `The date '${text}' can mean ${dayFirst} or ${monthFirst}. Add 'dates: day-month-year' to the chart if it means ${dayFirst}, or 'dates: month-day-year' if it means ${monthFirst}.`,
  'chart-date/absent': ({ text }: { text: string }) =>
    `'${text}' has the form of a date, but does not exist. Correct the month or the day.`,
  'chart-date/odd': ({ text, example }: Record<'text' | 'example', string>) =>
    `'${text}' is not a date, unlike other values such as ${example}, so the chart cannot place the rows in time. Write it as a date in the form ${example}, or remove the row.`,
  'chart-date/serial': ({ text, column, iso }: Record<'text' | 'column' | 'iso', string>) =>
    `The values of '${column}' seem to be the numbers by which spreadsheets keep dates: ${text} is ${iso}. Format the column as dates, such as ${iso}, and save the file again.`,
  'chart-date/value': ({ text, order }: { text: string; order: DateOrder }) =>
    `'${text}' is not an existing date in the order '${order}' with a year of four digits. Write a date such as ${order === 'day-month-year' ? '31/12/2026' : '12/31/2026'} or 2026-12-31, or correct 'dates' in the chart.`,
  ...prefixed('chart-annotation/', numberMessages),
  'chart-annotation/two-meanings': ({ text, point, comma }: { text: string } & Readings) =>
    `The value '${text}' of 'y' can mean ${point} or ${comma}. Write one of them.`,
  'chart-annotation/words': (data: NotANumber) => `${notANumber(data)}. Write a number such as 12.5.`,
  'chart-annotation/place':
    "The annotation has both 'x' and 'y', or neither. Use either 'x', for a place on the x axis, or 'y', for a value.",
  'chart-annotation/off-axis': ({ x }: { x: string }) =>
    `The value '${x}' is not on the x axis. Write a value exactly as it appears in the data.`,
  'parser-slow': ({ problem }: { problem: string }) =>
    `The fast parser (satteri) cannot be loaded (${problem}), so Broadsheet uses a parser that is ten times slower. Reinstall Broadsheet's packages with 'npm ci', or set 'parser: remark' in content/site.yaml.`,
} satisfies Catalog;

const fileName = ({ key, names }: { key: string; names: string }): string =>
  valueText(
    key,
    `is not the name of a local file in a supported format (${names}). Put such a file next to the article and write its name${key === 'src' ? ", or use 'url' for a page on another site" : ''}.`,
  );
const pageAddress = badValue('is not a valid web address. Write it in full: https://example.org/video.');
const duration = badValue(
  "is not a duration. Write minutes and seconds, such as '4:30', or hours, minutes and seconds, such as '1:04:30'.",
);
const oneRecording = (_: Key): string =>
  "The block has both 'src' and 'url', or neither. Use either 'src', for a file next to the article, or 'url', for a page on another site.";

const blockMessages = {
  ...yamlMessages('timeline'),
  'timeline-value/date': badValue(
    'has the form of a date, but does not exist. Correct the month or the day.',
  ),
  ...yamlMessages('video'),
  'video-value/duration': duration,
  'video-value/file': fileName,
  'video-value/page': pageAddress,
  'video-value/one-recording': oneRecording,
  ...yamlMessages('audio'),
  'audio-value/duration': duration,
  'audio-value/file': fileName,
  'audio-value/page': pageAddress,
  'audio-value/one-recording': oneRecording,
} satisfies Catalog;

const frontMatterMessages = {
  'content-folder/story':
    "This file has the front matter of a story ('published' and 'desk'), but it is in the folder for pages. Move it to content/articles/.",
  'content-folder/author':
    "This file has the front matter of an author ('name'), but it is in the folder for stories. Move it to content/authors/.",
  'front-matter-absent': ({ first }: { first: 'name' | 'title' }) =>
    `The file does not begin with front matter. Write '${first}: …' and the other keys at the top, between two '---' lines.`,
  'front-matter-absent/below':
    "The front matter does not begin in the first line. Remove the empty lines or spaces before '---'.",
  'front-matter-absent/dashes':
    "The first line does not consist of three hyphens. Write '---', with ordinary hyphens.",
  'front-matter-absent/toml':
    "Front matter between '+++' lines (TOML) is not supported. Write it in YAML ('title: …'), between two '---' lines.",
  'front-matter-absent/html':
    "The file is an HTML page. Write its text in Markdown, and 'title: …' and the other keys at the top, between two '---' lines.",
  'front-matter-engine': ({ language }: { language: string }) =>
    `Front matter in '${language}' is not supported. Write it in YAML, between two '---' lines.`,
  'front-matter-unclosed':
    "The front matter is not closed. Add a line that contains only '---' below the last key.",
  ...yamlMessages('front-matter'),
  'front-matter-unknown-key': ({ key, suggestion }: { key: string; suggestion: Suggestion }) =>
    `Unknown key '${key}'. ${('known' in suggestion && (adviceAbout(key) ?? adviceAboutText(key))) || suggestionText(suggestion)}`,
  ...prefixed('front-matter-value/', commonProblems),
  'front-matter-value/rating': badValue(
    "is not a rating. Write the mark, a slash and the best mark, such as '4/5' or '7.5/10'.",
  ),
  'front-matter-value/life-date': badValue(
    "is not an existing date. Write a year, a month or a day, such as '1931', '1931-04' or '1931-04-02'.",
  ),
  'front-matter-value/slug': badValue('is not a valid slug. Use only lowercase letters, digits and hyphens.'),
  'front-matter-date': ({ text, meant, example }: { text: string; meant: string[]; example: string }) =>
    meant.length > 0
      ? `'${text}' is not in the form of a date and time. Write ${listFormat.format(meant)}.`
      : `'${text}' is not a valid date and time. Write an existing date and time with a UTC offset, in the form ${example}.`,
  'front-matter-date/year': ({ text, year }: { text: string; year: number }) =>
    `The year of '${text}' is ${year}. Correct the year.`,
  'date-zone': ({ text, timeZone, dateTime }: { text: string; timeZone: string; dateTime: string }) =>
    `'${text}' has no time zone, so the site's time zone (${timeZone}) is used. Write ${dateTime}.`,
  'date-zone/expires': ({
    text,
    timeZone,
    dateTime,
    nextDay,
  }: Record<'text' | 'timeZone' | 'dateTime' | 'nextDay', string>) =>
    `'${text}' has no time, so the story is taken down when that day begins in the site's time zone (${timeZone}). Write ${dateTime} for this, or ${nextDay} to keep the story until the day ends.`,
} satisfies Catalog;

/** Advice about a key of several words, which is probably the rest of the value above. */
const adviceAboutText = (key: string): string | undefined =>
  /\s/.test(key)
    ? 'If the line continues the value above, write the whole value in one line, in quotation marks. Otherwise, remove it.'
    : undefined;

/** Sentences that say what an article contains instead of another system's markup. */
const replacements: Record<Replacement, string> = {
  picture: `Write '![What it shows](photo.jpg "Caption. Photo: Name")' in a paragraph of its own.`,
  video: "Write a fenced block 'video' with the key 'src' or 'url'.",
  audio: "Write a fenced block 'audio' with the key 'src' or 'url'.",
  post: "Write a block quote that ends with a line '> — Name, https://example.org/post'.",
  quotation: "Write a block quote that ends with a line '> — Name, role'.",
  box: "Write a block quote that begins with a line '> [!note] Title'.",
  table: "Write a Markdown table, whose second line is '| --- | --- |'.",
  link: "Write a link to a file: '[text](other-story.md)'.",
  code: "Write a fenced block of code, between two lines '```'.",
};

const leftoverMessages = {
  'markdown-leftover/address': ({ kind, fixed }: Record<'kind' | 'fixed', string>) =>
    `The ${kind} appears as text, because its address contains spaces. Put a file name with spaces in <…>: '${fixed}'.`,
  'markdown-leftover/title': ({ kind, fixed }: Record<'kind' | 'fixed', string>) =>
    `The ${kind} appears as text, because its title is not in straight quotation marks. Write '${fixed}'.`,
  'markdown-leftover/size': ({ fixed }: { fixed: string }) =>
    `The picture appears as text, because of the size after its address. Pages choose the size themselves. Write '${fixed}'.`,
  'markdown-leftover/apart': ({ kind, fixed }: Record<'kind' | 'fixed', string>) =>
    `The ${kind} appears as text, because of the space between ']' and '('. Write '${fixed}'.`,
  'markdown-leftover/reversed': ({ fixed }: { fixed: string }) =>
    `The link appears as text, because its parentheses and brackets are in the wrong order. Write '${fixed}'.`,
  'markdown-leftover/unclosed': ({ kind, fixed }: Record<'kind' | 'fixed', string>) =>
    `The ${kind} appears as text, because its address has no closing ')'. Write '${fixed}'.`,
  'markdown-leftover/link-text': ({ url }: { url: string }) =>
    `The link has no text, so readers cannot see it. Write '[text](${url})', or remove it.`,
  'markdown-leftover/heading': ({ marks, fixed }: Record<'marks' | 'fixed', string>) =>
    `The heading appears as text, because no space follows '${marks}'. Write '${fixed}'.`,
  'markdown-leftover/shortcode': ({
    written,
    replacement,
  }: {
    written: string;
    replacement?: Replacement | undefined;
  }) =>
    `'${written}' is a shortcode of another system, and appears as text. ${replacement ? replacements[replacement] : 'Write its content in Markdown, or remove it.'}`,
  'markdown-leftover/container': ({ written, fixed }: Record<'written' | 'fixed', string>) =>
    `'${written}' appears as text. Write a box instead: begin it with '${fixed}', and each of its lines with '>'.`,
  'markdown-leftover/table': ({ line }: { line: string }) =>
    `The table appears as text. Add the line '${line}' below its first row.`,
  'markdown-leftover/row': ({ cells, columns, lost }: { cells: number; columns: number; lost: string }) =>
    `The row has ${count(cells)} cells, but the table has ${columns === 1 ? '1 column' : `${count(columns)} columns`}, so '${lost}' is left out. Add a column to the first two lines of the table, or remove the cell. Write '\\|' for a '|' within a cell.`,
  'markdown-leftover/tabs': ({ row, line }: Record<'row' | 'line', string>) =>
    `These lines appear as one paragraph, because tabs do not make a table. Write '${row}', then a line '${line}', then the other rows like the first.`,
  'markdown-leftover/bullets': ({ bullet, fixed }: Record<'bullet' | 'fixed', string>) =>
    `These lines appear as one paragraph, because '${bullet}' does not begin an item of a list. Write '${fixed}'.`,
  'markdown-leftover/indented':
    "The text appears as code, because its lines begin with four spaces or a tab. Remove them, or put code between two lines '```'.",
  'markdown-leftover/underlined': ({
    line,
    dashes,
    fixed,
  }: {
    line: number;
    dashes: string;
    fixed: string;
  }) =>
    `'${dashes}' on line ${line} makes a heading of the text above it. For a dividing line, ${dashes.length < 3 ? "write '---' below an empty line" : `put an empty line above '${dashes}'`}. For a heading, write '${fixed}'.`,
  'markdown-leftover/note-absent': ({ name }: { name: string }) =>
    `The note '[^${name}]' does not exist, so the reference appears as text. Add a line '[^${name}]: …', or remove the reference.`,
  'markdown-leftover/note-unused': ({ name }: { name: string }) =>
    `The note '[^${name}]' does not appear, because the text does not refer to it. Add '[^${name}]' to the text, or remove the note.`,
  'markdown-leftover/fence': ({ fence, last }: { fence: string; last: number }) =>
    `The block is not closed, so it contains the text up to line ${last}. Add a line '${fence}' where it ends.`,
  'markdown-leftover/fence-marks': ({ written, name }: Record<'written' | 'name', string>) =>
    `The block appears as text, because '${written}' does not begin with three backticks. Write '\`\`\`${name}', and '\`\`\`' in the line below the block.`,
  'markdown-leftover/block-unnamed': ({ written, fixed }: Record<'written' | 'fixed', string>) =>
    `The block appears as code, because it begins with '${written}'. Did you mean '${fixed}'?`,
  'markdown-leftover/block': ({ name, nearest }: Record<'name' | 'nearest', string>) =>
    `Unknown block '${name}'. Did you mean '${nearest}'?`,
  'markdown-leftover/block-foreign': ({ name, replacement }: { name: string; replacement: Replacement }) =>
    `Unknown block '${name}'. ${replacements[replacement]}`,
  'markdown-leftover/caption-word': ({ word, nearest }: Record<'word' | 'nearest', string>) =>
    `'${word}:' does not begin the caption of the table above. Did you mean '${nearest}:'?`,
  'markdown-leftover/caption-above':
    'The caption appears as a paragraph above the table. Move it below the table, after an empty line.',
  'markdown-leftover/caption-row': 'The caption is read as a row of the table. Add an empty line above it.',
} satisfies Catalog;

const valueMessages = {
  'text-encoding/text': ({ written }: { written: string }) =>
    `'${written}' was decoded wrongly before it was pasted here. Paste the text again from its source, or write the right character.`,
  'text-encoding/object':
    'An object, such as a picture, was not pasted here, and an invisible character (U+FFFC) is in its place. Remove the character, and add the object in Markdown.',
  'text-encoding/value': ({ written, key }: { written: string; key: string }) =>
    `'${written}' in '${key}' was decoded wrongly before it was pasted here. Paste the text again from its source, or write the right character.`,
  'front-matter-markup/markdown': ({ key, written, fixed }: Record<'key' | 'written' | 'fixed', string>) =>
    `'${key}' is plain text, so '${written}' appears as it is written. Write '${fixed}'.`,
  'front-matter-markup/entity': ({ key, written, fixed }: Record<'key' | 'written' | 'fixed', string>) =>
    `'${key}' is plain text, so '${written}' appears as it is written. Write '${fixed}'.`,
} satisfies Catalog;

/** Messages of this folder, by code. */
export const articleMessages = {
  ...leftoverMessages,
  ...valueMessages,
  ...frontMatterMessages,
  ...chartMessages,
  ...blockMessages,
  'file-size/front-matter': ({ characters, limit }: { characters: number; limit: number }) =>
    `The front matter has ${count(characters)} characters; the limit is ${count(limit)}. Shorten it.`,
  'file-size/source': ({ bytes, limit }: { bytes: number; limit: number }) =>
    `The file has ${count(bytes)} bytes; the limit is ${count(limit)}. Split it into several files.`,
  'file-encoding/format': ({ format }: { format: string }) =>
    `The file is ${format}, although its name says otherwise. Open it in its program, and save it as plain text (or a table as CSV) in UTF-8.`,
  'file-encoding': 'The file is not UTF-8 text. Save it as UTF-8.',
  'merge-conflict':
    "This file has an unresolved merge conflict. Keep one of the versions, and remove the lines that begin with '<<<<<<<', '=======' and '>>>>>>>'.",
  'slug-empty':
    "No address can be formed from the file name (for index.md, the folder name). Rename the file or folder, or add 'slug: …' to the front matter.",
  'slug-length': "The slug is longer than the limit of 200 bytes. Set a shorter 'slug' in the front matter.",
  'nested-too-deep/quotes': 'Block quotes are nested too deeply (limit: 500 levels). Remove some levels.',
  'nested-too-deep/blocks':
    'Block quotes, lists or inline formatting are nested too deeply. Remove some levels.',
  'body-heading-one': "Only the headline may be a level-1 heading. Use '##' here.",
  'html-unclosed/tag': ({ start }: { start: string }) =>
    start === '<!--'
      ? "The comment that begins with '<!--' has no closing '-->', so browsers would hide the text after it. Add the '-->', or write '&lt;' for a literal '<'."
      : `The tag that begins with '${start}' has no closing '>', so browsers would hide the text after it. Add the '>', or write '&lt;' for a literal '<'.`,
  'html-unclosed': ({ tag }: { tag: string }) =>
    `<${tag}> is not closed, so it includes the rest of the text. Close it with </${tag}>, or remove it.`,
  'html-dropped/element': ({ tag }: { tag: string }) =>
    `The HTML element <${tag}> is not allowed, so it is left out. Use Markdown instead, or remove it.`,
  'html-dropped/video': ({ url }: { url: string }) =>
    `The HTML element <iframe> is not allowed, so the video is left out. Write a fenced block 'video' with the key 'url: ${url}'.`,
  'html-dropped/picture': ({ fixed }: { fixed: string }) =>
    `The HTML element <img> is not allowed, so the picture is left out. Write '${fixed}' in a paragraph of its own.`,
  'html-dropped/placeholder': ({ tag }: { tag: string }) =>
    `<${tag}> looks like a placeholder, and is left out, because it is not HTML. Replace it with the text, or write '&lt;' instead of '<'.`,
  'html-dropped/attribute': ({ attribute, tag }: { attribute: string; tag: string }) =>
    `The attribute '${attribute}' of <${tag}> is not allowed, so it is left out. Remove it.`,
  'html-dropped/formatting': ({
    attributes,
    count: times,
  }: {
    attributes: readonly string[];
    count: number;
  }) =>
    `The HTML of this file has ${count(times)} attributes that only format text (${attributes.join(', ')}), which are left out. Remove them.`,
  'callout-kind': ({ kind, suggestion }: { kind: string; suggestion: Suggestion }) =>
    `'[!${kind}]' is not a known kind of box. ${suggestionText(suggestion)}`,
  'callout-kind/bare': ({ kind }: { kind: string }) =>
    `'[${kind}]' has no exclamation mark, so it does not begin a box. Did you mean '[!${kind}]'?`,
  'quote-format': ({ text }: { text: string }) =>
    `The attribution appears without the formatting of '${text}'. Remove the marks around it.`,
  'table-size': ({ cells, limit }: { cells: number; limit: number }) =>
    `The table has ${count(cells)} cells; the limit is ${count(limit)}. Split the table.`,
} satisfies Catalog;

/** Sentence that follows a message about a data file and names the document that uses it. */
export const usedByText = (document: string): string => `A chart in ${document} uses this file.`;

type ArticleMessages = typeof articleMessages;
declare module '../base/diagnostics.ts' {
  interface Messages extends ArticleMessages {}
}
