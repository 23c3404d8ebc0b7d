import './page.ts';
import { followContents } from './contents.ts';
import { offerLinks } from './links.ts';
import { openNotes } from './notes.ts';

followContents();
offerLinks();
openNotes();
