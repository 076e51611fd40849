/**
 * Opens the page without a network. It keeps our own files, which never change under their name,
 * and a page for who is logged in, in which nobody has said anything. It imports nothing, so that it
 * is one file at one address. When the server says that nobody is logged in, the page is forgotten.
 */

/** What a worker has and a page has not; the types of both do not go together. */
interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Lasting {
  request: Request;
  respondWith(response: Promise<Response>): void;
}

interface Told extends Lasting {
  data: { keep?: string[]; forget?: true };
}

interface Worker {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(name: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(name: "message", listener: (event: Told) => void): void;
  addEventListener(name: "fetch", listener: (event: Fetching) => void): void;
}

const worker = globalThis as unknown as Worker;

const FILES = "maru-files";
const PAGE = "maru-page";
const SHELL = "/";
/** The page without what it carries of people's talk. */
const BARE = "/shell";
const LOGIN = "/accounts/login/";
const PATIENCE_MS = 4_000;
/** Where the chat page stands at every address. */
const CHAT = /^\/(c\/\d+(\/m\/\d+|\/space)?|threads|saved)?\/?$/;

const isFile = (path: string) => path.startsWith("/static/");
const isWords = (path: string) => path === "/jsi18n/";

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

/** How often it was told to forget: a page that was on its way then is not kept. */
let farewells = 0;

worker.addEventListener("message", (event) => {
  const { keep, forget } = event.data;
  if (keep) event.waitUntil(keepAll(keep));
  if (!forget) return;
  farewells++;
  event.waitUntil(caches.delete(PAGE));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (CHAT.test(url.pathname)) event.respondWith(openPage(request));
  } else if (isFile(url.pathname)) event.respondWith(keptFile(request));
  else if (isWords(url.pathname)) event.respondWith(newest(request));
});

/** What the page has loaded before this worker was there; whatever is no longer used goes. */
async function keepAll(addresses: string[]): Promise<void> {
  const before = farewells;
  const files = await caches.open(FILES);
  const wanted = addresses.filter((address) => isFile(new URL(address).pathname));
  for (const request of await files.keys())
    if (!wanted.includes(request.url)) await files.delete(request);
  await Promise.allSettled(
    wanted.map(async (address) => (await files.match(address)) ?? files.add(address)),
  );
  for (const address of addresses.filter((each) => isWords(new URL(each).pathname)))
    await newest(new Request(address)).catch(() => undefined);
  await keepPage(before).catch(() => undefined);
}

async function keptFile(request: Request): Promise<Response> {
  const files = await caches.open(FILES);
  const kept = await files.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await files.put(request, response.clone());
  return response;
}

/** The server's, if it answers; otherwise the last one. */
async function newest(request: Request): Promise<Response> {
  const page = await caches.open(PAGE);
  try {
    const response = await fetch(request);
    if (response.ok) await page.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await page.match(request);
    if (kept) return kept;
    throw error;
  }
}

async function openPage(request: Request): Promise<Response> {
  const page = await caches.open(PAGE);
  try {
    const response = await fetchPatiently(request, (await page.match(SHELL)) !== undefined);
    if (isRefused(response)) await caches.delete(PAGE);
    return response;
  } catch (error) {
    const kept = await page.match(SHELL);
    if (kept) return kept;
    throw error;
  }
}

const isRefused = (response: Response) =>
  response.type === "opaqueredirect" || response.url.includes(LOGIN);

async function keepPage(before: number): Promise<void> {
  const response = await fetch(new Request(BARE, { credentials: "same-origin" }));
  if (isRefused(response)) await caches.delete(PAGE);
  else if (response.ok && farewells === before)
    await (await caches.open(PAGE)).put(SHELL, response);
}

/** A network that is there but does not answer is none, if there is something to show. */
function fetchPatiently(request: Request, hasOther: boolean): Promise<Response> {
  if (!hasOther) return fetch(request);
  const tooLate = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("The server does not answer.")), PATIENCE_MS);
  });
  return Promise.race([fetch(request), tooLate]);
}
