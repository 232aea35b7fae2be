/* Edits one point, line or polygon as GeoJSON in the text field below the map. The field holds the
   value: what is typed there is drawn, what is drawn is written there. */
(() => {
  const words = {
    point: "点", line: "线", polygon: "面",
    empty: "还没有图形。用左上角的工具画点、线或面。",
    broken: "坐标文本还不是完整的GeoJSON，地图暂不更新。",
  };

  const translate = () => {
    const { draw, edit } = L.drawLocal;
    Object.assign(draw.toolbar.actions, { title: "取消绘制", text: "取消" });
    Object.assign(draw.toolbar.finish, { title: "完成绘制", text: "完成" });
    Object.assign(draw.toolbar.undo, { title: "删去最后一点", text: "退一点" });
    Object.assign(draw.toolbar.buttons, { polyline: "画线", polygon: "画面", marker: "标点" });
    draw.handlers.marker.tooltip.start = "单击地图标点";
    Object.assign(draw.handlers.polyline.tooltip, { start: "单击开始画线", cont: "单击继续", end: "单击最后一点完成" });
    Object.assign(draw.handlers.polygon.tooltip, { start: "单击开始画面", cont: "单击继续", end: "单击第一点闭合" });
    draw.handlers.polyline.error = "线不能自相交";
    Object.assign(edit.toolbar.actions.save, { title: "保存修改", text: "保存" });
    Object.assign(edit.toolbar.actions.cancel, { title: "放弃修改", text: "取消" });
    Object.assign(edit.toolbar.actions.clearAll, { title: "全部删除", text: "全部删除" });
    Object.assign(edit.toolbar.buttons, { edit: "修改图形", editDisabled: "没有可修改的图形", remove: "删除图形", removeDisabled: "没有可删除的图形" });
    Object.assign(edit.handlers.edit.tooltip, { text: "拖动方块修改", subtext: "" });
    edit.handlers.remove.tooltip.text = "单击图形删除";
  };

  const rounded = (part) => (typeof part === "number" ? Number(part.toFixed(6)) : part.map(rounded));

  const start = (editor) => {
    const field = editor.querySelector("textarea");
    const state = editor.querySelector("[data-geometry-state]");
    const map = L.map(editor.querySelector("[data-geometry-map]"), { scrollWheelZoom: false, zoomControl: false, maxZoom: 19 });
    L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
    map.attributionControl.setPrefix(false).addAttribution("示意图，非勘界依据");
    map.setView([23.08, 113.31], 12);
    if (editor.dataset.tiles) L.tileLayer(editor.dataset.tiles, { attribution: editor.dataset.tilesBy, maxZoom: 19 }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);

    const drawn = L.featureGroup().addTo(map);
    const style = { color: "#b3202c", weight: 4 };
    const spot = () => L.divIcon({ className: "", iconSize: [20, 20], html: '<svg width="20" height="20"><circle cx="10" cy="10" r="8" fill="#b3202c" stroke="#fff" stroke-width="3"/></svg>' });
    const control = new L.Control.Draw({
      draw: {
        polyline: { shapeOptions: style }, polygon: { shapeOptions: style, allowIntersection: false },
        marker: { icon: spot() }, circle: false, circlemarker: false, rectangle: false,
      },
      edit: { featureGroup: drawn },
    });
    map.addControl(control);

    const say = (geometry) => {
      if (!geometry) { state.textContent = words.empty; return; }
      const kind = geometry.type.includes("Polygon") ? "polygon" : geometry.type.includes("Line") ? "line" : "point";
      state.textContent = `现有图形：${words[kind]}。再画一个会替换它。示意图，非勘界依据。`;
    };

    /* The drawing, or the district as long as there is none. A map in a hidden tab has no size: fitted
       there it would show the whole world. */
    let district = null;
    const fitToContents = () => {
      if (map.getSize().x === 0) return;
      if (drawn.getLayers().length) map.fitBounds(drawn.getBounds(), { maxZoom: 16, padding: [30, 30] });
      else if (district) map.fitBounds(district);
    };

    const show = (fit) => {
      let geometry = null;
      try {
        geometry = field.value.trim() ? JSON.parse(field.value) : null;
        drawn.clearLayers();
        if (geometry) {
          L.geoJSON(geometry, { style, pointToLayer: (_, position) => L.marker(position, { icon: spot() }) })
            .eachLayer((layer) => drawn.addLayer(layer));
        }
      } catch {
        state.textContent = words.broken;
        return;
      }
      say(geometry);
      if (fit) fitToContents();
    };

    const write = () => {
      const layers = drawn.getLayers();
      const geometry = layers.length ? layers[layers.length - 1].toGeoJSON().geometry : null;
      if (geometry) geometry.coordinates = rounded(geometry.coordinates);
      field.value = geometry ? JSON.stringify(geometry) : "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
      say(geometry);
    };

    map.on(L.Draw.Event.CREATED, (event) => { drawn.clearLayers(); drawn.addLayer(event.layer); write(); });
    map.on(L.Draw.Event.EDITED, write);
    map.on(L.Draw.Event.DELETED, write);
    field.addEventListener("input", () => show(true));

    fetch(editor.dataset.areas).then((answer) => answer.json()).then((features) => {
      const areas = L.geoJSON(features, {
        interactive: false,
        style: { color: "#0b5563", weight: 1, fillColor: "#ffffff", fillOpacity: editor.dataset.tiles ? 0.1 : 0.8 },
        onEachFeature: (feature, layer) => layer.bindTooltip(document.createTextNode(feature.properties.name), { permanent: true, direction: "center", className: "geometry-label" }),
      }).addTo(map).bringToBack();
      if (features.features.length) district = areas.getBounds();
      fitToContents();
    }).catch(() => {});

    /* The tab is opened. */
    let sized = false;
    new ResizeObserver(() => {
      map.invalidateSize();
      if (!sized && map.getSize().x > 0) { sized = true; show(true); }
    }).observe(editor);
    show(true);
  };

  const begin = () => {
    translate();
    document.querySelectorAll("[data-geometry-editor]").forEach(start);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
