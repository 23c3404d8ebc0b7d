/** Data of the publication, and date formats. */
import { readFileSync } from 'node:fs';

export const origin = 'https://bench.example';
export const perPage = 24;
export const site = JSON.parse(readFileSync('_data/site.json', 'utf8'));
export const named = Object.fromEntries(
  [...site.desks, ...site.topics, ...site.authors].map(item => [item.id, item]),
);

export const isoDate = date => `${date.toISOString().slice(0, 19)}Z`;
const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
export const dayText = date => day.format(date);
export const momentText = date => moment.format(date);
