import type { Lang } from '../../../lessons/text.ts';

/** What pages say and the player does not, in one language. */
export interface PageWords {
  /** The name of the language, in itself. */
  readonly ownName: string;
  readonly skip: string;
  /** What the links at the top are called, and those to the lessons before and after. */
  readonly navigation: string;
  readonly neighbours: string;
  readonly course: string;
  readonly courseIntro: string;
  readonly allLessons: string;
  readonly glossary: string;
  readonly glossaryIntro: string;
  readonly lifecycle: string;
  readonly lifecycleNote: string;
  readonly from: string;
  readonly actions: Readonly<Record<string, string>>;
  readonly path: string;
  readonly prepared: string;
  readonly chooseAnswer: string;
  readonly wrong: string;
  readonly snippetLanguage: string;
  readonly program: string;
  readonly mended: string;
  readonly look: string;
  readonly missing: string;
  readonly takeAway: string;
  readonly terms: string;
  readonly atTerminal: string;
  /** With the sign that points where it leads, in the direction of reading. */
  readonly previous: string;
  readonly next: string;
  readonly otherName: string;
}

const english: PageWords = {
  ownName: 'English',
  skip: 'Skip to the content',
  navigation: 'Course',
  neighbours: 'Lessons before and after',
  course: 'PaymentIntents, lesson by lesson',
  courseIntro:
    'A few minutes each: predict what will happen, make it happen on the emulator, look at what did, and break it. Everything works offline.',
  allLessons: 'All lessons',
  glossary: 'Glossary',
  glossaryIntro: 'What the words mean, why they matter, and how they hang together.',
  lifecycle: 'The lifecycle of a PaymentIntent',
  lifecycleNote: 'Columns are the statuses that something leads out of; arrows point to where it can lead.',
  from: 'from',
  actions: {},
  path: 'The way of the payment in this lesson. Numbers are steps.',
  prepared: 'Prepared by the lesson',
  chooseAnswer: 'Choose an answer, and see whether it is so.',
  wrong: 'Not so.',
  snippetLanguage: 'Language of the request',
  program: 'The program of the shop',
  mended: 'One way to mend it',
  look: 'What to look for',
  missing: 'If it is not so',
  takeAway: 'To take away',
  terms: 'Words of this lesson',
  atTerminal: 'To take it at a terminal, with checks by the emulator:',
  previous: '← Previous',
  next: 'Next →',
  otherName: 'In Arabic',
};

const arabic: PageWords = {
  ownName: 'العربية',
  skip: 'انتقل إلى المحتوى',
  navigation: 'الدورة',
  neighbours: 'الدرس السابق والدرس التالي',
  course: 'نيات الدفع، درسًا درسًا',
  courseIntro:
    'دقائق قليلة لكل درس: توقّع ما سيحدث، واجعله يحدث في المحاكي، وانظر ماذا جرى، ثم حاول إفساده. كل شيء يعمل من دون اتصال.',
  allLessons: 'كل الدروس',
  glossary: 'المسرد',
  glossaryIntro: 'معاني الكلمات، ولماذا تهمّ، وكيف يرتبط بعضها ببعض.',
  lifecycle: 'دورة حياة نية الدفع',
  lifecycleNote: 'الأعمدة هي الحالات التي يمكن الخروج منها، والأسهم تشير إلى ما يمكن الوصول إليه.',
  from: 'من',
  actions: {
    confirm: 'تأكيد',
    update_payment_method: 'تعديل',
    capture: 'تحصيل',
    cancel: 'إلغاء',
    increment_authorization: 'زيادة المبلغ المحجوز',
    apply_customer_balance: 'استخدام الرصيد',
    verify_microdeposits: 'التحقق من الإيداعات',
    authenticate: 'العميل يجتاز التحقق',
    fail_authentication: 'العميل لا يجتاز التحقق',
    fund: 'وصول المال',
    settle: 'البنك يدفع',
    fail: 'البنك يرفض',
    expire: 'انتهاء المهلة',
  },
  path: 'طريق عملية الدفع في هذا الدرس. الأرقام هي الخطوات.',
  prepared: 'ما أعدّه الدرس',
  chooseAnswer: 'اختر جوابًا لترى هل هو الصحيح.',
  wrong: 'ليس كذلك.',
  snippetLanguage: 'لغة الطلب',
  program: 'برنامج المتجر',
  mended: 'إحدى طرق إصلاحه',
  look: 'ما الذي تتحقق منه',
  missing: 'إن لم يكن كذلك',
  takeAway: 'خلاصة الدرس',
  terms: 'مصطلحات هذا الدرس',
  atTerminal: 'لتأخذ الدرس في الطرفية ويتحقق المحاكي مما فعلت:',
  previous: '→ السابق',
  next: 'التالي ←',
  otherName: 'بالإنجليزية',
};

export function pageWords(lang: Lang): PageWords {
  return lang === 'ar' ? arabic : english;
}
