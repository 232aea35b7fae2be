/* Sends the feedback form in place; without the script it is submitted as usual. */
(() => {
  const { lang } = document.documentElement;
  const inLanguage = (simplified, traditional, english) => (lang === "en" ? english : lang === "zh-Hant" ? traditional : simplified);
  const form = document.querySelector("[data-feedback]");
  if (!form) return;
  const state = form.querySelector("[data-feedback-state]");
  const answers = form.querySelector(".feedback__answers");
  const question = form.querySelector(".feedback__question");

  /* Whom the page did not help is asked why, with buttons in the place of the first two. */
  const ask = (reasons) => {
    question.textContent = inLanguage("为什么没有帮助？", "為什麼沒有幫助？", "Why did it not help?");
    answers.replaceChildren(...reasons.map(([value, label]) => Object.assign(
      document.createElement("button"),
      { className: "button button--quiet", name: "reason", value, textContent: label },
    )));
    answers.firstElementChild.focus();
  };

  form.addEventListener("submit", async (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    const { name, value } = event.submitter;
    const data = new URLSearchParams(new FormData(form));
    data.set("answer", name === "answer" ? value : "no");
    data.set(name, value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const { words, reasons } = await answer.json();
      state.textContent = words;
      if (reasons?.length) ask(reasons);
      else if (answer.ok) {
        answers.hidden = question.hidden = true;
        state.tabIndex = -1;
        state.focus();
      }
    } catch {
      state.textContent = inLanguage("没有连上网络，请稍后再试。", "沒有連上網絡，請稍後再試。", "You are offline. Try again later.");
    }
  });
})();
