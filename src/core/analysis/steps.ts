/** Work that stops now and then to let others in; what it returns is the result. */
export type Steps<T> = Generator<void, T>;
