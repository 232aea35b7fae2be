/* Progressive enhancement of header and forms: each part works without it. */
(() => {
  const root = document.documentElement;

  // What these say of new tabs holds without scripts only.
  for (const words of document.querySelectorAll(".header__tools noscript")) words.remove();

  const buttons = document.querySelectorAll(".header__tools [name=toggle]");
  // Only the server converts a page to traditional characters: that button sends its form.
  const here = [...buttons].filter(({ value }) => value !== "traditional");

  const show = (views) => {
    for (const button of here) {
      const isShown = views.includes(button.value);
      root.toggleAttribute(`data-${button.value}`, isShown);
      const exit = root.lang === "en" ? "Leave " : "退出";
      button.textContent = (isShown ? exit : "") + button.textContent.replace(exit, "");
    }
  };

  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1].replaceAll('"', "") ?? "";

  for (const button of here) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      root.toggleAttribute(`data-${button.value}`);
      const views = [...buttons].map(({ value }) => value).filter((name) => root.hasAttribute(`data-${name}`));
      const secure = location.protocol === "https:" ? "; secure" : "";
      document.cookie = `display=${views.join(".")}; path=/; max-age=31536000; samesite=lax${secure}`;
      show(views);
    });
  }

  /* A page that comes back from the back/forward cache shows what was chosen since. */
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    const views = cookie("display").split(".");
    const mine = document.querySelector("[data-subdistrict]");
    const isOld = views.includes("traditional") !== root.hasAttribute("data-traditional");
    if (isOld || (mine && mine.dataset.subdistrict !== cookie("subdistrict"))) location.reload();
    else show(views);
  });

  /* What is folded on screen is written out on paper; for browsers without ::details-content. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open], .no-print)")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened.splice(0)) each.open = false;
  });

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
