/** What the server wrote into the page: addresses, and the token that a log-out needs. */

export interface Page {
  socketPath: string;
  loginUrl: string;
  logoutUrl: string;
  settingsUrl: string;
  /** Empty for who has no business there. */
  adminUrl: string;
  csrfToken: string;
  userId: number;
}

export function page(): Page {
  const { dataset } = document.body;
  return {
    socketPath: dataset["socketPath"] ?? "/ws/chat/",
    loginUrl: dataset["loginUrl"] ?? "/",
    logoutUrl: dataset["logoutUrl"] ?? "/",
    settingsUrl: dataset["settingsUrl"] ?? "/",
    adminUrl: dataset["adminUrl"] ?? "",
    csrfToken: dataset["csrfToken"] ?? "",
    userId: Number(dataset["userId"] ?? 0),
  };
}

export function socketUrl(): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}${page().socketPath}`;
}
