// Everything here only makes a page that already works more comfortable. Each part looks for its own
// data-attribute inside a scope: the whole page at first, later whatever htmx has put into it.
import { Button, Checkboxes, ErrorSummary, Radios, SkipLink } from "govuk-frontend";
import { boards } from "./board";
import { dependents } from "./dependents";
import { files } from "./files";
import { grids } from "./grid";
import { guards } from "./guard";
import { menus } from "./menus";
import { passwords } from "./passwords";
import { quickHide } from "./quick_hide";
import { searches } from "./search";

export type Part = (scope: ParentNode) => void;

const GOVUK = [Button, Checkboxes, ErrorSummary, Radios, SkipLink];

const govuk: Part = (scope) => {
  for (const component of GOVUK) {
    for (const root of scope.querySelectorAll(`[data-module="${component.moduleName}"]`)) {
      if (root.hasAttribute(`data-${component.moduleName}-init`)) continue;
      try {
        new component(root);
      } catch {
        // A part that cannot start leaves the plain control behind, which works.
      }
    }
  }
};

const prints: Part = (scope) => {
  for (const button of scope.querySelectorAll<HTMLElement>("[data-k-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
};

const PARTS: Part[] = [govuk, menus, files, passwords, dependents, searches, boards, grids, guards, prints];

document.body.classList.add("js-enabled", "govuk-frontend-supported");
quickHide();
for (const part of PARTS) part(document);

document.addEventListener("htmx:after:swap", (event) => {
  const scope = event.target instanceof Element ? event.target : document;
  for (const part of PARTS) part(scope.isConnected ? scope : document);
});
