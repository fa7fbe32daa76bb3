import type { LessonText } from '../text.ts';

export const offSession3ds: LessonText = {
  title: 'التحقق 3D Secure من دون حضور العميل',
  summary: 'يمكن الخصم من بطاقة محفوظة والعميل غائب، ويمكن للبنك أن يصرّ على حضوره.',
  intro: `يُخصم الاشتراك ليلًا والعميل نائم. هذه عملية دفع [من دون حضور العميل](term:off_session)، ولا يستطيع أحد عندئذ
أن يجتاز [التحقق ثلاثي الأبعاد (3D Secure)](term:three_d_secure). في هذا الدرس تحفظ بطاقة، وتخصم منها والعميل غائب، ثم
تستدعي العميل حين يصرّ البنك.`,
  rounds: {
    save: {
      title: 'احفظ البطاقة والعميل حاضر',
      setting: 'أنشأ الدرس كائنًا يمثّل [العميل](term:customer)، معرّفه `cus_…`، وستُحفظ له البطاقة.',
      predict: {
        question:
          'يدفع العميل الشهر الأول الآن. وسيخصم خادمك وحده من البطاقة في الأشهر التالية. ما الذي يتيح ذلك؟',
        choices: {
          number: {
            label: 'أن تحفظ رقم البطاقة في قاعدة بياناتك',
            because: 'حفظ الأرقام على خوادمك يُلزمك أشدّ قواعد الأمان، ومع ذلك لا يعلم البنك أن العميل وافق.',
          },
          said: {
            label: 'أن تبيّن عملية الدفع الأولى فيمَ ستُستخدم البطاقة',
            because:
              'مع `setup_future_usage=off_session` تبقى البطاقة مربوطة بالعميل، ويُسأل البنك عمّا يريد والعميل حاضر.',
          },
          nothing: {
            label: 'لا شيء: البطاقة التي دُفع بها مرة يمكن الخصم منها مرة أخرى',
            because: 'وسيلة الدفع التي لا تخصّ عميلًا تُستخدم مرة واحدة. ولا تصلح بعد ذلك.',
          },
        },
      },
      task: `أجرِ عملية دفع للعميل ببطاقة الاختبار \`3ds-unless-set-up\`، وبيّن أن البطاقة سيُخصم منها لاحقًا:
\`setup_future_usage=off_session\`. سيطلب البنك 3D Secure، فاجتزه نيابةً عن العميل. وتصلح لذلك أيضًا
[نية إعداد](term:setup_intent) فيها \`usage=off_session\`.`,
      checks: {
        attached: {
          met: 'صارت البطاقة مربوطة بالعميل، وأخبر بذلك الحدث `payment_method.attached`.',
          missing:
            'لم تُحفظ للعميل أيّ بطاقة بعد. اكتب أولًا `payintent create --amount 2000 --currency usd --customer cus_… --payment-method 3ds-unless-set-up --setup-future-usage off_session --confirm` ثم `payintent authenticate pi_… --succeed`',
        },
        permitted: {
          met: 'حُفظت لعمليات دفع من دون حضور العميل.',
          missing:
            'لم تُحفظ أيّ بطاقة لعمليات دفع من دون حضور العميل. أجرِ عملية دفع بالخيارين `--customer cus_…` و`--setup-future-usage off_session`، وأكملها حتى تنجح.',
        },
      },
      explain: `جاء التحقق في اللحظة المناسبة: الآن، وهناك من يجتازه. وهذه فائدة أن تقول مبكرًا ما ستفعله لاحقًا.

وعليك للعميل جملة في الصفحة: ما الذي سيُخصم، ومتى. وقد يسألك البنك عنها.`,
    },
    away: {
      title: 'اخصم منها والعميل غائب',
      predict: {
        question:
          'طلبت البطاقة نفسها 3D Secure في عملية الدفع الأولى. وبعد شهر تخصم منها ليلًا مع `off_session=true`. ماذا يحدث؟',
        choices: {
          challenged: {
            label: 'تطلب 3D Secure من جديد، في الحالة `requires_action`',
            because: 'معنى `off_session=true` أنه لا أحد حاضر ليجيب. فلا فائدة من التحقق.',
          },
          paid: {
            label: 'تنجح عملية الدفع',
            because: 'وافق العميل حين حُفظت البطاقة، وهذا البنك يكتفي بذلك.',
          },
          declined: {
            label: 'تُرفض',
            because: 'يحدث هذا مع البنوك التي تريد حضور العميل كل مرة. أما هذه البطاقة فقد هُيّئت، وبنكها راضٍ.',
          },
        },
      },
      task: 'اخصم من البطاقة المحفوظة للعميل نفسه، مع `off_session=true`.',
      checks: {
        'said-away': {
          met: 'بيّنتَ أن العميل غائب: `off_session=true`.',
          missing:
            'لم يبيّن أيّ تأكيد أن العميل غائب. اكتب: `payintent create --amount 2000 --currency usd --customer cus_… --payment-method pm_… --off-session --confirm`',
        },
        paid: {
          met: 'نجحت عملية الدفع، ولم يكن أحد حاضرًا.',
          missing:
            'لم تنجح لهذا العميل أيّ عملية دفع من دون حضوره. اخصم من البطاقة التي حُفظت باسم `3ds-unless-set-up`: فقد تطلب بطاقات اختبار أخرى حضور العميل كل مرة.',
        },
      },
      explain: `يفعل \`off_session=true\` أمرين. يخبر البنك بأنك تتصرف بناءً على موافقة سابقة، فيجوز له أن يمرّر عملية
الدفع. ويخبر Stripe بألّا ينتظر عميلًا غائبًا.

ويقرر البنك من جديد كل مرة. فلا يمكنك أن تعِد بأن الأمر سينجح، وعن هذا تتحدث الجولة التالية.`,
    },
    insists: {
      title: 'البنك يصرّ',
      setting: 'حفظ الدرس للعميل نفسه بطاقة ثانية، `pm_…`. والبنك الذي أصدرها يريد حضور العميل كل مرة.',
      predict: {
        question: 'تخصم من هذه البطاقة الثانية مع `off_session=true`. ماذا يحدث؟',
        choices: {
          mail: {
            label: 'ينتظر Stripe، ويُطلب من العميل أن يجتاز المصادقة',
            because: 'لا أحد ينتظر: فمعنى `off_session=true` أنه لا أحد حاضر. واستدعاء العميل عليك أنت.',
          },
          declined: {
            label: 'تُرفض بالرمز `authentication_required`',
            because: 'يريد البنك حضور العميل، والعميل غائب. فالنتيجة رفض يبيّن ما الذي ينقص.',
          },
          waits: {
            label: 'تنتقل نية الدفع إلى `requires_action`',
            because:
              'هكذا يكون الأمر لو كان العميل حاضرًا. أما مع `off_session=true` فالنتيجة رفض، وتعود نية الدفع إلى `requires_payment_method`.',
          },
        },
      },
      task: `اخصم من البطاقة الثانية مع \`off_session=true\`. ثم يعود العميل: أكّد **نية الدفع نفسها** بالبطاقة نفسها، من دون
\`off_session\` هذه المرة، واجتز 3D Secure.`,
      checks: {
        declined: {
          met: 'كان الجواب 402 والرمز `authentication_required`.',
          missing:
            'لم يُرفض بعدُ شيء لغياب العميل. اكتب: `payintent create --amount 2000 --currency usd --customer cus_… --payment-method pm_… --off-session --confirm`',
        },
        asked: {
          met: 'حين حضر العميل، طلبت نية الدفع نفسها 3D Secure.',
          missing:
            'لم تطلب نية الدفع المرفوضة شيئًا من العميل بعد. اكتب: `payintent confirm pi_… --payment-method pm_…`',
        },
        paid: {
          met: 'اجتاز العميل التحقق، ونجحت نية الدفع تلك.',
          missing: 'لم تُدفع نية الدفع المرفوضة بعد. اكتب: `payintent authenticate pi_… --succeed`',
        },
      },
      explain: `ترك الرفض نية الدفع مفتوحة، في الحالة \`requires_payment_method\`. فاستدعِ العميل إلى نية الدفع هذه
بعينها: أرسل إليه رابط صفحة من صفحاتك. وهناك تؤكّدها مكتبة Stripe.js بواسطة
[السر الخاص بالعميل (client secret)](term:client_secret)، [بحضور العميل](term:on_session). فتبقى لطلب الشراء نية دفع
واحدة، ولا يمكن أن يُدفع مرتين.

ولا تبقى لنية الدفع بعد الرفض وسيلة دفع. فعلى الصفحة أن تحدّد البطاقة من جديد، أو أن تدع العميل يختار غيرها.`,
    },
    forgotten: {
      title: 'انسَ الحقل',
      predict: {
        question: 'البطاقة نفسها في الليلة نفسها، لكن خادمك نسي `off_session=true`. ماذا يحدث؟',
        choices: {
          declined: {
            label: 'تُرفض كما رُفضت من قبل',
            because: 'لم يُذكر أن العميل غائب. فهناك فائدة من سؤاله.',
          },
          stuck: {
            label: 'تنتظر في `requires_action` عميلًا نائمًا',
            because: 'العميل في نظر Stripe جالس أمام الصفحة، ويُطلب منه أن يجتاز المصادقة. ولن يجيب.',
          },
          paid: {
            label: 'تنجح عملية الدفع',
            because: 'هذا البنك يريد حضور العميل كل مرة. ولا يغيّر الحقل ذلك.',
          },
        },
      },
      task: 'اخصم من البطاقة الثانية مرة أخرى، من دون `off_session`.',
      checks: {
        'not-said': {
          met: 'لم يُذكر أن العميل غائب، وقُبل الطلب.',
          missing:
            'لا توجد عملية دفع كهذه بعد. اكتب: `payintent create --amount 2000 --currency usd --customer cus_… --payment-method pm_… --confirm`',
        },
        stuck: {
          met: 'تنتظر نية الدفع في `requires_action`. ولن يجيب أحد.',
          missing:
            'لا تنتظر لهذا العميل أيّ عملية دفع في `requires_action`. اخصم من البطاقة الثانية، بطاقة الجولة السابقة.',
        },
      },
      explain: `لا خطأ ولا رفض ولا \`payment_intent.payment_failed\`. والمهمة المجدولة التي لا تبحث إلا عن الإخفاق تحسب
هذه ناجحة. فلا يُدفع اشتراك الشهر، ولا يعلم بذلك أحد.

والعكس خطأ أيضًا: فإرسال \`off_session=true\` والعميل حاضر يؤدي إلى رفض عمليات دفع كان التحقق سينقذها.`,
    },
  },
  outro: `احفظ البطاقات بواسطة \`setup_future_usage\` أو بنية إعداد والعميل حاضر. واخصم منها مع \`off_session=true\`.
وعامِل \`authentication_required\` معاملة مهمة لم تُنجز: أبقِ نية الدفع، واكتب إلى العميل، وأكّدها بحضوره. وفي بيئة
الإنتاج استمع إلى \`payment_intent.payment_failed\` وانظر في \`last_payment_error\`.`,
};
