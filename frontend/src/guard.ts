// Asks before leaving a form with answers that were not sent. A form that came back with errors counts as
// unsent from the start. Quick hide never asks.
import { once } from "./once";

export function guards(scope: ParentNode): void {
  for (const form of once<HTMLFormElement>(scope, "form[data-k-guard]", "guard")) {
    let unsent = form.querySelector(".govuk-error-message, .govuk-error-summary") !== null;
    form.addEventListener("input", () => {
      unsent = true;
    });
    form.addEventListener("submit", () => {
      unsent = false;
    });
    window.addEventListener("krama:leave", () => {
      unsent = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (unsent && form.isConnected) event.preventDefault();
    });
  }
}
