import type { Words } from './words.ts';

/** A number with its noun: one, two, three to ten, and from eleven on. */
function counted(
  number: number,
  [one, two, few, many]: readonly [one: string, two: string, few: string, many: string],
): string {
  if (number === 1) return one;
  if (number === 2) return two;
  const rest = number % 100;
  return `${number} ${rest >= 3 && rest <= 10 ? few : many}`;
}

export const arabicWords: Words = {
  lessonQuestion: 'الدرس',
  keys: '↑↓ للتنقل • ⏎ للاختيار',
  minutes: (minutes) => counted(minutes, ['دقيقة واحدة', 'دقيقتان', 'دقائق', 'دقيقة']),
  lessons: (number) => `${counted(number, ['درس واحد', 'درسان', 'دروس', 'درسًا'])}.`,
  isDone: 'تم',
  reached: (round, of) => `الجولة ${round} من ${of}`,

  round: (round, of) => `الجولة ${round} من ${of}`,
  kinds: {
    try: 'جرّب',
    break: 'والآن أفسِدها',
    mistake: 'ارتكب الخطأ',
    mend: 'والآن أصلحه',
  },
  setting: 'ما لدينا',
  question: 'ما رأيك؟',
  guess: 'توقّعك',
  right: 'صحيح.',
  notThis: 'لم تُصب هذه المرة.',
  rightOne: 'الصحيح',
  letters: ['أ', 'ب', 'ج', 'د', 'هـ'],
  task: 'دورك الآن',
  oneWay: 'إحدى الطرق',
  expect: 'النتيجة',
  why: 'لماذا',
  events: (types) => `الأحداث: ${types.join('، ')}`,
  status: (status) => `الحالة: ${status}`,
  refusal: (codes) => `الرفض: ${codes}`,

  whatNow: 'ماذا الآن؟',
  marks: { met: 'نعم:', missing: 'ليس بعد:' },
  nextCommand: 'التالي',
  nextRound: (title) => `التالي: ${title}`,
  wishes: {
    type: { name: 'اكتب الأمر هنا', description: '`payintent` أو `curl` أو برنامج من عندك' },
    check: { name: 'تحقّق', description: 'انظر ماذا حدث، أينما فعلته' },
    elsewhere: { name: 'استخدم طرفية أخرى', description: 'كيف تصل منها إلى هذا المحاكي' },
    perform: { name: 'نفّذها عني', description: 'يُرسل الطلب الظاهر أعلاه' },
    hint: { name: 'تلميح', description: 'ما الذي ما زال ناقصًا' },
    language: { name: 'لغة أخرى', description: 'اعرض الطلب بصيغة `curl` أو Node أو Python أو غيرها' },
    edit: { name: 'عدّل البرنامج', description: 'في المحرر الذي يحدده `$EDITOR`' },
    difference: { name: 'أرني البرنامج مُصلَحًا', description: 'بمَ يختلف عن برنامجك' },
    again: { name: 'ابدأ هذه الجولة من جديد', description: 'بكائنات جديدة، إن لم تعد كائناتك صالحة' },
    leave: { name: 'اخرج', description: 'يُحفظ موضعك' },
  },
  mends: 'يحلّ البرنامج المُصلَح محلّ برنامجك',
  language: 'اللغة',
  typing: 'السطر الفارغ يعيدك إلى الخيارات.',
  notPossible: 'لم ينجح ذلك. ربما لم تعد كائنات هذه الجولة صالحة: ابدأها من جديد.',

  anyTerminal: 'يعمل الأمر `payintent` على الحالة نفسها في أيّ طرفية أخرى:',
  door: 'ويصل إليها `curl` والمكتبات البرمجية على العنوان',
  doorUse: 'وهذا السطر يضبط العنوان والمفتاح في الصدفة (shell):',
  client: 'وهذه الأسطر تُعِدّ المكتبة البرمجية للشيفرة أعلاه:',

  shop: 'متجر هذا الدرس يعمل على العنوان',
  programCopied: 'نسختك من برنامجه، لتعدّلها في أيّ محرر:',
  programKept: 'نسختك السابقة من برنامجه:',
  programBeside: 'وُضع البرنامج المُصلَح مكانه، وما كتبته أنت هنا:',
  programTrouble: (kind) =>
    ({
      ended: 'انتهى البرنامج من تلقاء نفسه. وآخر ما قاله:',
      missing: 'لم يعد البرنامج في مكانه.',
      silent: 'البرنامج يعمل لكنه لا يجيب.',
    })[kind],
  trying: 'يُجرَّب برنامجك …',
  tried: 'ما أُرسل إلى برنامجك، وما أجاب به:',
  signatures: {
    changed: 'غُيّر في الطريق',
    forged: 'بتوقيع طرف آخر',
    none: 'بلا توقيع',
  },
  noEditor: 'اضبط `EDITOR` لتفتحه من هنا، أو افتحه في أيّ محرر.',

  resumeQuestion: (round, of) => `خرجت عند الجولة ${round} من ${of}`,
  resume: 'أكمل من هناك',
  startOver: 'ابدأ من البداية',
  objectsGone: 'ما أنشأه هذا الدرس لم يعد موجودًا: أُعيد ضبط المحاكي، أو صارت له حالة أخرى.',
  madeAnew: 'أُنشئ كل شيء من جديد حتى هذه الجولة.',

  outro: 'الخلاصة',
  lessonDone: (title) => `تم الدرس: ${title}`,
  guessed: (right, of) => `أصبت في ${right} من ${of}.`,
  left: (round, of) => `أنت عند الجولة ${round} من ${of}، وموضعك محفوظ.`,
  readOn: 'اقرأ المزيد',
  allDone: 'كان هذا آخر درس. والأمر `payintent learn --list` يعرض ما بقي.',

  forgotAll: 'مُحي سجل تقدّمك كله.',
  forgotOne: (title) => `مُحي سجل تقدّمك في «${title}».`,
  nothingToForget: 'لا يوجد سجل تقدّم يُمحى.',
};
