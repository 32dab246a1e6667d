// Show and hide a password; it is hidden again before it is sent.
import { once } from "./once";

export function passwords(scope: ParentNode): void {
  for (const box of once(scope, "[data-k-password]", "password")) {
    const input = box.querySelector<HTMLInputElement>("input");
    const button = box.querySelector<HTMLButtonElement>(".k-password__toggle");
    if (!input || !button) continue;
    const set = (shown: boolean): void => {
      input.type = shown ? "text" : "password";
      button.textContent = (shown ? button.dataset.hide : button.dataset.show) ?? "";
      button.setAttribute("aria-label", (shown ? button.dataset.hideLabel : button.dataset.showLabel) ?? "");
    };
    button.hidden = false;
    set(false);
    button.addEventListener("click", () => set(input.type === "password"));
    input.form?.addEventListener("submit", () => set(false));
  }
}
