/** The service worker: it comes with the page, learns what to keep, and forgets with a log-out. */
import { forgetEverything, keepNoMore } from "./storage/database";

const WORKER = "/service-worker.js";

interface Policy {
  createScriptURL(address: string): unknown;
}

declare global {
  interface Window {
    trustedTypes?: {
      createPolicy(name: string, rules: { createScriptURL(address: string): string }): Policy;
    };
  }
}

/** The content security policy asks for a named reason for every script that is not in the page. */
function workerAddress(): string {
  const policy = window.trustedTypes?.createPolicy("maru-worker", {
    createScriptURL: (address) => {
      if (address !== WORKER) throw new TypeError(address);
      return address;
    },
  });
  return (policy?.createScriptURL(WORKER) ?? WORKER) as string;
}

export async function install(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(workerAddress());
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ keep: loaded() });
  } catch {
    // Not over plain http, not in some private windows: the page works without.
  }
}

const loaded = (): string[] =>
  performance
    .getEntriesByType("resource")
    .map(({ name }) => name)
    .filter((name) => name.startsWith(location.origin));

/** Who logs out leaves nothing behind: the next one at this machine is somebody else. */
export async function forget(): Promise<void> {
  keepNoMore();
  navigator.serviceWorker?.controller?.postMessage({ forget: true });
  await forgetEverything();
}
