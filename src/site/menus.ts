/** The menus and policies of site.yaml. */
import type { PlanSettings } from '../config/settings.ts';

type Menus = Pick<PlanSettings, 'navigation' | 'footer' | 'policies'>;

/** A link of a menu, or to a policy, within the site. */
interface MenuLink {
  /** Address as written. */
  url: string;
  /** Path of the address, without its query and its fragment. */
  path: string;
  /** Key in site.yaml: `navigation.0.url`, `policies.ethics`. */
  key: string;
}

/** Lists the links of the menus and policies that lead to pages of the site. */
export function menuLinks({ navigation, footer, policies }: Menus): MenuLink[] {
  const items = [
    ...Object.entries({ navigation, footer }).flatMap(([menu, list]) =>
      list.map(({ url }, index) => ({ url, key: `${menu}.${index}.url` })),
    ),
    ...Object.entries(policies).map(([name, url]) => ({ url, key: `policies.${name}` })),
  ];
  return items.flatMap(({ url, key }) => (/^https?:/i.test(url) ? [] : [{ url, path: menuPath(url), key }]));
}

/** Path of an address in a menu, without its query and its fragment. */
export const menuPath = (url: string): string => url.replace(/[?#].*$/, '');

/** Removes the links to pages that do not exist, such as the page of an author whose stories have expired. */
export function withoutAbsent<Config extends Menus>(
  config: Config,
  hasPage: (path: string) => boolean,
): Config {
  const absent = new Set(menuLinks(config).flatMap(({ url, path }) => (hasPage(path) ? [] : [url])));
  if (absent.size === 0) return config;
  const isPresent = ({ url }: { url: string }) => !absent.has(url);
  return {
    ...config,
    navigation: config.navigation.filter(isPresent),
    footer: config.footer.filter(isPresent),
    policies: Object.fromEntries(Object.entries(config.policies).filter(([, url]) => !absent.has(url))),
  };
}
