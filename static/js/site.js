/* Progressive enhancement of header and forms: each part works without it. */
(() => {
  const root = document.documentElement;

  for (const button of document.querySelectorAll(".header__tools [name=toggle]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      root.toggleAttribute(`data-${button.value}`);
      const views = ["elderly", "contrast"].filter((name) => root.hasAttribute(`data-${name}`));
      const secure = location.protocol === "https:" ? "; secure" : "";
      document.cookie = `display=${views.join(".")}; path=/; max-age=31536000; samesite=lax${secure}`;
      const name = button.textContent.replace("退出", "");
      button.textContent = views.includes(button.value) ? `退出${name}` : name;
    });
  }

  const summary = document.querySelector(".error-summary");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
    // The page answered a form: without this, going back to it would ask to send it again.
    history.replaceState(null, "", location.pathname + location.search);
    // Straight to the field, with no fragment: the next answer would go there, not to its summary.
    summary.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      field.focus();
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
