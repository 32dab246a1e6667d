// Leaves for a neutral page at once: by the button, or by Esc twice within a second. The page is blanked
// first, because a slow line would leave it on the screen, and the entry is replaced, so that going back
// does not return to it.
const WITHIN_MS = 1000;

export function quickHide(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-k-hide]");
  if (!link) return;
  let last = -Infinity;

  const leave = (): void => {
    window.dispatchEvent(new Event("krama:leave"));
    document.title = "\u00a0";
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      last = -Infinity;
      return;
    }
    if (event.repeat) return;
    if (event.timeStamp - last < WITHIN_MS) leave();
    last = event.timeStamp;
  });
  // A page brought back from the browser's memory must not stay blank.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
