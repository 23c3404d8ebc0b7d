/** What every page has. Nothing here is needed to read it. */
import { listenForSearch } from './shortcut.ts';
import { offerThemes } from './theme.ts';

offerThemes();
listenForSearch();
