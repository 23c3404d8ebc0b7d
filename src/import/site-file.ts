/** Writes what an import adds to content/site.yaml: a new file, or new desks, topics and redirects in an existing one. */
import { Document, isSeq, parseDocument, YAMLSeq } from 'yaml';
import type { PlannedTerm, SitePlan } from './plan-site.ts';
import type { Survey } from './survey.ts';

export interface SiteRedirect {
  from: string;
  to: string;
}

/** Menu items of the new site. */
export interface SiteMenuItem {
  text: string;
  url: string;
}

interface NewSite {
  survey: Survey;
  plan: SitePlan;
  menu: readonly SiteMenuItem[];
  redirects: readonly SiteRedirect[];
}

/** Text of a new site.yaml. */
export function newSiteYaml({ survey, plan, menu, redirects }: NewSite): string {
  const { site } = survey;
  const data = {
    name: site.name || 'My publication',
    ...(site.tagline && { tagline: site.tagline }),
    url: site.url && /^https?:/i.test(site.url) ? site.url : 'https://example.org/',
    lang: plan.lang,
    timeZone: plan.timeZone,
    permalink: plan.permalink,
    desks: plan.desks.map(termOf),
    topics: plan.topics.map(termOf),
    ...(menu.length > 0 && { navigation: menu }),
    // Only recent stories get all sizes of their pictures, so that an archive of many photos can be built.
    pictures: { archive: { olderThan: '6 months', widths: ['960'] } },
    // Pictures without a description are errors in new stories, but archives have many.
    rules: { 'image-alt': 'warning' },
    ...(redirects.length > 0 && { redirects }),
  };
  const document = new Document(data);
  document.commentBefore =
    ' Written by `broadsheet import`. Change what you like: another import only adds desks, topics and redirects.';
  return document.toString({ lineWidth: 0 });
}

const termOf = ({ id, name, description, aliases }: PlannedTerm) => ({
  id,
  name,
  ...(description && { description }),
  ...(aliases.length > 0 && { aliases }),
});

/** Adds desks, topics and redirects to the text of site.yaml, and keeps everything else. */
export function extendSiteYaml(text: string, { plan, redirects }: Omit<NewSite, 'survey' | 'menu'>): string {
  const document = parseDocument(text);
  let isChanged = false;
  const add = (key: string, items: readonly object[], idOf: (item: Record<string, unknown>) => unknown) => {
    const known = new Set(
      (document.toJS() as Record<string, Record<string, unknown>[] | undefined>)[key]?.map(idOf) ?? [],
    );
    const added = items.filter(item => !known.has(idOf(item as Record<string, unknown>)));
    if (added.length === 0) return;
    isChanged = true;
    if (!isSeq(document.get(key, true))) document.set(key, new YAMLSeq());
    for (const item of added) document.addIn([key], document.createNode(item));
  };
  add('desks', plan.desks.map(termOf), item => item.id);
  add('topics', plan.topics.map(termOf), item => item.id);
  add('redirects', redirects, item => item.from);
  return isChanged
    ? document.toString({ lineWidth: 0, flowCollectionPadding: /[{[] /.test(text) || !/[{[]\S/.test(text) })
    : text;
}
