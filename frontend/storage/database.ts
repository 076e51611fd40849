/** What this browser keeps for one person: the last state, and what is not sent yet. Without a database, nothing. */

const NAME = "maru";
const VERSION = 1;

export type Table = "state" | "outbox";

let opening: Promise<IDBDatabase> | undefined;
/** Somebody is logging out: what this page still wants to keep on its way out must not come back. */
let isClosed = false;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      for (const table of ["state", "outbox"] satisfies Table[])
        request.result.createObjectStore(table);
    };
    request.onsuccess = () => {
      // Another tab forgets everything.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function table(name: Table, mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return (await open()).transaction(name, mode).objectStore(name);
}

export const get = async <T>(name: Table, key: string): Promise<T | undefined> =>
  done<T | undefined>((await table(name, "readonly")).get(key));

export const all = async <T>(name: Table): Promise<T[]> =>
  done<T[]>((await table(name, "readonly")).getAll());

export async function put(name: Table, key: string, value: unknown): Promise<void> {
  if (isClosed) return;
  await done((await table(name, "readwrite")).put(value, key));
}

export async function remove(name: Table, key: string): Promise<void> {
  await done((await table(name, "readwrite")).delete(key));
}

export function keepNoMore(): void {
  isClosed = true;
}

/** The tables stay, empty: another tab may still hold them open. */
export async function forgetEverything(): Promise<void> {
  try {
    await done((await table("state", "readwrite")).clear());
    await done((await table("outbox", "readwrite")).clear());
  } catch {
    // There is none.
  }
}
