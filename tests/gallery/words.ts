/**
 * Words for the gallery's stories in three languages: sentences from templates, with places, bodies and numbers that
 * fit any of them. No person is named.
 */
import type { Random } from './random.ts';

export type Script = 'en' | 'he' | 'ar';

interface Words {
  desks: [id: string, name: string][];
  topics: [id: string, name: string][];
  authors: [id: string, name: string, role: string][];
  /** Templates of headlines; `{a}`, `{b}` and `{n}` are replaced. */
  headlines: string[];
  shortHeadlines: string[];
  longHeadlines: string[];
  a: string[];
  b: string[];
  sentences: string[];
  headings: string[];
  quote: string;
  speaker: string;
  caption: string;
  credit: string;
}

export const words: Record<Script, Words> = {
  en: {
    desks: [
      ['city', 'City'],
      ['region', 'Region'],
      ['business', 'Business'],
      ['culture', 'Culture'],
      ['sport', 'Sport'],
      ['science', 'Science'],
    ],
    topics: [
      ['harbour', 'The harbour'],
      ['housing', 'Housing'],
      ['transport', 'Transport'],
      ['budget', 'The budget'],
    ],
    authors: [
      ['city-desk', 'The City Desk', 'Reporter'],
      ['data-desk', 'The Data Desk', 'Data reporter'],
      ['culture-desk', 'The Culture Desk', 'Critic'],
      ['leader-desk', 'The Leader Desk', 'Columnist'],
    ],
    headlines: [
      '{a} to reopen {b} after two winters of repairs',
      '{a} approves a plan for {b}, but not the money',
      'How {b} became the most expensive in the country',
      'Storm closes {b} for the third time this month',
      '{a} asks for {n} new posts to keep {b} running',
      '{n} years on, {b} is still waiting for an answer',
      'Residents take {a} to court over {b}',
      'What the new rules for {b} mean for you',
      '{a} and the unions agree on {b} at the last minute',
      'Prices around {b} rise by {n} per cent in a year',
      'The night shift that keeps {b} alive',
      '{a} finds a fault in {b} that nobody had looked for',
    ],
    shortHeadlines: [
      'A bridge too few',
      'Rain at last',
      'The last ferry',
      'Strike is off',
      'Lights out',
      'A quiet year',
    ],
    longHeadlines: [
      '{a} votes by a single voice to postpone the reconstruction of {b}, which engineers had called urgent {n} months ago',
      'Between the harbour and the hills: why the oldest dispute about {b} has outlived {n} councils and will outlive this one',
    ],
    a: [
      'City council',
      'The port authority',
      'The regional court',
      'The university',
      'The transport ministry',
      'The water board',
      'The hospital',
    ],
    b: [
      'the river crossing',
      'the old market hall',
      'the night trains',
      'the northern pier',
      'the school meals',
      'the flood wall',
      'the tram to the coast',
      'the concert hall',
    ],
    sentences: [
      'The decision came after a debate of more than four hours, in which every group on the council asked for a break at least once.',
      'Engineers measured the walls again in March and found that they had moved by less than a millimetre.',
      'The money is to come from a fund that was set up for floods and has hardly been used since.',
      'Nobody in the building wanted to say when the work will be finished.',
      'On the quay, the first ferries of the morning were late by twenty minutes.',
      'A report that this newspaper has seen puts the cost at three times the first estimate.',
      'Shopkeepers in the side streets say that they have waited long enough.',
      'The plan has been changed eleven times since it was first drawn.',
      'Figures from the statistics office show how far the region has fallen behind.',
      'The court will hear the case in spring, and an appeal is likely.',
      'Two of the five pumps were replaced last summer, the rest are older than the people who maintain them.',
      'Anyone who travels by tram in the evening knows the problem.',
    ],
    headings: ['What was decided', 'Who pays', 'What happens next'],
    quote: 'We have had the drawings for ten years. What we have not had is the will.',
    speaker: 'a member of the works committee',
    caption: 'The quay on the morning after the vote.',
    credit: 'The Photo Desk',
  },
  he: {
    desks: [
      ['city', 'העיר'],
      ['region', 'האזור'],
      ['business', 'כלכלה'],
      ['culture', 'תרבות'],
      ['sport', 'ספורט'],
    ],
    topics: [
      ['harbour', 'הנמל'],
      ['housing', 'דיור'],
      ['transport', 'תחבורה'],
      ['budget', 'התקציב'],
    ],
    authors: [
      ['city-desk', 'דסק העיר', 'כתב'],
      ['data-desk', 'דסק הנתונים', 'כתבת נתונים'],
      ['culture-desk', 'דסק התרבות', 'מבקרת'],
      ['leader-desk', 'דסק הדעות', 'בעל טור'],
    ],
    headlines: [
      '{a} אישרה תוכנית חדשה עבור {b}, אבל לא את הכסף',
      'איך {b} נעשה ליקר ביותר בארץ',
      'הסערה סגרה את {b} בפעם השלישית החודש',
      'אחרי {n} שנים, {b} עדיין מחכה לתשובה',
      'התושבים תבעו את {a} בגלל {b}',
      'המחירים סביב {b} עלו ב-{n} אחוזים בשנה',
      'משמרת הלילה ששומרת על {b} בחיים',
    ],
    shortHeadlines: ['סוף סוף גשם', 'המעבורת האחרונה', 'השביתה בוטלה', 'שנה שקטה'],
    longHeadlines: [
      '{a} החליטה ברוב של קול אחד לדחות את השיפוץ של {b}, שהמהנדסים הגדירו דחוף כבר לפני {n} חודשים',
    ],
    a: ['מועצת העיר', 'רשות הנמל', 'האוניברסיטה', 'רשות המים', 'הנהלת בית החולים'],
    b: ['המעבר מעל הנהר', 'השוק הישן', 'המזח הצפוני', 'קו הרכבת הקלה', 'אולם הקונצרטים'],
    sentences: [
      'ההחלטה התקבלה אחרי דיון של יותר מארבע שעות.',
      'המהנדסים מדדו שוב את הקירות במרץ ומצאו שהם זזו בפחות ממילימטר.',
      'הכסף אמור להגיע מקרן שהוקמה לשיטפונות וכמעט לא נעשה בה שימוש מאז.',
      'איש בבניין לא רצה לומר מתי יסתיימו העבודות.',
      'על הרציף איחרו המעבורות הראשונות של הבוקר בעשרים דקות.',
      'דוח שהגיע לידי העיתון מעריך את העלות בפי שלושה מן האומדן הראשון.',
      'בעלי החנויות ברחובות הצדדיים אומרים שחיכו מספיק.',
      'בית המשפט ידון בתיק באביב, וסביר שיוגש ערעור.',
    ],
    headings: ['מה הוחלט', 'מי משלם', 'מה הלאה'],
    quote: 'השרטוטים נמצאים אצלנו עשר שנים. מה שלא היה לנו הוא הרצון.',
    speaker: 'חברה בוועדת העבודות',
    caption: 'הרציף בבוקר שאחרי ההצבעה.',
    credit: 'דסק הצילום',
  },
  ar: {
    desks: [
      ['city', 'المدينة'],
      ['region', 'الإقليم'],
      ['business', 'اقتصاد'],
      ['culture', 'ثقافة'],
      ['sport', 'رياضة'],
    ],
    topics: [
      ['harbour', 'الميناء'],
      ['housing', 'الإسكان'],
      ['transport', 'النقل'],
      ['budget', 'الموازنة'],
    ],
    authors: [
      ['city-desk', 'قسم المدينة', 'مراسل'],
      ['data-desk', 'قسم البيانات', 'صحفية بيانات'],
      ['culture-desk', 'قسم الثقافة', 'ناقدة'],
      ['leader-desk', 'قسم الرأي', 'كاتب عمود'],
    ],
    headlines: [
      '{a} يقر خطة جديدة بشأن {b} من دون تمويل',
      'كيف أصبح {b} الأغلى في البلاد',
      'العاصفة تغلق {b} للمرة الثالثة هذا الشهر',
      'بعد {n} عاما لا يزال {b} ينتظر جوابا',
      'السكان يقاضون {a} بسبب {b}',
      'ارتفاع الأسعار حول {b} بنسبة {n} في المئة خلال عام',
      'الوردية الليلية التي تبقي {b} حيا',
    ],
    shortHeadlines: ['المطر أخيرا', 'العبارة الأخيرة', 'إلغاء الإضراب', 'عام هادئ'],
    longHeadlines: [
      '{a} يصوت بفارق صوت واحد لتأجيل إعادة بناء {b} التي وصفها المهندسون بالعاجلة قبل {n} شهرا',
    ],
    a: ['مجلس المدينة', 'مجلس الميناء', 'مجلس الجامعة', 'مجلس المياه', 'مجلس المستشفى'],
    b: ['الجسر القديم', 'السوق المسقوف', 'الرصيف الشمالي', 'خط الترام', 'سور الفيضان'],
    sentences: [
      'جاء القرار بعد نقاش استمر أكثر من أربع ساعات.',
      'قاس المهندسون الجدران مجددا في مارس ووجدوا أنها تحركت أقل من مليمتر واحد.',
      'من المفترض أن يأتي المال من صندوق أنشئ للفيضانات ولم يكد يستخدم منذ ذلك الحين.',
      'لم يرغب أحد في المبنى في أن يقول متى تنتهي الأعمال.',
      'على الرصيف تأخرت أولى عبارات الصباح عشرين دقيقة.',
      'يقدر تقرير اطلعت عليه الصحيفة الكلفة بثلاثة أضعاف التقدير الأول.',
      'يقول أصحاب المتاجر في الشوارع الجانبية إنهم انتظروا بما يكفي.',
      'ستنظر المحكمة في القضية في الربيع ومن المرجح تقديم استئناف.',
    ],
    headings: ['ما الذي تقرر', 'من يدفع', 'ماذا بعد'],
    quote: 'الرسوم لدينا منذ عشر سنوات. ما لم يكن لدينا هو الإرادة.',
    speaker: 'عضو في لجنة الأشغال',
    caption: 'الرصيف صباح اليوم التالي للتصويت.',
    credit: 'قسم الصور',
  },
};

/** Fills a template with words of its language. The first letter of a Latin headline is a capital. */
export function fill(template: string, { a, b }: Pick<Words, 'a' | 'b'>, random: Random): string {
  const text = template
    .replaceAll('{a}', () => random.pick(a))
    .replaceAll('{b}', () => random.pick(b))
    .replaceAll('{n}', () => String(random.whole(3, 40)));
  return text.charAt(0).toUpperCase() + text.slice(1);
}
