/* 繁體 and 简体 on a page that is being filled in: its words change in place, for a reload would
   lose the answers. What was typed is neither read nor sent. Without this script the button opens
   the page in a new tab, and the page with the answers stays. */
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".header__tools [value=traditional]");
  const address = document.currentScript.dataset.words;
  if (!button) return;
  const HAN = /[\u3400-\u9fff]|[\ud840-\ud87f][\udc00-\udfff]/;
  const KEPT = '[translate="no"], [lang]:not(html), script, style, textarea, code, kbd, pre, samp, option:not([value])';
  const READABLE = ["alt", "aria-description", "aria-label", "data-label", "label", "placeholder", "title"];

  /* [text, function that sets it] of all that is read on the page. */
  const readable = () => {
    const found = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (element.closest(KEPT)) continue;
      if (node === element) {
        for (const name of READABLE) {
          if (HAN.test(element.getAttribute(name) ?? "")) found.push([element.getAttribute(name), (text) => element.setAttribute(name, text)]);
        }
      } else if (HAN.test(node.data)) found.push([node.data, (text) => { node.data = text; }]);
    }
    return found;
  };

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const traditional = !root.hasAttribute("data-traditional");
    const parts = readable();
    button.disabled = true;
    try {
      const answer = await fetch(address, { method: "POST", body: JSON.stringify({ traditional, texts: parts.map(([text]) => text) }) });
      if (!answer.ok) throw new Error(answer.status);
      const { texts } = await answer.json();
      parts.forEach(([, set], index) => set(texts[index]));
    } catch {
      button.disabled = false;
      button.form.requestSubmit(button);
      return;
    }
    button.disabled = false;
    root.toggleAttribute("data-traditional", traditional);
    root.lang = traditional ? "zh-Hant" : "zh-CN";
    button.lang = traditional ? "zh-Hans" : "zh-Hant";
    button.textContent = traditional ? "简体" : "繁體";
    const views = [...document.querySelectorAll(".header__tools [name=toggle]")].map(({ value }) => value);
    const shown = views.filter((name) => root.hasAttribute(`data-${name}`));
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `display=${shown.join(".")}; path=/; max-age=31536000; samesite=lax${secure}`;
  });
})();
