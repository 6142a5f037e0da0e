/** Some browsers never answer where storage is blocked or broken: longest waits for a database, and for a transaction. */
const OPEN_MS = 5000;
const TRANSACTION_MS = 30_000;

/** Settles as `answer` does, and rejects when that takes longer than `ms`. */
export function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the browser does not answer')), ms);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Settles as the request does. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser refused'));
  });
}

/** Opens, and makes where it is not there yet, a database of one version. Rejects where storage is forbidden or silent. */
export function openDatabase(
  name: string,
  version: number,
  make: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => make(request.result);
  return within(OPEN_MS, answerOf(request)).then((database) => {
    // why: a later version of the page in another tab may have to change it.
    database.onversionchange = () => database.close();
    return database;
  });
}

/**
 * Does `work` in one transaction and resolves once all of it is written; nothing is where it rejects. `work` may await
 * answers of the transaction's own requests and nothing else, since it ends when none is open.
 */
export async function transact<T>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(stores, mode);
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser refused'));
  });
  const result = work(transaction).catch((error: unknown) => {
    try {
      transaction.abort();
    } catch {
      // why: it may have ended itself.
    }
    throw error;
  });
  const [value] = await within(TRANSACTION_MS, Promise.all([result, ended]));
  return value;
}
