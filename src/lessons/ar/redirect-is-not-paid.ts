import type { LessonText } from '../text.ts';

export const redirectIsNotPaid: LessonText = {
  title: 'العودة ليست دفعًا',
  summary: 'العودة إلى صفحتك لا تثبت شيئًا: سلّم البضاعة حين تنجح نية الدفع.',
  intro: `من وسائل الدفع ما ينقل العميل إلى بنك أو محفظة، ثم يعيده إلى \`return_url\`. ويغري ذلك بأن تكتب له هناك «شكرًا
لك» وأن تسلّم البضاعة. في هذا الدرس يعود عملاء لم يدفعوا، ويدفع عملاء لا يعودون، ويعود عملاء قبل أن يُعرف هل دفعوا.`,
  rounds: {
    leave: {
      title: 'العميل يغادر',
      predict: {
        question: 'اختار العميل iDEAL، وهو الآن في صفحة البنك. ما حالة نية الدفع؟',
        choices: {
          succeeded: {
            label: '`succeeded`: فالبنك موثوق',
            because: 'وصل العميل إلى هناك للتوّ، ولم يقرّر شيئًا بعد.',
          },
          processing: {
            label: '`processing`: فالبنك يعمل',
            because: 'معنى ذلك أن العميل أدّى ما عليه، وهو لم يبدأ بعد.',
          },
          action: {
            label: '`requires_action`: فعلى العميل أن يفعل شيئًا',
            because: 'وفي `next_action` بيانه: اذهب إلى هذا العنوان ووافق.',
          },
        },
      },
      task: `أنشئ نية دفع باليورو وأكّدها بوسيلة iDEAL، أو بوسيلة أخرى تنقل العميل إلى صفحة أخرى مثل Bancontact. يحتاج
التأكيد إلى \`return_url\`، ويضيفه payintent من تلقاء نفسه.`,
      checks: {
        away: {
          met: 'تنتظر نية الدفع في `requires_action`، وينقل `next_action` العميل إلى صفحة أخرى.',
          missing:
            'لم يُنقل أيّ عميل إلى أيّ مكان بعد. اكتب: `payintent create --amount 2000 --currency eur --payment-method ideal --confirm`',
        },
      },
      explain: `في [الإجراء التالي](term:next_action) عنوانان تحت \`redirect_to_url\`: الأول \`url\` حيث يذهب العميل،
والثاني \`return_url\` حيث يعود. وعند العودة يُلحق Stripe بالعنوان \`payment_intent\` و\`payment_intent_client_secret\`
و\`redirect_status\`.

هذه هي [إعادة التوجيه](term:redirect). ولا يعرف أحد بعدُ هل تنتهي بالدفع.`,
    },
    unpaid: {
      title: 'عاد ولم يدفع',
      predict: {
        question: 'فُتحت صفحتك عند `return_url`، وفي العنوان `redirect_status=succeeded`. ما الذي يثبته ذلك؟',
        choices: {
          paid: {
            label: 'أن العميل دفع',
            because: 'تُفتح الصفحة في متصفح، ويستطيع الجالس أمامه أن يكتب في العنوان ما يشاء.',
          },
          bank: {
            label: 'أن العميل كان في صفحة البنك',
            because: 'لا يثبت هذا أيضًا: فالعنوان يمكن أن يُكتب باليد.',
          },
          opened: {
            label: 'أن أحدًا فتح هذا العنوان',
            because: 'الحقيقة عند نية الدفع، ويستطيع خادمك أن يسأل عنها.',
          },
        },
      },
      task: 'قم بدور عميل غيّر رأيه: ارفض في صفحة البنك. ومن هناك يعيده البنك إلى `return_url` نفسه.',
      checks: {
        back: {
          met: 'عادت نية الدفع إلى `requires_payment_method`.',
          missing: 'لم يرفض أحد بعد. اكتب: `payintent authenticate pi_… --fail`',
        },
        told: {
          met: 'يُخبَر خادمك بذلك في الحدث `payment_intent.payment_failed`.',
          missing: 'يُرسَل الحدث `payment_intent.payment_failed` حين يرفض العميل.',
        },
      },
      explain: `يعود هذا العميل إلى صفحتك كما يعود إليها من دفع، فلا تثبت العودة شيئًا. وعلى الصفحة أن تسأل قبل أن تقول
شيئًا: تطّلع على نية الدفع وتعرض حالتها.

ومن العملاء من لا يقرّر شيئًا ويغلق صفحة البنك، وقد تبقى نية الدفع عندئذ في \`requires_action\` زمنًا طويلًا.`,
    },
    closed: {
      title: 'دفع وأغلق التبويب',
      predict: {
        question: 'يوافق العميل هذه المرة في صفحة البنك، ثم يغلق التبويب. كيف يعلم متجرك بالدفع؟',
        choices: {
          nothing: {
            label: 'لا يعلم: فالصفحة لم تُفتح قط',
            because: 'هذه حال المتجر الذي لا يستمع إلا إلى صفحته. وهناك طريق آخر.',
          },
          address: {
            label: 'يفتح Stripe العنوان `return_url` بنفسه',
            because: 'ينقل Stripe متصفح العميل إلى هناك، وهذا المتصفح لم يعد موجودًا.',
          },
          event: {
            label: 'يرسل إليه Stripe حدثًا',
            because: 'تنتقل الأحداث من Stripe إلى خادمك، ولا تحتاج إلى متصفح.',
          },
        },
      },
      task: 'أرسل نية الدفع نفسها إلى البنك مرة أخرى، ووافق بدلًا من العميل. ولا يفتح أحد صفحة العودة.',
      checks: {
        asked: {
          met: 'كان العميل في صفحة البنك.',
          missing: 'لم يُنقل العميل إلى البنك مرة أخرى. اكتب: `payintent confirm pi_… --payment-method ideal`',
        },
        paid: {
          met: 'دُفعت نية الدفع، وأُرسل الحدث `payment_intent.succeeded`.',
          missing: 'لم يوافق العميل بعد. اكتب: `payintent authenticate pi_… --succeed`',
        },
      },
      explain: `وصل المال، ولم تُفتح صفحتك قط. فالمتجر الذي يسلّم البضاعة من صفحة العودة يأخذ المال ولا يسلّم شيئًا. أما
المتجر الذي يسلّمها عند الحدث \`payment_intent.succeeded\` فقد سلّمها.`,
    },
    bounced: {
      title: 'سلّم عند العودة',
      predict: {
        question:
          'يدفع عميل بالخصم المباشر SEPA ثم يعود إلى صفحتك، ونية الدفع في `processing`. هل تسلّم البضاعة؟',
        choices: {
          ship: {
            label: 'نعم: أدّى العميل كل ما عليه',
            because: 'أدّى العميل ما عليه، أما البنك فلا. وقد يفشل الخصم المباشر بعد أيام.',
          },
          cancel: {
            label: 'لا، بل أُلغي: ثمة خلل',
            because: 'لا خلل هنا. أغلب عمليات الخصم المباشر تنجح، لكنها تحتاج إلى وقت.',
          },
          wait: {
            label: 'ليس بعد',
            because: 'معنى `processing` أن أحدًا لا يعرف النتيجة. وسيخبر بها حدث.',
          },
        },
      },
      task: `ادفع بخصم مباشر يرفضه البنك لاحقًا (في payintent: \`sepa-failed\`). وافترض أنك سلّمت البضاعة فورًا. ثم انتظر
البنك: ثوانيَ هنا، وأيامًا في بيئة الإنتاج.`,
      checks: {
        processing: {
          met: 'كانت عملية الدفع في `processing`: وهنا يسلّم المتجر المتعجّل البضاعة.',
          missing:
            'لم تصل أيّ عملية دفع إلى `processing` بعد. اكتب: `payintent create --amount 2000 --currency eur --payment-method sepa-failed --confirm`',
        },
        bounced: {
          met: 'رفض البنك: `payment_intent.payment_failed`. ذهبت البضاعة ولم يدفع أحد.',
          missing:
            'لم يرفض البنك بعد. انتظره: `payintent retrieve pi_… --wait 30s`. وإن نجحت عملية الدفع فاختر خصمًا مباشرًا يفشل.',
        },
      },
      explain: `[وسيلة الدفع المتأخرة التأكيد](term:delayed_payment_method) لا تُعرف نتيجتها إلا بعد ساعات أو أيام. وإلى
ذلك الحين ينتظر طلب الشراء: اشكر العميل، وقل له إن عملية الدفع جارية، واحتفظ بالبضاعة.`,
    },
  },
  outro: `صفحة العودة للعميل: تسأل عن الحالة وتعرضها. أما [تنفيذ الطلب](term:fulfillment) فمن شأن خادمك، عند الحدث
\`payment_intent.succeeded\`، مهما فعل المتصفح.

في بيئة الإنتاج يصل الحدث عبر [خطاف الويب (webhook)](term:webhook)، ويتحقق خادمك من توقيعه. ولهذا درس لاحق.`,
};
