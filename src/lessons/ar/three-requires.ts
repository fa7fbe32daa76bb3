import type { LessonText } from '../text.ts';

export const threeRequires: LessonText = {
  title: 'الحالات الثلاث المنتظِرة',
  summary:
    'ما الذي تنتظره requires_payment_method وrequires_confirmation وrequires_action، ومَن عليه أن يتصرّف.',
  intro: `لنية الدفع التي ما زال دفعها ممكنًا إحدى ثلاث حالات أولها \`requires_\`. وهي متشابهة في الشيفرة، وكثيرًا ما
تُعامَل معاملة واحدة. لكن كل حالة منها تنتظر طرفًا آخر، ومن عرف ذلك عرف ما عليه فعله.

وهناك حالة رابعة تبدأ بالكلمة نفسها، لكنها من نوع آخر: ستراها في آخر الدرس.`,
  rounds: {
    choose: {
      title: 'في انتظار وسيلة للدفع',
      setting: 'أُنشئت نية دفع بمبلغ 20 دولارًا، وليست لها وسيلة دفع.',
      predict: {
        question: 'حالتها `requires_payment_method`. مَن عليه أن يتصرّف؟',
        choices: {
          stripe: {
            label: 'لا أحد: ما زال Stripe يعمل عليها',
            because: 'الحالة الدالة على ذلك هي `processing`. أما هنا فلا يوجد بعدُ ما يُعمل عليه.',
          },
          customer: {
            label: 'العميل، فيختار كيف يدفع',
            because: 'تحتاج نية الدفع إلى بطاقة أو حساب مصرفي أو محفظة. اعرض نموذج الدفع.',
          },
          server: {
            label: 'خادمك، فيؤكّدها',
            because: 'بِمَ يؤكّدها؟ من دون وسيلة دفع يُرفض التأكيد: `payment_intent_unexpected_state`.',
          },
        },
      },
      task: 'اختر نيابةً عن العميل: ضع بطاقة على نية الدفع، ولا تؤكّدها.',
      checks: {
        chosen: {
          met: 'الحالة الآن `requires_confirmation`: البطاقة موجودة، ولم يقل أحد: نفّذ.',
          missing:
            'لا توجد نية دفع عليها بطاقة وتنتظر التأكيد. اكتب: `payintent update pi_… --payment-method visa`',
        },
      },
      explain: `كانت الحالة [requires_payment_method](term:requires_payment_method) تنتظر اختيار العميل، وقد اختار. أما
الحالة [requires_confirmation](term:requires_confirmation) فتنتظر من يقول: نفّذ. وهو في أغلب المتاجر العميل حين يضغط
الزر، وهو خادمك إن كانت البطاقة محفوظة من قبل.

وقد لا تصادف هذه الحالة أبدًا، فمن يرسل البطاقة مع التأكيد يتخطاها.`,
    },
    challenge: {
      title: 'في انتظار العميل عند البنك',
      predict: {
        question: 'يشترط البنك الذي أصدر البطاقة التحقق 3D Secure، وأنت تؤكّد نية الدفع. ما الجواب؟',
        choices: {
          error: {
            label: 'خطأ: فشلت عملية الدفع',
            because: 'لم يفشل شيء. الجواب سليم، وعملية الدفع مستمرة في موضع آخر.',
          },
          processing: {
            label: 'نية الدفع، وحالتها `processing`',
            because: 'تنتظر `processing` البنك، ولا يستطيع أحد أن يستعجله. أما هنا فعلى العميل أن يفعل شيئًا.',
          },
          action: {
            label: 'نية الدفع، وحالتها `requires_action`',
            because: 'على العميل أن يفعل شيئًا أولًا، وفي `next_action` بيان ذلك.',
          },
        },
      },
      task: `أكّد ببطاقة تطلب [التحقق ثلاثي الأبعاد (3D Secure)](term:three_d_secure) (في payintent: \`3ds\`)، وانظر إلى
\`next_action\`. ثم قم بدور العميل واجتز التحقق.`,
      checks: {
        asked: {
          met: 'طُلب من العميل إجراء: أُرسل الحدث `payment_intent.requires_action`.',
          missing: 'لم يُطلب من أيّ عميل شيء بعد. اكتب: `payintent confirm pi_… --payment-method 3ds`',
        },
        passed: {
          met: 'اجتاز العميل التحقق، والحالة الآن `succeeded`.',
          missing: 'لم يجتز العميل التحقق بعد. اكتب: `payintent authenticate pi_… --succeed`',
        },
      },
      explain: `تنتظر الحالة [requires_action](term:requires_action) العميل. وتعرض له مكتبة Stripe.js ما يطلبه
[الإجراء التالي](term:next_action): صفحة البنك، أو رمزًا يمسحه، أو قسيمة دفع. أما خادمك فينتظر الحدث ولا يسلّم شيئًا، ولا
يستطيع أن يجيب نيابةً عن العميل.

وإن لم يجتز العميل التحقق عادت نية الدفع إلى \`requires_payment_method\`، وله أن يحاول من جديد.`,
    },
    hold: {
      title: 'الحالة الرابعة تنتظرك أنت',
      predict: {
        question:
          'مع `capture_method=manual` تصير حالة نية الدفع بعد تأكيدها `requires_capture`. مَن عليه أن يتصرّف؟',
        choices: {
          customer: {
            label: 'العميل، فعليه أن يوافق على شيء',
            because: 'أدّى العميل ما عليه، ووافق البنك.',
          },
          nobody: {
            label: 'لا أحد: يأخذ Stripe المال بعد أسبوع',
            because: 'العكس هو الصحيح. حين تنقضي المدة يُفرَج عن المال وتُلغى نية الدفع.',
          },
          you: {
            label: 'أنت، فتأخذ المال أو تتركه',
            because: 'يحجز لك البنك المبلغ. والتحصيل يأخذه، والإلغاء يفرج عنه.',
          },
        },
      },
      task: 'احجز مبلغًا: أنشئ نية دفع فيها `capture_method=manual`، وأكّدها ببطاقة صالحة.',
      checks: {
        held: {
          met: 'الحالة الآن `requires_capture`.',
          missing:
            'لا يوجد مبلغ محجوز. اكتب: `payintent create --amount 2000 --currency usd --payment-method visa --capture-method manual --confirm`',
        },
        untaken: {
          met: 'قيمة `amount_received` هي `0`: المحجوز لم يُؤخذ.',
          missing: 'ما أُخذ لم يعد محجوزًا. احجز مرة أخرى، ولا تُحصّل الآن.',
        },
      },
      explain: `تنتظر الحالات الثلاث الأخرى أن تجري عملية الدفع. أما [requires_capture](term:requires_capture) فتأتي بعد
موافقة البنك: المبلغ [محجوز](term:authorize)، والقرار لك. وأمامك سبعة أيام مع أغلب البطاقات المستخدمة عبر الإنترنت.`,
    },
    'wrong-move': {
      title: 'الخطوة الخطأ',
      predict: {
        question: 'تريد المبلغ المحجوز، فتؤكّد نية الدفع مرة أخرى. ماذا يحدث؟',
        choices: {
          takes: {
            label: 'يُؤخذ المال',
            because: 'التأكيد يسأل البنك. أما أخذ ما حجزه فطلب آخر: التحصيل.',
          },
          twice: {
            label: 'يُحجز المبلغ مرة ثانية',
            because: 'وافق البنك من قبل، ولا تطلب نية الدفع مرة ثانية ما مُنحته.',
          },
          refused: {
            label: 'يُرفض الطلب',
            because: 'تسمح كل حالة بخطوات معيّنة، ولا تسمح `requires_capture` بالتأكيد.',
          },
        },
      },
      task: 'أكّد نية الدفع التي حُجز مبلغها. وحين يُرفض ذلك اختر خطوة مناسبة: التحصيل أو الإلغاء.',
      checks: {
        refused: {
          met: 'رُفض التأكيد بالرمز `payment_intent_unexpected_state`.',
          missing: 'لم يُرفض أيّ تأكيد بعد. اكتب: `payintent confirm pi_…`',
        },
        ended: {
          met: 'أُخذ المال أو أُفرج عنه: لم يبق شيء محجوز.',
          missing: 'ما زال المبلغ محجوزًا. اكتب: `payintent capture pi_…`',
        },
      },
      explain: `معنى \`payment_intent_unexpected_state\` أن نية الدفع ليست حيث تظن. انظر إلى حالتها واختر الخطوة
المناسبة. يبيّن لك الأمر \`payintent explain pi_…\` الخطوات الممكنة، ويعرض \`payintent help statuses\` الخطوات كلها.`,
    },
  },
  outro: `مَن عليه أن يتصرّف:

- \`requires_payment_method\`: يختار العميل كيف يدفع
- \`requires_confirmation\`: يقول العميل أو خادمك: نفّذ
- \`requires_action\`: يفعل العميل ما يطلبه \`next_action\`
- \`requires_capture\`: تأخذ المبلغ المحجوز أو تتركه

في بيئة الإنتاج عالِج كل حالة منها باسمها على حدة. فعبارة «ليست \`succeeded\`» لا تدل على حالة واحدة، وما ينفع في حالة
يُرفض في أخرى.`,
};
