/* The list of place names: near me, and within a part of the map. Both only set URL parameters. */
(() => {
  const inScript = (simplified, traditional) => (document.documentElement.lang === "zh-Hant" ? traditional : simplified);
  const go = (changes) => {
    const address = new URL(location.href);
    Object.entries(changes).forEach(([name, value]) => address.searchParams.set(name, value));
    address.searchParams.delete("page");
    location.href = address.href;
  };

  const near = document.querySelector("[data-near-me]");
  if (near && navigator.geolocation && window.isSecureContext) {
    near.hidden = false;
    near.addEventListener("click", () => {
      near.disabled = true;
      navigator.geolocation.getCurrentPosition(
        /* Three decimals, about 100 m: enough for sorting, without an exact position in a URL. */
        ({ coords }) => go({
          near: `${coords.longitude.toFixed(3)},${coords.latitude.toFixed(3)}`, sort: "distance",
        }),
        () => { near.textContent = inScript("没有得到您的位置，请在浏览器中允许定位", "沒有得到您的位置，請在瀏覽器中允許定位"); },
        { timeout: 10000, maximumAge: 60000 },
      );
    });
  }

  const part = document.querySelector("[data-window]");
  if (!part) return;
  part.addEventListener("map:ready", (event) => {
    const { map, bounds: whole } = event.detail;
    part.hidden = false;
    /* A closed element has no size: the map is fitted when it is opened. */
    part.addEventListener("toggle", () => { map.invalidateSize(); map.fitBounds(whole); });
    part.querySelector("[data-window-search]").addEventListener("click", () => {
      const bounds = map.getBounds();
      go({
        bbox: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
          .map((degrees) => degrees.toFixed(5)).join(","),
      });
    });
  });
})();
