/* Maps of the register: our own polygons, and tiles below them only where the site names a source.
   Every map has its text beside it; without this script the box stays hidden.
   The style sheet reserves its space until the map is drawn, or is found to be `data-empty`. */
(() => {
  const { inScript, colour } = placeMaps;
  const load = (address) => (address ? fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }) : Promise.resolve({ features: [] }));

  const draw = async (element) => {
    const { areas, shapes, chosen, tiles, tilesBy } = element.dataset;
    const [areaFeatures, shapeFeatures] = await Promise.all([load(areas), load(shapes)]);
    if (!areaFeatures.features.length && !shapeFeatures.features.length) throw new Error("nothing to draw");
    element.closest("[data-map-box]").hidden = false;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const map = L.map(element, {
      scrollWheelZoom: false, zoomControl: false, minZoom: 10, maxZoom: 18, zoomSnap: 0.25, zoomDelta: 1,
      zoomAnimation: !still, fadeAnimation: !still,
    });
    map.attributionControl.setPrefix(false).addAttribution(inScript("示意图，非勘界依据", "示意圖，非勘界依據"));
    L.control.zoom({ position: "topright", zoomInTitle: "放大", zoomOutTitle: inScript("缩小", "縮小") }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
    if (tiles) L.tileLayer(tiles, { attribution: tilesBy, maxZoom: 18 }).addTo(map);
    else placeMaps.base().addTo(map);

    const isChosen = (feature) => feature.properties.code === chosen;
    const areaStyle = (feature) => ({
      color: colour(isChosen(feature) ? "--kapok" : "--river"),
      weight: isChosen(feature) ? 4 : 1.2,
      fillColor: colour(isChosen(feature) ? "--river-light" : "--card"),
      fillOpacity: isChosen(feature) || tiles ? 0.25 : 0,
    });
    const areaLayer = L.geoJSON(areaFeatures, {
      style: areaStyle,
      onEachFeature: (feature, layer) => {
        layer.on("click", () => { location.href = feature.properties.href; });
        layer.on("mouseover", () => layer.setStyle({ fillColor: colour("--river"), fillOpacity: 0.15 }));
        layer.on("mouseout", () => layer.setStyle(areaStyle(feature)));
        if (isChosen(feature)) setTimeout(() => layer.bringToFront());
      },
    }).addTo(map);

    /* Names in the middle, and only where the area has room for them. */
    const labels = areaLayer.getLayers().filter((layer) => layer.feature.properties.at).map((layer) => {
      const { at: [lon, lat], name } = layer.feature.properties;
      const text = name.replace(/街道$/, "");
      const label = L.tooltip({
        permanent: true, direction: "center", interactive: false,
        className: `map-label${isChosen(layer.feature) ? " map-label--chosen" : ""}`,
      }).setLatLng([lat, lon]).setContent(document.createTextNode(text));
      return { label, text, bounds: layer.getBounds(), chosen: isChosen(layer.feature) };
    });
    const hasRoom = ({ text, bounds }) => {
      const letter = parseFloat(getComputedStyle(element).getPropertyValue("--label"));
      const a = map.latLngToLayerPoint(bounds.getNorthWest());
      const b = map.latLngToLayerPoint(bounds.getSouthEast());
      return b.x - a.x >= text.length * letter * 1.3 && b.y - a.y >= letter * 2;
    };
    const showLabels = () => labels.forEach((each) => {
      const wanted = each.chosen || hasRoom(each);
      if (wanted && !map.hasLayer(each.label)) each.label.addTo(map);
      if (!wanted && map.hasLayer(each.label)) each.label.remove();
    });
    map.on("zoomend", showLabels);

    const isPoint = ({ geometry }) => geometry.type === "Point";
    const shapeStyle = (feature) => (isPoint(feature) ? {
      color: colour("--card"), weight: 3, fillColor: colour("--kapok"), fillOpacity: 1,
    } : {
      color: colour(feature.properties.kind === "district" ? "--river-dark" : "--kapok"),
      weight: feature.properties.kind ? 4 : 5,
      dashArray: feature.properties.kind === "district" ? "10 6" : null,
      fillColor: colour("--kapok"), fillOpacity: 0.15,
    });
    const shapeLayer = L.geoJSON(shapeFeatures, {
      style: shapeStyle,
      pointToLayer: (feature, position) => L.circleMarker(position, { radius: 10 }),
      onEachFeature: (feature, layer) => {
        layer.bindTooltip(document.createTextNode(feature.properties.name), { sticky: true });
        if (feature.properties.href.startsWith("#")) {
          layer.on("click", () => { location.hash = feature.properties.href; });
        }
      },
    }).addTo(map);

    const chosenLayer = areaLayer.getLayers().find((layer) => isChosen(layer.feature));
    const single = shapeFeatures.features.length === 1;
    const target = chosenLayer ?? (single ? shapeLayer : areaLayer);
    map.fitBounds(target.getBounds(), { maxZoom: single ? 14 : 16, padding: [16, 16] });
    showLabels();
    /* Roads, waters and parks are named where the names of the subdistricts leave room. */
    const boxOf = ({ label }) => {
      const [frame, box] = [element, label.getElement()].map((each) => each.getBoundingClientRect());
      return [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top];
    };
    const boxOfPoint = (layer) => {
      const { x, y } = map.latLngToContainerPoint(layer.getLatLng());
      return [x - 12, y - 12, x + 12, y + 12];
    };
    const reserved = () => [
      ...labels.filter((each) => map.hasLayer(each.label)).map(boxOf),
      ...shapeLayer.getLayers().filter(({ feature }) => isPoint(feature)).map(boxOfPoint),
    ];
    placeMaps.fill(map);
    placeMaps.drawAgain(() => { areaLayer.setStyle(areaStyle); shapeLayer.setStyle(shapeStyle); showLabels(); });
    if (!tiles) new placeMaps.Names({ reserved }).addTo(map);
    element.dispatchEvent(new CustomEvent("map:ready", { bubbles: true, detail: { map, bounds: target.getBounds() } }));
  };

  document.querySelectorAll("[data-map]").forEach((element) => draw(element).catch(() => {
    const box = element.closest("[data-map-box]");
    box.hidden = true;
    box.dataset.empty = "";
  }));
})();
