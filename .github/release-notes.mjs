/** Prints the section of CHANGELOG.md for a release: `node .github/release-notes.mjs v1.2.3`. */
import { readFileSync } from 'node:fs';

const read = path => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const version = process.argv[2]?.replace(/^v/, '');
const expected = JSON.parse(read('package.json')).version;

const sections = read('CHANGELOG.md').split(/^(?=## )/m);
const section = sections.find(text => text.startsWith(`## [${version}]`) || text.startsWith(`## ${version} `));

if (version !== expected)
  fail(`The tag is for version ${version}, but package.json has version ${expected}. Change one of them.`);
if (!section) fail(`CHANGELOG.md has no section '## [${version}]'. Rename 'Unreleased' and add the date.`);
console.log(section.replace(/^.*\n/, '').trim());

/** @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}
