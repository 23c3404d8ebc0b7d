import './page.ts';
import { followContents } from './contents.ts';
import { followHeader } from './header.ts';
import { offerLinks } from './links.ts';
import { openNotes } from './notes.ts';
import { openPictures } from './pictures.ts';
import { offerSaving, rememberPlace } from './reader.ts';
import { followSteps } from './steps.ts';

followContents();
followHeader();
offerLinks();
openNotes();
openPictures();
followSteps();
offerSaving();
rememberPlace();
