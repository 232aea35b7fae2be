/* Counts down a hold and prevents double submission. Nothing depends on it: the server checks
   the time and handles a repeated confirmation. */
(() => {
  const inScript = (simplified, traditional) => (document.documentElement.lang === "zh-Hant" ? traditional : simplified);
  for (const form of document.querySelectorAll("form[data-once]")) {
    let sent = 0;
    form.addEventListener("submit", (event) => {
      const now = Date.now();
      if (now - sent < 5000) event.preventDefault();
      else sent = now;
    });
  }

  const bar = document.querySelector("[data-hold]");
  if (!bar) return;
  // Seconds as the server counted them: the clock of this device may be wrong.
  const end = performance.now() + Number(bar.dataset.hold) * 1000;
  const left = bar.querySelector(".hold__left");
  const words = document.createElement("b");
  const spoken = bar.querySelector("[role=status]");
  let warned = false;

  left.append(inScript("，还有", "，還有"), words);
  left.hidden = false;

  const show = () => {
    const seconds = Math.ceil((end - performance.now()) / 1000);
    if (seconds <= 0) {
      words.textContent = "0秒";
      spoken.textContent = inScript("为您保留的时间到了，填过的内容会保留，提交后可以另选时间。", "為您保留的時間到了，填過的內容會保留，提交後可以另選時間。");
      clearInterval(timer);
      return;
    }
    const hours = seconds >= 3600 ? inScript(`${Math.floor(seconds / 3600)}小时`, `${Math.floor(seconds / 3600)}小時`) : "";
    words.textContent = hours ? `${hours}${Math.floor(seconds % 3600 / 60)}分` : seconds >= 60 ? `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, "0")}秒` : `${seconds}秒`;
    if (seconds <= 120 && !warned) {
      warned = true;
      bar.classList.add("hold--soon");
      spoken.textContent = inScript("还有2分钟。", "還有2分鐘。");
    }
  };
  const timer = setInterval(show, 1000);
  show();
})();
