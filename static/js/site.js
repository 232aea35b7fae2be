/* The buttons for the elderly view and high contrast, printing, and focus on an error summary. */
(() => {
  const root = document.documentElement;

  for (const button of document.querySelectorAll("[data-display]")) {
    const view = button.dataset.display;
    const show = () => button.setAttribute("aria-pressed", String(view in root.dataset));
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      if (view in root.dataset) delete root.dataset[view];
      else root.dataset[view] = "";
      const views = ["elderly", "contrast"].filter((name) => name in root.dataset).join(".");
      document.cookie = `display=${views}; path=/; max-age=31536000; samesite=lax`;
      show();
    });
  }

  const summary = document.querySelector(".error-summary");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
