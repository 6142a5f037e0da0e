/** Any value JSON can hold. Objects may carry keys such as `__proto__` as own keys; never index them unchecked. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Read members with `Object.hasOwn` first. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
