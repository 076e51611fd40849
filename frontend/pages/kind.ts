/** What script adds to a form: copying, showing a password, sending a picture once it is chosen.
 * All words come from the page's own markup, where the server has translated them. */

import { copy as toClipboard } from "../components/copy";

/** A button that copies the text of the element it names, and says so. */
export function copyButtons(root: Document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    const { copy = "", copied = "" } = button.dataset;
    button.addEventListener("click", () => {
      const text = root.getElementById(copy)?.textContent.trim() ?? "";
      void toClipboard(text).then((isDone) => {
        if (isDone) button.textContent = copied;
      });
    });
  }
}

/** A switch in every password field, worded by <body data-show data-hide>. */
export function showPasswords(root: Document): void {
  const { show = "", hide = "" } = root.body.dataset;
  for (const input of root.querySelectorAll<HTMLInputElement>("input[type=password]")) {
    const wrap = root.createElement("div");
    wrap.className = "password";
    input.replaceWith(wrap);
    const button = root.createElement("button");
    button.type = "button";
    button.textContent = show;
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      const hidden = input.type === "text";
      input.type = hidden ? "password" : "text";
      button.textContent = hidden ? show : hide;
    });
    wrap.append(input, button);
  }
}

/** A form whose one field is a file needs no second click. */
export function submitOnChange(root: Document): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("[data-submit-on-change]")) {
    form.addEventListener("change", () => form.requestSubmit());
    form.querySelector("[data-enhanced-away]")?.setAttribute("hidden", "");
  }
}

/** Sign-up learns the browser's time zone. */
export function timeZone(root: Document): void {
  const field = root.querySelector<HTMLInputElement>("input[type=hidden][name=time_zone]");
  if (field) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** allauth's script tells of a passkey that was not made by an event. */
export function passkeyProblems(root: Document): void {
  root.addEventListener("allauth.error", () => {
    root.querySelector("[data-passkey-problem]")?.removeAttribute("hidden");
  });
}

/** On a telephone the navigation scrolls sideways: show where one is. */
export function currentSection(root: Document): void {
  root
    .querySelector(".settings-nav [aria-current]")
    ?.scrollIntoView({ inline: "center", block: "nearest" });
}
