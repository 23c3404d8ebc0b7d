/** A publication in a right-to-left language. */
import { describe, expect, test } from 'vitest';
import { findAccessibilityFaults, findOverflow, useSite } from '../helpers/browser.ts';

const path = '/עולם/2025/03/בדיקה/';

const hebrewSite = {
  'content/site.yaml': `name: עיתון הבדיקה
tagline: אתר לבדיקות בלבד
url: https://courier.example/
lang: he
timeZone: Asia/Jerusalem
desks:
  - {id: עולם, name: עולם}
topics:
  - {id: בדיקות, name: בדיקות}
navigation:
  - {text: עמוד ראשי, url: /}
footer:
  - {text: עמוד ראשי, url: /}
`,
  'content/articles/2025/בדיקה.md': `---
title: הבדיקה הזאת בודקת כיצד נראה עמוד שנכתב מימין לשמאל
standfirst: העמוד נכתב לצורך הבדיקה בלבד, ואין בו חדשות.
dateline: תל אביב
published: 2025-03-05T09:00:00+02:00
updated: 2025-03-05T12:00:00+02:00
desk: עולם
authors: [ada, english]
topics: [בדיקות]
sources:
  - {name: משרד הבדיקות, note: מסר את המספרים, firstReport: true}
keyFigures:
  - {value: "59", label: מספר לדוגמה, source: משרד הבדיקות}
  - {value: 'יותר מ־2,000', label: מספר נוסף לדוגמה}
corrections:
  - {date: 2025-03-06T10:00:00+02:00, text: בגרסה קודמת חסרה מילה אחת.}
---

הפסקה הראשונה באה אחרי שם המקום.

## הפסקה הארוכה

הפסקה הזאת ארוכה מספיק כדי למלא כמה שורות על כל מסך, וכך אפשר לראות היכן מתחילה כל שורה והיכן היא נגמרת. היא כוללת גם מילה באנגלית, Chromium, וגם את המספר 147 באמצע המשפט, כדי שכיוון הכתיבה יתחלף בתוך השורה. המשפט האחרון שלה מוסיף עוד כמה מילים רק כדי שהפסקה תהיה ארוכה יותר.

> המשפט הזה הוא ציטוט לדוגמה.
>
> — עדה בודקת, ראש משרד הבדיקות

## מספרים ותאריכים

| שם | מספר |
| --- | ---: |
| ראשון | 3 |
| שני | 6,000 |

\`\`\`timeline
caption: לוח זמנים לדוגמה
events:
  - {date: "1997", text: שנה.}
  - {date: "2025-03-05", text: יום.}
\`\`\`

> [!context] תיבה עם כותרת
>
> הטקסט של התיבה.

- פריט ראשון
- פריט שני
`,
  'content/authors/ada.md': '---\nname: עדה בודקת\n---\n\nמשפט אחד.\n',
  'content/authors/english.md': '---\nname: English Writer\nrole: Editor\nlang: en\n---\n\nOne sentence.\n',
};

const site = useSite({ files: hebrewSite });

describe('a Hebrew article', () => {
  test('declares its language and runs from right to left', async () => {
    const { page, troubles } = await site.open(path);
    expect(
      await page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir })),
    ).toEqual({
      lang: 'he',
      dir: 'rtl',
    });
    expect(troubles).toEqual([]);
  });

  test.each([360, 1280])('starts its lines at the right at %i px', async width => {
    const { page } = await site.open(path, { width });
    const line = await page
      .locator('.section > p')
      .first()
      .evaluate(paragraph => {
        const text = paragraph.firstChild as Text;
        const rectOf = (index: number) => {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + 1);
          return range.getBoundingClientRect();
        };
        const first = rectOf(0);
        let last = 0;
        while (last + 1 < text.length && rectOf(last + 1).top < first.bottom - 4) last++;
        return {
          length: last,
          wraps: last + 1 < text.length,
          first: first.right,
          // The last character of the line is the space at which it breaks, which has no width.
          last: rectOf(last - 1).left,
          edge: paragraph.getBoundingClientRect().right,
        };
      });
    expect(line.wraps).toBe(true);
    expect(line.length).toBeGreaterThan(20);
    expect(line.first).toBeGreaterThan(line.last + 200);
    expect(Math.abs(line.first - line.edge)).toBeLessThan(2);
  });

  test('has its contents to the right of the text on a wide screen', async () => {
    const { page } = await site.open(path);
    const contents = (await page.locator('.contents').boundingBox())!;
    const text = (await page.locator('.article > .opening').boundingBox())!;
    expect(contents.x).toBeGreaterThan(text.x + text.width);
  });

  test.each(['light', 'dark'] as const)(
    'is accessible in its %s colours at 320, 360 and 1280 px',
    async colorScheme => {
      const { page } = await site.open(path, { colorScheme });
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await findAccessibilityFaults(page), `at ${width} px`).toEqual([]);
      }
    },
  );

  test.each([320, 360, 1000, 1280])('does not scroll sideways at %i px', async width => {
    const { page } = await site.open(path, { width });
    expect(await findOverflow(page)).toEqual({ pixels: 0, elements: [] });
    // In right-to-left text, overflow is at the left of the window.
    const left = await page.evaluate(() => {
      scrollBy(-1000, 0);
      return scrollX;
    });
    expect(left).toBe(0);
  });
});

test.each([
  [path, '.writer'],
  ['/authors/english/', '.author-biography'],
  ['/text/authors/english/', 'main'],
])('%s presents an author in the language of the biography', async (address, within) => {
  const { page } = await site.open(address);
  const sentence = page.locator(within).getByText('One sentence.');
  expect(await sentence.evaluate(element => element.closest('[lang]')!.getAttribute('lang'))).toBe('en');
  const [first, fullStop] = await sentence.evaluate(element => {
    const text = element.firstChild as Text;
    return [0, text.data.trimEnd().length - 1].map(index => {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + 1);
      return range.getBoundingClientRect().left;
    });
  });
  expect(fullStop).toBeGreaterThan(first!);
});

test('every page of the Hebrew publication is accessible and runs from right to left', async () => {
  const { page } = await site.open('/', { width: 320 });
  for (const each of site.paths()) {
    await page.goto(each);
    expect(await page.locator('html').getAttribute('dir'), each).toBe('rtl');
    expect(await findAccessibilityFaults(page), each).toEqual([]);
    expect(await findOverflow(page), each).toEqual({ pixels: 0, elements: [] });
  }
}, 180_000);
