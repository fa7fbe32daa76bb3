import { findPaymentMethodType } from '../../domain/payment-method-types.ts';
import { missingParam } from '../api/param-errors.ts';
import { invalidRequest } from '../api-error.ts';
import type { ApiHash, ApiObject } from '../objects.ts';
import type { World } from '../world.ts';
import type { IntentFacts } from './facts.ts';
import { optionsOf } from './method-option.ts';
import { sorted } from './method-options.ts';
import { hostedPage, redirectAction } from './next-action.ts';

/** How long a QR code on a screen can be scanned; Stripe's page draws a new one afterwards. */
const QR_SECONDS = 10 * 60;

/** What a waiting payment is shown with. */
interface Waiting {
  readonly world: World;
  readonly intent: ApiObject;
  readonly returnUrl: string | null;
  /** Id of the attempt, `payatt_...` or `setatt_...`. */
  readonly attempt: string;
}

/**
 * `next_action` of a method for which the customer goes to another page, scans a code or opens an app. Fields are those
 * of the types; a code's `data` is the address of the page, as it is in test mode (seen for promptpay 2026). All links
 * lead to the emulator's own page.
 *
 * @throws ApiError 400 when the type needs an option that is missing
 */
export function waitingAction(waiting: Waiting, type: string): ApiHash {
  const name = findPaymentMethodType(type)?.nextActions[0] ?? 'redirect_to_url';
  const { world, intent, returnUrl, attempt } = waiting;
  const page = hostedPage(world, intent, attempt);
  const images = imagesOf(world, attempt, page);
  const instructions = { hosted_instructions_url: page };
  const wrap = (details: ApiHash): ApiHash => sorted({ [name]: details, type: name });
  switch (name) {
    case 'alipay_handle_redirect':
      return wrap({ native_data: null, native_url: null, return_url: returnUrl, url: page });
    case 'blik_authorize':
      requireBlikCode(world, intent);
      return wrap({});
    case 'cashapp_handle_redirect_or_display_qr_code':
      return wrap({ ...instructions, mobile_auth_url: page, qr_code: { ...expiry(world), ...images } });
    case 'paynow_display_qr_code':
    case 'promptpay_display_qr_code':
      return wrap({ data: page, ...instructions, ...images });
    case 'swish_handle_redirect_or_display_qr_code':
      return wrap({
        ...instructions,
        mobile_auth_url: page,
        qr_code: { data: page, ...expiry(world), ...images },
      });
    case 'upi_handle_redirect_or_display_qr_code':
      return wrap({ ...instructions, qr_code: { ...expiry(world), ...images } });
    case 'wechat_pay_display_qr_code':
      return wechatAction(waiting, page, images);
    default:
      return redirectAction(world, intent, returnUrl, attempt);
  }
}

/** The six digits that the customer reads in their bank's app. */
function requireBlikCode(world: World, intent: ApiObject): void {
  const param = 'payment_method_options[blik][code]';
  const code = intent['object'] === 'setup_intent' ? '' : world.facts<IntentFacts>(intent.id).blikCode;
  if (code === undefined) throw missingParam(param);
  if (code !== '' && !/^\d{6}$/.test(code)) {
    throw invalidRequest('The BLIK code you provided is invalid: it has six digits.', { param });
  }
}

const expiry = (world: World) => ({ expires_at: world.now + QR_SECONDS });

/** Where the pictures of a QR code are; the code leads to `page`. */
export function imagesOf(
  world: World,
  attempt: string,
  page: string,
): { image_url_png: string; image_url_svg: string } {
  const path = `${world.setup.baseUrl()}/_payintent/qr/${attempt}`;
  const query = new URLSearchParams({ to: page });
  return { image_url_png: `${path}.png?${query}`, image_url_svg: `${path}.svg?${query}` };
}

/** WeChat Pay shows a code on the web and hands over to an app on phones; the caller has to say which (documented). */
function wechatAction(waiting: Waiting, page: string, images: ReturnType<typeof imagesOf>): ApiHash {
  const { world, intent } = waiting;
  const options = optionsOf(intent, 'wechat_pay');
  switch (options['client']) {
    case 'android':
      return {
        type: 'wechat_pay_redirect_to_android_app',
        wechat_pay_redirect_to_android_app: {
          app_id: options['app_id'] ?? '',
          nonce_str: world.ids.digits(32),
          package: 'Sign=WXPay',
          partner_id: world.ids.digits(10),
          prepay_id: world.ids.digits(32),
          sign: world.ids.digits(32),
          timestamp: String(world.now),
        },
      };
    case 'ios':
      return { type: 'wechat_pay_redirect_to_ios_app', wechat_pay_redirect_to_ios_app: { native_url: page } };
    case 'web':
      return {
        type: 'wechat_pay_display_qr_code',
        wechat_pay_display_qr_code: {
          data: page,
          hosted_instructions_url: page,
          image_data_url: images.image_url_png,
          ...images,
        },
      };
    default:
      throw missingParam('payment_method_options[wechat_pay][client]');
  }
}
