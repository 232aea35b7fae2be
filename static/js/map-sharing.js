/* Passing on what the great map shows: its link, and paper. */
placeMaps.sharing = ({ map, names, element, message }) => {
  const { inScript } = placeMaps;

  /* The address of what is shown. */
  const copy = document.querySelector("[data-copy-address]");
  const address = document.querySelector("[data-address]");
  copy.addEventListener("click", async () => {
    address.value = location.href;
    address.hidden = false;
    address.select();
    try {
      await navigator.clipboard.writeText(location.href);
      message.textContent = inScript("✓ 链接已复制，可以粘贴发给别人。", "✓ 鏈接已複製，可以粘貼發給別人。");
    } catch {
      message.textContent = inScript("请复制框里的链接。", "請複製框裏的鏈接。");
    }
  });

  /* On paper the map has a size of its own, and below it stands what it shows, at which scale, when. */
  const printed = document.querySelector("[data-map-printed]");
  const describe = () => {
    const box = map.getBounds();
    const { lat } = map.getCenter();
    const metres = (40075016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
    const scale = Number(((metres * 96) / 0.0254).toPrecision(2)).toLocaleString("zh-CN");
    const day = new Date().toLocaleDateString("zh-CN", { dateStyle: "long", timeZone: "Asia/Shanghai" });
    const [west, east, south, north] = [box.getWest(), box.getEast(), box.getSouth(), box.getNorth()].map((degrees) => degrees.toFixed(4));
    printed.textContent = inScript(
      `图上范围：东经${west}°至${east}°，北纬${south}°至${north}°。按原大打印时比例尺约1:${scale}。${day}打印。`,
      `圖上範圍：東經${west}°至${east}°，北緯${south}°至${north}°。按原大打印時比例尺約1:${scale}。${day}打印。`,
    );
  };
  window.addEventListener("beforeprint", () => {
    element.classList.add("is-printed");
    map.invalidateSize({ animate: false });
    names.draw();
    describe();
  });
  window.addEventListener("afterprint", () => { element.classList.remove("is-printed"); map.invalidateSize({ animate: false }); });
  document.querySelector("[data-print-map]").addEventListener("click", () => {
    element.classList.add("is-printed");
    names.once("shown", () => setTimeout(() => print(), 300));
    map.invalidateSize({ animate: false });
    names.ask();
  });
};
