/** Scripts of every page. The page is readable without them. */
import { listenForSearch } from './shortcut.ts';
import { offerThemes } from './theme.ts';

offerThemes();
listenForSearch();
