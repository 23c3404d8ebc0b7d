/** Parts that many pages share, each rendered once per build. */
import { dayText, isoDate, named, site } from './site.mjs';

const made = new Map();

/** Clears the cache in a build of `--watch`, after an edit. */
export const forgetParts = () => made.clear();

function once(key, make) {
  let html = made.get(key);
  if (html === undefined) {
    html = make();
    made.set(key, html);
  }
  return html;
}

const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = text => text.replace(/[&<>"]/g, letter => entities[letter]);

/** Renders a teaser. `level` is the heading level of the headline. */
export const teaser = ({ url, data }, level, kicker) =>
  once(
    `${level} ${kicker} ${url}`,
    () => `<article class="teaser">
<div>
${kicker ? `<p class="kicker">${escapeHtml(named[data.desk].name)}</p>\n` : ''}<h${level} class="teaser-headline"><a href="${url}" lang="en" dir="ltr">${escapeHtml(data.title)}</a></h${level}>
<p class="teaser-standfirst"><span lang="en" dir="ltr">${escapeHtml(data.standfirst)}</span></p>
<p class="teaser-date"><time datetime="${isoDate(data.published)}">${dayText(data.published)}</time></p>
</div>
</article>`,
  );

/**
 * Renders the masthead. `current` is the desk's `aria-current`: `page` on its list, `true` on its stories.
 */
export const masthead = (isHome, desk, current) =>
  once(`masthead ${isHome} ${desk} ${current}`, () => {
    const name = `<span lang="en" dir="ltr">${escapeHtml(site.name)}</span>`;
    const links = site.desks.map(
      ({ id, name }) =>
        `<li><a href="/${id}/" lang="en" dir="ltr"${id === desk ? ` aria-current="${current}"` : ''}>${escapeHtml(name)}</a></li>\n`,
    );
    return `<header class="masthead">
${isHome ? `<h1 class="nameplate">${name}</h1>` : `<p class="nameplate"><a href="/">${name}</a></p>`}
<nav class="navigation" aria-label="Main">
<ul>
${links.join('')}</ul>
</nav>
</header>`;
  });

export const footer = () =>
  once(
    'footer',
    () => `<div class="footer-columns">
<div>
<p class="footer-name"><a href="/" lang="en" dir="ltr">${escapeHtml(site.name)}</a></p>
<p class="footer-publisher">Published by ${escapeHtml(site.name)}</p>
</div>
<nav class="footer-links" aria-labelledby="page:footer-sections">
<p class="label" id="page:footer-sections">Sections</p>
<ul>
${site.desks.map(({ id, name }) => `<li><a href="/${id}/">${escapeHtml(name)}</a></li>\n`).join('')}<li><a href="/topics/">Topics</a></li>
<li><a href="/authors/">Authors</a></li>
<li><a href="/archive/">Archive</a></li>
<li><a href="/corrections/">Corrections</a></li>
</ul>
</nav>
<nav class="footer-links" aria-labelledby="page:footer-about">
<p class="label" id="page:footer-about">About this site</p>
<ul>
<li><a href="/feeds/">Feeds</a></li>
</ul>
</nav>
</div>
<div class="footer-end">
<fieldset class="theme" hidden>
<legend>Colours</legend>
<label><input type="radio" name="theme" value="" checked> As the device</label>
<label><input type="radio" name="theme" value="light"> Light</label>
<label><input type="radio" name="theme" value="dark"> Dark</label>
</fieldset>
</div>`,
  );

export const writer = id =>
  once(
    `writer ${id}`,
    () => `<div class="writer">
<p class="writer-name"><a href="/authors/${id}/">${escapeHtml(named[id].name)}</a></p>
<p><bdi>${escapeHtml(named[id].biography)}</bdi></p>
</div>`,
  );
