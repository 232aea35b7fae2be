/* Makes the frame quicker, never possible: each part works without it. */
(() => {
  const root = document.documentElement;

  for (const button of document.querySelectorAll(".header__tools [name=toggle]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      root.toggleAttribute(`data-${button.value}`);
      const views = ["elderly", "contrast"].filter((name) => root.hasAttribute(`data-${name}`));
      document.cookie = `display=${views.join(".")}; path=/; max-age=31536000; samesite=lax`;
      button.setAttribute("aria-pressed", String(views.includes(button.value)));
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
