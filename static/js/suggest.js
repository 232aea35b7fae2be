/* Suggestions under every search box: a combobox with a list box (WAI-ARIA pattern).
   The form works without it. No request is sent during IME composition. */
(() => {
  const inScript = (simplified, traditional) => (document.documentElement.lang === "zh-Hant" ? traditional : simplified);
  const WAIT = 150;
  let made = 0;

  class Suggestions {
    constructor(form) {
      this.form = form;
      this.input = form.querySelector("input[name=q]");
      this.address = form.dataset.suggest || "/search/suggest/";
      this.options = [];
      this.active = -1;
      this.typed = this.input.value;
      const id = `suggestions-${(made += 1)}`;
      this.list = document.createElement("div");
      this.list.id = id;
      this.list.className = "suggestions";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", inScript("搜索建议", "搜索建議"));
      this.list.hidden = true;
      this.status = document.createElement("div");
      this.status.className = "visually-hidden";
      this.status.setAttribute("role", "status");
      form.classList.add("has-suggestions");
      form.append(this.list, this.status);
      const attributes = {
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": id,
        "aria-haspopup": "listbox",
        autocomplete: "off",
      };
      for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
      this.input.addEventListener("compositionstart", () => { this.composing = true; this.cancel(); });
      this.input.addEventListener("compositionend", () => { this.composing = false; this.later(); });
      this.input.addEventListener("input", (event) => {
        if (!this.composing && !event.isComposing) this.later();
      });
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.input.addEventListener("blur", () => this.close());
      // Nothing is open on a page that comes back from the back/forward cache.
      addEventListener("pagehide", () => { this.cancel(); this.close(); });
      form.addEventListener("submit", () => { this.cancel(); this.close(); });
      // Keep the focus in the input when an option is pressed, so that the click is not lost.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.go(option);
      });
    }

    cancel() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      this.request = null;
    }

    later() {
      this.cancel();
      this.typed = this.input.value;
      if (!this.typed.trim()) {
        this.close();
        return;
      }
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const request = new AbortController();
      this.request = request;
      try {
        const response = await fetch(`${this.address}?q=${encodeURIComponent(this.typed)}`, {
          signal: request.signal,
          headers: { Accept: "application/json" },
        });
        if (!response.ok) throw new Error(String(response.status));
        const answer = await response.json();
        if (this.request === request && document.activeElement === this.input) this.show(answer.groups);
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    show(groups) {
      this.list.replaceChildren();
      this.options = [];
      for (const group of groups) {
        const box = document.createElement("div");
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", group.label);
        const label = document.createElement("div");
        label.className = "suggestions__label";
        label.setAttribute("aria-hidden", "true");
        label.textContent = group.label;
        box.append(label);
        for (const item of group.items) {
          const option = document.createElement("div");
          option.id = `${this.list.id}-${this.options.length}`;
          option.className = "suggestions__option";
          option.setAttribute("role", "option");
          option.setAttribute("aria-selected", "false");
          option.dataset.url = item.url;
          option.append(item.text);
          if (item.note) {
            const note = document.createElement("small");
            note.textContent = item.note;
            option.append(" ", note);
          }
          box.append(option);
          this.options.push(option);
        }
        this.list.append(box);
      }
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      const any = this.options.length > 0;
      this.list.hidden = !any;
      this.input.setAttribute("aria-expanded", String(any));
      this.status.textContent = any ? inScript(`有${this.options.length}条建议，按上下键选择。`, `有${this.options.length}條建議，按上下鍵選擇。`) : inScript("没有建议。", "沒有建議。");
    }

    close() {
      this.list.hidden = true;
      this.active = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      this.status.textContent = "";
    }

    choose(index) {
      if (this.active >= 0) this.options[this.active].setAttribute("aria-selected", "false");
      this.active = index;
      if (index < 0) {
        this.input.removeAttribute("aria-activedescendant");
        return;
      }
      const option = this.options[index];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    go(option) {
      this.cancel();
      window.location.assign(option.dataset.url);
    }

    pressed(event) {
      if (this.composing || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
      const open = !this.list.hidden;
      const last = this.options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) {
          if (this.input.value.trim()) this.later();
        } else if (event.key === "ArrowDown") {
          this.choose(this.active >= last ? -1 : this.active + 1);
        } else {
          this.choose(this.active < 0 ? last : this.active - 1);
        }
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.cancel();
        this.close();
      } else if (event.key === "Enter" && open && this.active >= 0) {
        event.preventDefault();
        this.go(this.options[this.active]);
      }
    }
  }

  for (const form of document.querySelectorAll("form[data-suggest]")) new Suggestions(form);

  const results = document.querySelector("[data-clicked]");
  if (results && navigator.sendBeacon) {
    results.addEventListener("click", (event) => {
      if (!event.target.closest("a")) return;
      const body = new FormData();
      body.append("q", results.dataset.query);
      navigator.sendBeacon(results.dataset.clicked, body);
    });
  }
})();
