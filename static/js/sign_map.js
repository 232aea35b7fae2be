// Draws the subdistricts and the signs of the admin's map of signs.
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("sign-map-data").textContent);
  var colours = { good: "#1e6b3a", worn: "#b8860b", damaged: "#b3202c", missing: "#1c2326" };
  var map = L.map("sign-map", { preferCanvas: true, zoomControl: false, zoomSnap: 0.25 });
  L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  map.attributionControl.setPrefix(false);
  var areas = L.featureGroup(
    data.areas.map(function (area) {
      return L.geoJSON(area.geometry, {
        interactive: false,
        style: { color: "#0b5563", weight: 1, fillColor: "#e3eff0", fillOpacity: 0.6 },
      });
    })
  ).addTo(map);
  var signs = L.featureGroup(
    data.signs.map(function (row) {
      var marker = L.circleMarker([row[4], row[3]], {
        radius: 5, weight: 1, color: "#ffffff", fillColor: colours[row[5]], fillOpacity: 0.9,
      });
      marker.bindPopup(function () {
        var link = document.createElement("a");
        link.href = data.edit.replace(/\/0\/$/, "/" + row[0] + "/");
        link.textContent = row[1] + " " + row[2] + "（" + data.states[row[5]] + "）";
        return link;
      });
      return marker;
    })
  ).addTo(map);
  var bounds = areas.getBounds().isValid() ? areas.getBounds() : signs.getBounds();
  if (bounds.isValid()) {
    map.fitBounds(bounds);
  } else {
    map.setView([23.085, 113.32], 12);
  }
})();
