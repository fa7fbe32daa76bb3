/**
 * The seam between everything that sends requests (the SDK in this process, the HTTP door) and the emulator.
 * Header names are lower-case in requests; bodies are text in UTF-8.
 */
export interface ApiRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export type Handle = (request: ApiRequest) => Promise<ApiResponse>;
