/* Sends the feedback form in place; without the script it is submitted as usual. */
(() => {
  const form = document.querySelector("[data-feedback]");
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    data.set("answer", event.submitter.value);
    const state = form.querySelector("[data-feedback-state]");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      state.textContent = (await answer.json()).words;
    } catch {
      state.textContent = "没有连上网络，请稍后再试。";
    }
  });
})();
