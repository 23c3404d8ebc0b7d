/** Path of the site's configuration, relative to the site's root. */
export const configPath = 'content/site.yaml';
