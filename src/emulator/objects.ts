/** An API object as it is stored: references to other objects are id strings, nothing is expanded. */
export type ApiObject = { id: string; object: string; [field: string]: unknown };

/** Parameters of one request after validation: known names only, values coerced to their types. */
export type Params = Record<string, unknown>;

/** The same shape without an id, for nested parts and for objects such as a balance that have none. */
export type ApiHash = Record<string, unknown>;
