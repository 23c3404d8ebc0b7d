/** Scripts of every page. The page is readable without them. */
import { showAges } from './ages.ts';
import { listenForSearch } from './shortcut.ts';
import { offerThemes } from './theme.ts';

offerThemes();
showAges();
listenForSearch();
