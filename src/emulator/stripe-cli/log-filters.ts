import type { LoggedRequest } from '../request-log.ts';

/** The filters of `stripe logs tail`, as its session request names them. Each is a list of alternatives. */
const NAMES = [
  'filter_account',
  'filter_http_method',
  'filter_ip_address',
  'filter_request_path',
  'filter_request_status',
  'filter_source',
  'filter_status_code',
  'filter_status_code_type',
] as const;

export type LogFilters = Partial<Record<(typeof NAMES)[number], readonly string[]>>;

export function isFilters(value: unknown): value is LogFilters {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([name, wanted]) =>
      (NAMES as readonly string[]).includes(name) &&
      Array.isArray(wanted) &&
      wanted.every((one) => typeof one === 'string'),
  );
}

/**
 * Whether a request passes. A kind of status code comes as the number it begins at (`4XX` as `400`); all requests come
 * through the API, from this machine, and from no connected account.
 */
export function passesFilters(entry: LoggedRequest, filters: LogFilters): boolean {
  const path = entry.url.replace(/\?.*$/s, '');
  const outcome = entry.status < 300 ? 'SUCCEEDED' : 'FAILED';
  const tests: Record<keyof Required<LogFilters>, (wanted: string) => boolean> = {
    filter_account: (wanted) => wanted === 'self' || entry.account !== null,
    filter_http_method: (wanted) => wanted.toUpperCase() === entry.method,
    filter_ip_address: (wanted) => wanted === '127.0.0.1' || wanted === '::1',
    filter_request_path: (wanted) => path === wanted || path.startsWith(`${wanted.replace(/\/$/, '')}/`),
    filter_request_status: (wanted) => wanted.toUpperCase() === outcome,
    filter_source: (wanted) => wanted.toUpperCase() === 'API',
    filter_status_code: (wanted) => wanted === String(entry.status),
    filter_status_code_type: (wanted) => wanted.charAt(0) === String(entry.status).charAt(0),
  };
  return NAMES.every((name) => {
    const wanted = filters[name];
    return wanted === undefined || wanted.length === 0 || wanted.some(tests[name]);
  });
}
